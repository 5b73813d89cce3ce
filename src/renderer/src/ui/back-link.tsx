import { Anchor } from '@mantine/core'
import { IconArrowLeft } from '@tabler/icons-react'
import { Link } from 'wouter'
import { rememberedAddress } from './remembered-row'

/** Back to a list with the filters it had: the first thing in the head of a page, as the list is before it. */
export function BackLink({ list, children }: { list: string; children: string }) {
  return (
    <Anchor
      component={Link}
      href={rememberedAddress(list)}
      size="sm"
      display="inline-flex"
      style={{ alignItems: 'center', flex: 'none', gap: 4, minHeight: 24 }}
    >
      <IconArrowLeft size={15} aria-hidden="true" />
      {children}
    </Anchor>
  )
}

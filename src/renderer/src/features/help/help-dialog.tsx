import { Text } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Dialog } from '../../ui/dialog'
import { useEscapeAhead } from '../../ui/use-escape-ahead'
import type { HelpView } from './help-address'
import { HelpBrowser } from './help-browser'
import styles from './help.module.css'
import { closeHelp, helpIsOpen, useHelp } from './help-store'

/** Above every other dialog: the help explains what they say. */
const ON_TOP = 400

function HelpBody({ topic }: { topic: string | null }) {
  const { t } = useTranslation('help')
  const [view, setView] = useState<HelpView>({ text: '', kind: null, chosen: topic })
  return (
    <div className={styles.inDialog}>
      <HelpBrowser view={view} onChange={setView} />
      <Text size="sm" c="dimmed">
        {t('keys')}
      </Text>
    </div>
  )
}

/** F1: the help over whatever is on the screen. */
export function HelpDialog({ locked }: { locked: boolean }) {
  const { t } = useTranslation('help')
  const { opened, topic } = useHelp()
  useEscapeAhead(helpIsOpen, closeHelp)
  return (
    <Dialog
      opened={opened && !locked}
      onClose={closeHelp}
      title={t('title')}
      size={980}
      zIndex={ON_TOP}
      isLight
    >
      <HelpBody topic={topic} />
    </Dialog>
  )
}

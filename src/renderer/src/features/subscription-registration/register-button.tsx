import { Button } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useLocation } from 'wouter'
import { api } from '../../lib/client'
import { Key } from '../../ui/states'

/** The key that begins a registration from anywhere in the desk. */
export const REGISTER_KEY = 'Ctrl+F2'

/** 定期を登録, for this customer when there is one; nothing for who may not. */
export function RegisterButton({ customerId }: { customerId: string | null }) {
  const { t } = useTranslation('subscriptionRegistration')
  const session = useQuery(api.auth.session.queryOptions()).data
  const [, go] = useLocation()
  if (session?.permissions.includes('subscription.write') !== true) return null
  const place = customerId === null ? '/subscriptions/new' : `/subscriptions/new?customer=${customerId}`
  return (
    <Button
      size={customerId === null ? 'sm' : 'compact-sm'}
      leftSection={<IconPlus size={15} aria-hidden />}
      onClick={() => go(place)}
      {...(customerId === null
        ? { 'aria-keyshortcuts': 'Control+F2', rightSection: <Key>{REGISTER_KEY}</Key> }
        : {})}
    >
      {t('register')}
    </Button>
  )
}

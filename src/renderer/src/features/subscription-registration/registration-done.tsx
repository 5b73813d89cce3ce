import { notifications } from '@mantine/notifications'
import { useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { useLocation } from 'wouter'
import { useDraftState } from '../../checkout/draft/draft-context'
import { api } from '../../lib/client'

/** The contract stands: says its number, and opens it. */
export function RegistrationDone() {
  const { t } = useTranslation('subscriptionRegistration')
  const queries = useQueryClient()
  const [, go] = useLocation()
  const made = useDraftState().view.registration?.subscription
  const id = made?.id
  const number = made?.number
  useEffect(() => {
    if (id === undefined) return
    notifications.show({ id: `registered-${id}`, message: t('done', { number }), color: 'accent' })
    for (const key of [api.subscriptions.key(), api.orderTabs.key(), api.home.key(), api.customers.key()])
      void queries.invalidateQueries({ queryKey: key })
    go(`/subscriptions/${id}`, { replace: true })
  }, [id, number, go, queries, t])
  return null
}

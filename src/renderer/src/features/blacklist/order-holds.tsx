import { Button, Group, Text, Title } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { BlacklistMatch, OrderHold } from '../../../../contract/blacklist'
import type { OrderDetail } from '../../../../contract/orders'
import { api } from '../../lib/client'
import { formatDateTime } from '../../lib/format'
import { tellError } from '../../lib/tell-error'
import { StatusChip } from '../../ui/status-chip'
import { ReasonDialog } from './reason-dialog'

/** Why an order was held or marked, and the way out of it. */
export function OrderHolds({ order }: { order: OrderDetail }) {
  const { t } = useTranslation('blacklist')
  const queries = useQueryClient()
  const session = useQuery(api.auth.session.queryOptions())
  const mayRelease = session.data?.permissions.includes('order.release') ?? false
  const [asked, setAsked] = useState<OrderHold | null>(null)
  const release = useMutation(
    api.orders.release.mutationOptions({
      onSuccess: (latest) => {
        queries.setQueryData(api.orders.get.queryKey({ input: { id: order.id } }), latest)
        void queries.invalidateQueries({ queryKey: api.orders.list.key() })
        void queries.invalidateQueries({ queryKey: api.home.key() })
        notifications.show({ message: t('hold.done') })
        setAsked(null)
      },
      onError: (error) => {
        tellError(error)
        void queries.invalidateQueries({ queryKey: api.orders.get.key() })
      },
    }),
  )
  if (order.holds.length === 0) return null
  return (
    <section className="card" aria-labelledby="holds" data-testid="order-holds">
      {order.holds.map((hold, index) => (
        <div key={hold.id}>
          <Group gap="sm" mb={6} mt={index === 0 ? 0 : 12}>
            <Title order={2} {...(index === 0 ? { id: 'holds' } : {})}>
              {t(hold.kind === 'hold' ? 'hold.title' : 'hold.marked')}
            </Title>
            {hold.kind === 'hold' && hold.released === null && mayRelease && (
              <Button size="compact-sm" onClick={() => setAsked(hold)}>
                {t('hold.release')}
              </Button>
            )}
          </Group>
          {hold.matches.map((match) => (
            <Match key={`${match.sourceId} ${match.shipment}`} match={match} />
          ))}
          {hold.released && (
            <Text size="sm" c="dimmed" mt={4}>
              {t('hold.released', {
                name: hold.released.by,
                time: formatDateTime(hold.released.at),
                reason: hold.released.reason,
              })}
            </Text>
          )}
          {hold.kind === 'hold' && hold.released === null && !mayRelease && (
            <Text size="sm">{t('hold.cannot')}</Text>
          )}
        </div>
      ))}
      {asked && (
        <ReasonDialog
          title={t('hold.releaseTitle')}
          words={t('hold.releaseWords')}
          action={t('hold.release')}
          busy={release.isPending}
          onClose={() => setAsked(null)}
          onReason={(reason) => release.mutate({ id: order.id, holdId: asked.id, reason })}
        />
      )}
    </section>
  )
}

function Match({ match }: { match: BlacklistMatch }) {
  const { t } = useTranslation('blacklist')
  const who =
    match.shipment === null ? t('hold.whoCustomer') : t('hold.whoShipment', { number: match.shipment })
  const how =
    match.fields.length === 0
      ? t('hold.self')
      : t('hold.matched', { fields: match.fields.map((field) => t(`field.${field}`)).join('、') })
  return (
    <Group gap="sm" mt={4} wrap="nowrap">
      <StatusChip tone={match.standing === 'listed' ? 'bad' : 'wait'}>
        {t(`standing.${match.standing}`)}
      </StatusChip>
      <Text size="sm">
        {who}: {how}({match.reason})
      </Text>
    </Group>
  )
}

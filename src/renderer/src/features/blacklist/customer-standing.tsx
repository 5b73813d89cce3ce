import { Button, Group, SegmentedControl, Text, Title } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Standing, type CustomerStanding as Shown } from '../../../../contract/blacklist'
import { api } from '../../lib/client'
import { formatDateTime } from '../../lib/format'
import { tellError } from '../../lib/tell-error'
import { StatusChip } from '../../ui/status-chip'
import { ReasonDialog } from './reason-dialog'

const TONE = { none: 'quiet', candidate: 'wait', listed: 'bad' } as const

function useStanding(customerId: string) {
  const queries = useQueryClient()
  const { queryKey, ...options } = api.blacklist.customer.queryOptions({ input: { customerId } })
  const standing = useQuery({ queryKey, ...options })
  const session = useQuery(api.auth.session.queryOptions())
  const after = (words: string, close: () => void) => ({
    onSuccess: (latest: Shown) => {
      queries.setQueryData(queryKey, latest)
      notifications.show({ message: words })
      close()
    },
    onError: (error: Error) => {
      tellError(error)
      void queries.invalidateQueries({ queryKey })
    },
  })
  return {
    shown: standing.data,
    manages: session.data?.permissions.includes('blacklist.manage') ?? false,
    after,
  }
}

/** How a customer stands: ブラックリスト and カード払いの停止, with what was done and why. */
export function CustomerStandingCard({ customerId }: { customerId: string }) {
  const { t } = useTranslation('blacklist')
  const { shown, manages, after } = useStanding(customerId)
  const [asked, setAsked] = useState<'mark' | 'unblock' | null>(null)
  const [wanted, setWanted] = useState<Standing>('none')
  const close = () => setAsked(null)
  const mark = useMutation(api.blacklist.mark.mutationOptions(after(t('customer.changed'), close)))
  const unblock = useMutation(
    api.blacklist.unblockCard.mutationOptions(after(t('customer.unblocked'), close)),
  )
  if (!shown) return null
  const { standing, cardBlockedAt, cardFailures, cardFailureLimit, events } = shown
  if (!manages && standing === 'none' && cardBlockedAt === null) return null
  return (
    <section className="card" aria-labelledby="standing" data-testid="standing">
      <Group justify="space-between" mb={6}>
        <Title order={2} id="standing">
          {t('customer.title')}
        </Title>
        {manages && (
          <Button
            size="compact-sm"
            variant="default"
            onClick={() => {
              setWanted(standing)
              setAsked('mark')
            }}
          >
            {t('customer.change')}
          </Button>
        )}
      </Group>
      {standing === 'none' ? (
        <Text size="sm">{t('customer.none')}</Text>
      ) : (
        <Group gap="sm" wrap="nowrap">
          <StatusChip tone={TONE[standing]}>{t(`standing.${standing}`)}</StatusChip>
          <Text size="sm">{shown.reason}</Text>
        </Group>
      )}
      {cardBlockedAt !== null && (
        <Group gap="sm" mt={6} wrap="nowrap">
          <StatusChip tone="bad">{t('customer.blocked')}</StatusChip>
          <Text size="sm" flex={1}>
            {t('customer.blockedWords', { count: cardFailures, time: formatDateTime(cardBlockedAt) })}
          </Text>
          {manages && (
            <Button size="compact-sm" variant="default" onClick={() => setAsked('unblock')}>
              {t('customer.unblock')}
            </Button>
          )}
        </Group>
      )}
      {cardBlockedAt === null && cardFailures > 0 && cardFailureLimit !== null && (
        <Text size="sm" mt={6}>
          {t('customer.failures', { count: cardFailures, limit: cardFailureLimit })}
        </Text>
      )}
      {events.slice(0, 5).map((event) => (
        <Text key={`${event.at} ${event.kind}`} size="xs" c="dimmed" mt={4}>
          {formatDateTime(event.at)} {t(`customer.kind.${event.kind}`)} {event.reason}{' '}
          {event.by ?? t('customer.auto')}
        </Text>
      ))}
      {asked === 'mark' && (
        <ReasonDialog
          title={t('customer.change')}
          action={t('save')}
          busy={mark.isPending}
          ready={wanted !== standing}
          onClose={close}
          onReason={(reason) => mark.mutate({ customerId, seen: standing, standing: wanted, reason })}
        >
          <SegmentedControl
            aria-label={t('columns.standing')}
            data={Standing.options.map((value) => ({ value, label: t(`standing.${value}`) }))}
            value={wanted}
            onChange={(value) => setWanted(Standing.parse(value))}
          />
        </ReasonDialog>
      )}
      {asked === 'unblock' && (
        <ReasonDialog
          title={t('customer.unblockTitle')}
          action={t('customer.unblock')}
          busy={unblock.isPending}
          onClose={close}
          onReason={(reason) => unblock.mutate({ customerId, reason })}
        />
      )}
    </section>
  )
}

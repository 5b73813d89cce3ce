import { Anchor, Button, Text, Title } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import type { PastTurn } from '../../../../contract/subscription-form'
import type { SubscriptionDetail } from '../../../../contract/subscription-views'
import { api } from '../../lib/client'
import { formatDateTime, formatDayOfYear, formatYen } from '../../lib/format'
import { tellError } from '../../lib/tell-error'
import { PaymentChip } from '../../ui/state-chips'
import { attentionWords } from './desk-words'
import styles from './subscriptions.module.css'

interface PartProps {
  readonly detail: SubscriptionDetail
}

/** 再与信 of a turn that was refused, with the card that the contract has now. */
function RetryButton({ turn }: { turn: PastTurn }) {
  const { t } = useTranslation('subscriptionDesk')
  const queries = useQueryClient()
  const retry = useMutation(
    api.subscriptionRuns.retryNow.mutationOptions({
      onSuccess: async ({ outcome, code }) => {
        const message = t(`retry.${outcome}`, { turn: turn.turn ?? '', code: code ?? '' })
        notifications.show({ message, color: outcome === 'authorized' ? 'accent' : 'red' })
        await queries.invalidateQueries()
      },
      onError: tellError,
    }),
  )
  return (
    <Button
      variant="default"
      size="compact-sm"
      loading={retry.isPending}
      onClick={() => retry.mutate({ cycleId: turn.cycleId, version: turn.version, cardId: null })}
    >
      {t('retry.button')}
      <span className="visuallyHidden">{turn.turn !== null && t('list.turn', { turn: turn.turn })}</span>
    </Button>
  )
}

function PastRow({ turn, isWritable }: { turn: PastTurn; isWritable: boolean }) {
  const { t } = useTranslation('subscriptionDesk')
  const { order, payment } = turn
  return (
    <tr>
      {turn.turn === null ? (
        <td />
      ) : (
        <th scope="row" className={styles.num}>
          {t('list.turn', { turn: turn.turn })}
        </th>
      )}
      <td>{formatDayOfYear(turn.deliverOn ?? turn.ruleDate)}</td>
      <td>{t(`past.statuses.${turn.status}`)}</td>
      <td>
        {order && (
          <Anchor
            component={Link}
            href={`/orders/${order.id}`}
            size="sm"
            lh="24px"
            display="inline-block"
            underline="always"
          >
            {order.number}
          </Anchor>
        )}
      </td>
      <td>
        <div className={styles.pastPayment}>
          {payment && <PaymentChip state={payment.state} more={turn.lastCode ?? ''} />}
          {turn.status === 'auth-failed' && isWritable && <RetryButton turn={turn} />}
        </div>
        {turn.status === 'auth-failed' && (
          <Text size="xs" c="dimmed">
            {[
              t('past.tries', { count: turn.tries }),
              ...(turn.nextRetryOn === null
                ? []
                : [t('past.nextTry', { date: formatDayOfYear(turn.nextRetryOn) })]),
              ...(turn.attention === null ? [] : [attentionWords(t, turn.attention)]),
            ].join('・')}
          </Text>
        )}
      </td>
      <td className={styles.num}>{order && formatYen(order.total)}</td>
    </tr>
  )
}

/** これまでのお届け: turns with their orders and payments. */
export function PastTurns({ detail, isWritable }: PartProps & { readonly isWritable: boolean }) {
  const { t } = useTranslation('subscriptionDesk')
  return (
    <section className="card" aria-labelledby="past">
      <Title order={2} mb={8} id="past">
        {t('past.title')}
      </Title>
      {detail.past.length === 0 ? (
        <Text size="sm" c="dimmed">
          {t('past.none')}
        </Text>
      ) : (
        <table className={styles.plan} aria-labelledby="past">
          <colgroup>
            <col style={{ width: 50 }} />
            <col style={{ width: 118 }} />
            <col style={{ width: 96 }} />
            <col style={{ width: 96 }} />
            <col />
            <col style={{ width: 100 }} />
          </colgroup>
          <thead>
            <tr>
              <th scope="col" className={styles.num}>
                {t('past.turn')}
              </th>
              <th scope="col">{t('past.deliverOn')}</th>
              <th scope="col">{t('past.status')}</th>
              <th scope="col">{t('past.order')}</th>
              <th scope="col">{t('past.payment')}</th>
              <th scope="col" className={styles.num}>
                {t('past.total')}
              </th>
            </tr>
          </thead>
          <tbody>
            {detail.past.map((one) => (
              <PastRow key={one.ruleIndex} turn={one} isWritable={isWritable} />
            ))}
          </tbody>
        </table>
      )}
    </section>
  )
}

/** 変更履歴: everything that was done, the latest first. */
export function Events({ detail }: PartProps) {
  const { t } = useTranslation('subscriptionDesk')
  return (
    <section className="card" aria-labelledby="events">
      <Title order={2} mb={8} id="events">
        {t('detail.events')}
      </Title>
      {detail.events.length === 0 && (
        <Text size="sm" c="dimmed">
          {t('detail.noEvents')}
        </Text>
      )}
      <ol className={styles.events}>
        {detail.events.map((event) => (
          <li key={event.id}>
            <span>{event.text}</span>
            <Text size="xs" c="dimmed">
              {formatDateTime(event.at)} {event.by}
            </Text>
          </li>
        ))}
      </ol>
    </section>
  )
}

/** 申込時の読み上げ: what was read to the customer at registration, and the consent. */
export function ContractReadBack({ detail }: PartProps) {
  const { t } = useTranslation('subscriptionDesk')
  const { readBack, consent } = detail
  return (
    <section className="card" aria-labelledby="contract-read">
      <Title order={2} mb={8} id="contract-read">
        {t('read.title')}
      </Title>
      {readBack === null ? (
        <Text size="sm" c="dimmed">
          {t('read.none')}
        </Text>
      ) : (
        <>
          <Text size="sm" c="dimmed">
            {t('read.by', { time: formatDateTime(readBack.at), name: readBack.by })}
          </Text>
          <ol className={styles.sentences}>
            {readBack.sentences.map((sentence) => (
              <li key={sentence}>{sentence}</li>
            ))}
          </ol>
        </>
      )}
      {consent !== null && (
        <Text size="sm" mt={6}>
          {consent.at === null
            ? t('read.consent')
            : t('read.consentAt', { time: formatDateTime(consent.at), name: consent.by })}
        </Text>
      )}
    </section>
  )
}

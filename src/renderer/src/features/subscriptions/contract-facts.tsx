import { Anchor, Text, Title } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import type { SubscriptionDetail } from '../../../../contract/subscription-views'
import { formatPhone, formatPostalCode } from '../../../../contract/text'
import { formatDateTime, formatDayOfYear, formatExpiry, formatYen } from '../../lib/format'
import { PaymentChip } from '../../ui/state-chips'
import { attentionWords } from './desk-words'
import { useRuleWords } from './plan-words'
import styles from './subscriptions.module.css'

interface PartProps {
  readonly detail: SubscriptionDetail
}

/** 契約の内容: rule, customer, ship-to, minimum and end, payment. */
export function Facts({ detail }: PartProps) {
  const { t } = useTranslation('subscriptionDesk')
  const { t: common } = useTranslation('common')
  const ruleOf = useRuleWords()
  const { card, customer, shipTo } = detail
  return (
    <section className="card" aria-labelledby="facts">
      <Title order={2} mb={8} id="facts">
        {t('detail.facts')}
      </Title>
      <dl className="facts">
        <dt>{t('detail.customer')}</dt>
        <dd>
          <Anchor component={Link} href={`/customers/${customer.id}`} size="sm" underline="always">
            {customer.name}
          </Anchor>{' '}
          {formatPhone(customer.phone)}
        </dd>
        <dt>{t('detail.shipTo')}</dt>
        <dd>
          {shipTo.name} 〒{formatPostalCode(shipTo.postalCode)} {shipTo.address}
        </dd>
        <dt>{t('detail.rule')}</dt>
        <dd>{ruleOf(detail.rule)}</dd>
        <dt>{t('detail.turns')}</dt>
        <dd>
          {t('detail.turnsDone', { count: detail.turnsDone })}
          {detail.minTurns > 0 && `・${t('detail.minTurns', { count: detail.minTurns })}`}
          {detail.lastTurn !== null && `・${t('detail.lastTurn', { count: detail.lastTurn })}`}
        </dd>
        {detail.pause !== null && (
          <>
            <dt>{t('detail.pause')}</dt>
            <dd>
              {t('detail.pauseSpan', {
                from: formatDayOfYear(detail.pause.from),
                until: detail.pause.until === null ? t('pause.open') : formatDayOfYear(detail.pause.until),
              })}
            </dd>
          </>
        )}
        <dt>{t('detail.payment')}</dt>
        <dd>
          {card === null
            ? common(`method.${detail.paymentMethod}`)
            : t('detail.card', {
                brand: card.brand,
                last3: card.last3,
                expiry: formatExpiry(card.expiryYYMM),
              })}
          {detail.cardExpires && <Text c="var(--bad)">{t('detail.expires')}</Text>}
        </dd>
        {detail.attention !== null && (
          <>
            <dt>{t('list.columns.mark')}</dt>
            <dd>{attentionWords(t, detail.attention)}</dd>
          </>
        )}
        {detail.form.note !== '' && (
          <>
            <dt>{t('detail.note')}</dt>
            <dd>{detail.form.note}</dd>
          </>
        )}
      </dl>
    </section>
  )
}

/** これまでのお届け: turns with their orders and payments. */
export function PastTurns({ detail }: PartProps) {
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
          <thead>
            <tr>
              <th scope="col">{t('past.turn')}</th>
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
              <tr key={one.ruleIndex}>
                <th scope="row">{one.turn !== null && t('list.turn', { turn: one.turn })}</th>
                <td>{formatDayOfYear(one.deliverOn ?? one.ruleDate)}</td>
                <td>{t(`past.statuses.${one.status}`)}</td>
                <td>
                  {one.order && (
                    <Anchor component={Link} href={`/orders/${one.order.id}`} size="sm" underline="always">
                      {one.order.number}
                    </Anchor>
                  )}
                </td>
                <td>
                  {one.payment && <PaymentChip state={one.payment.state} more={one.lastCode ?? ''} />}
                  {one.tries > 0 && ` ${t('past.tries', { count: one.tries })}`}
                </td>
                <td className={styles.num}>{one.order && formatYen(one.order.total)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  )
}

/** 履歴: everything that was done, the latest first. */
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

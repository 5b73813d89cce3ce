import { Anchor, Button, Text, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import type { SubscriptionDetail } from '../../../../contract/subscription-views'
import { formatPhone, formatPostalCode } from '../../../../contract/text'
import { useGiftWords } from '../../checkout/2-form/delivery/use-gift-words'
import { api } from '../../lib/client'
import { formatDayOfYear, formatExpiry } from '../../lib/format'
import { attentionWords } from './desk-words'
import { stepWords, useRuleWords } from './plan-words'
import styles from './subscriptions.module.css'

/** What of the terms can be changed from its own line. */
export type TermsAct = 'all-items' | 'ship-to' | 'rule' | 'terms' | 'prices' | 'payment'

interface FactsProps {
  readonly detail: SubscriptionDetail
  /** Left out where nothing may be changed. */
  readonly onAsk?: (act: TermsAct) => void
}

interface FactProps extends Pick<FactsProps, 'onAsk'> {
  readonly name: string
  readonly act?: TermsAct
  readonly children: ReactNode
}

/** One line of the terms, with the button that changes it. */
function Fact({ name, act, onAsk, children }: FactProps) {
  const { t } = useTranslation('subscriptionDesk')
  return (
    <>
      <dt>{name}</dt>
      <dd className={styles.fact}>
        <div>{children}</div>
        {act !== undefined && onAsk !== undefined && (
          <Button variant="default" size="compact-sm" onClick={() => onAsk(act)}>
            {t('turn.change')}
            <span className="visuallyHidden">{name}</span>
          </Button>
        )}
      </dd>
    </>
  )
}

function Goods({ detail }: { detail: SubscriptionDetail }) {
  const { t } = useTranslation('subscriptions')
  const isCourse = detail.form.itemMode === 'course'
  return detail.sets.map((set, at) => (
    // eslint-disable-next-line react/no-array-index-key -- a set is named by its place alone
    <div key={at}>
      {detail.sets.length > 1 && (
        <Text span size="sm" c="dimmed">
          {t(isCourse ? 'items.turn' : 'items.set', { number: at + 1 })}{' '}
        </Text>
      )}
      {set.map(({ name, quantity }) => t('plan.item', { name, quantity })).join('、')}
    </div>
  ))
}

/** 時間帯 in words, when one is chosen. */
function Slot({ detail }: { detail: SubscriptionDetail }) {
  const { slotCode, shipTo } = detail.form
  const prefecture = shipTo.kind === 'other' ? shipTo.prefecture : ''
  const { postalCode } = detail.shipTo
  const query = useQuery({
    ...api.checkout.deliveryChoices.queryOptions({ input: { prefecture, postalCode, deliverOn: null } }),
    enabled: slotCode !== null,
  })
  if (slotCode === null) return null
  return <div>{query.data?.slots.find(({ code }) => code === slotCode)?.label ?? slotCode}</div>
}

function ShipToFact({ detail, onAsk }: FactsProps) {
  const { t } = useTranslation('subscriptionDesk')
  const gift = useGiftWords()(detail.form.gift)
  const { shipTo } = detail
  return (
    <Fact name={t('detail.shipTo')} act="ship-to" {...(onAsk ? { onAsk } : {})}>
      <div>
        {shipTo.name} {formatPhone(shipTo.phone)}
      </div>
      <div>
        〒{formatPostalCode(shipTo.postalCode)} {shipTo.address}
      </div>
      <Slot detail={detail} />
      {gift.length > 0 && <div>{gift.join('・')}</div>}
    </Fact>
  )
}

function PaymentFact({ detail, onAsk }: FactsProps) {
  const { t } = useTranslation('subscriptionDesk')
  const { t: common } = useTranslation('common')
  const { card } = detail
  return (
    <Fact name={t('detail.payment')} act="payment" {...(onAsk ? { onAsk } : {})}>
      {card === null
        ? common(`method.${detail.paymentMethod}`)
        : t('detail.card', { brand: card.brand, last3: card.last3, expiry: formatExpiry(card.expiryYYMM) })}
      {detail.cardExpires && (
        <Text size="sm" c="var(--bad)">
          {t('detail.expires')}
        </Text>
      )}
    </Fact>
  )
}

function TurnsFact({ detail, onAsk }: FactsProps) {
  const { t } = useTranslation('subscriptionDesk')
  const { turnsDone, minTurns, lastTurn } = detail
  return (
    <Fact name={t('detail.turns')} act="terms" {...(onAsk ? { onAsk } : {})}>
      {[
        t('detail.turnsDone', { count: turnsDone }),
        ...(minTurns > 0 ? [t('detail.minTurns', { count: minTurns })] : []),
        ...(lastTurn === null ? [] : [t('detail.lastTurn', { count: lastTurn })]),
      ].join('・')}
      {detail.form.note !== '' && <div className={styles.noteText}>{detail.form.note}</div>}
    </Fact>
  )
}

function Standing({ detail }: { detail: SubscriptionDetail }) {
  const { t } = useTranslation('subscriptionDesk')
  const { t: reasons } = useTranslation('subscriptionInsights')
  const { pause, cancelled, attention } = detail
  return (
    <>
      {attention !== null && (
        <Fact name={t('list.columns.mark')}>
          <Text size="sm" c="var(--bad)">
            {attentionWords(t, attention)}
          </Text>
        </Fact>
      )}
      {pause !== null && (
        <Fact name={t('detail.pause')}>
          {t('detail.pauseSpan', {
            from: formatDayOfYear(pause.from),
            until: pause.until === null ? t('pause.open') : formatDayOfYear(pause.until),
          })}
        </Fact>
      )}
      {detail.status === 'cancelled' && cancelled !== null && (
        <Fact name={t('cancel.reason')}>
          {cancelled.reason === null ? '' : reasons(`reasons.${cancelled.reason}`)}
          {cancelled.note !== '' && <div>{cancelled.note}</div>}
        </Fact>
      )}
    </>
  )
}

/** 契約の内容: all terms, each with its change. */
export function Facts({ detail, onAsk }: FactsProps) {
  const { t } = useTranslation('subscriptionDesk')
  const { t: words } = useTranslation('subscriptions')
  const { t: checkout } = useTranslation('checkout')
  const ruleOf = useRuleWords()
  const { customer, form } = detail
  const ask = onAsk ? { onAsk } : {}
  return (
    <section className="card" aria-labelledby="facts">
      <Title order={2} mb={8} id="facts">
        {t('detail.facts')}
      </Title>
      <dl className={`facts ${styles.facts ?? ''}`}>
        <Standing detail={detail} />
        <Fact name={t('detail.customer')}>
          <Anchor component={Link} href={`/customers/${customer.id}`} size="sm" underline="always">
            {customer.name}
          </Anchor>{' '}
          {formatPhone(customer.phone)}
        </Fact>
        <Fact name={words('items.title')} act="all-items" {...ask}>
          <Goods detail={detail} />
        </Fact>
        <Fact name={t('detail.rule')} act="rule" {...ask}>
          {ruleOf(detail.rule)}
        </Fact>
        <ShipToFact detail={detail} {...ask} />
        <Fact name={t('detail.prices')} act="prices" {...ask}>
          {form.priceSteps.length === 0
            ? t('detail.noSteps')
            : form.priceSteps.map((step) => <div key={step.fromTurn}>{stepWords(words, step)}</div>)}
        </Fact>
        <PaymentFact detail={detail} {...ask} />
        <TurnsFact detail={detail} {...ask} />
        <Fact name={t('detail.channel')}>
          {[checkout(`channel.kinds.${form.channel}`), form.offerCode, form.medium]
            .filter(Boolean)
            .join('・')}
        </Fact>
      </dl>
    </section>
  )
}

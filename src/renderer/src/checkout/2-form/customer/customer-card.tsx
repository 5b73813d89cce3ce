import { Badge, Button, Skeleton } from '@mantine/core'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { CustomerDetail } from '../../../../../contract/customers'
import { formatPhone, formatPostalCode } from '../../../../../contract/text'
import { formatDate, formatYen } from '../../../lib/format'
import { PinnedNotes } from '../../../features/pinned-notes/pinned-notes'
import { useDraft, useDraftState, useFault } from '../../draft/draft-context'
import { mergeLines } from '../../draft/lines'
import { useFocusPlan } from '../../parts/focus-plan'
import { Section } from '../../parts/section'
import styles from './customer.module.css'
import { addressLine, usePickedCustomer } from './use-customer'

/** The picked customer at a glance, and the last order to repeat. */
export function CustomerCard({ customerId }: { customerId: string }) {
  const { t } = useTranslation('checkout')
  const draft = useDraft()
  const plan = useFocusPlan()
  const { detail } = usePickedCustomer()
  const { view } = useDraftState()
  const card = useRef<HTMLDivElement>(null)
  const fault = useFault('customer')

  useEffect(() => {
    if (!detail || document.activeElement !== card.current) return
    const repeat = card.current?.querySelector<HTMLElement>('[data-repeat]')
    if (repeat) repeat.focus()
    else plan.go('product-search')
  }, [detail, plan])

  const change = () => {
    plan.go('customer-search')
    draft.edit((form) => ({
      ...form,
      customer: { kind: 'none', phone: detail ? detail.fields.phone : '' },
      payment: forgetCardOnFile(form.payment, detail),
    }))
  }
  return (
    <Section
      title={t('customer.heading')}
      name="customer"
      aside={
        view.changes === null && (
          <Button variant="subtle" size="compact-sm" onClick={change}>
            {t('customer.change')}
          </Button>
        )
      }
    >
      <PinnedNotes customerId={customerId} />
      <div
        ref={(element) => {
          card.current = element
          plan.target('customer-picked')(element)
        }}
        tabIndex={-1}
        className={styles.card}
        data-customer={customerId}
        aria-busy={!detail}
      >
        {detail ? <Known detail={detail} /> : <Skeleton height={92} aria-label={t('customer.loading')} />}
      </div>
      {fault && <p className={styles.fault}>{fault}</p>}
    </Section>
  )
}

/** A card on file belongs to its customer: it does not stay chosen for another one. */
function forgetCardOnFile<Payment extends { cardId: string | null }>(
  payment: Payment,
  detail: CustomerDetail | undefined,
): Payment {
  return detail?.cards.some((card) => card.cardId === payment.cardId) ? { ...payment, cardId: null } : payment
}

function Known({ detail }: { detail: CustomerDetail }) {
  const { t } = useTranslation('checkout')
  const { fields, orders } = detail
  const last = orders[0]
  return (
    <div className={styles.known}>
      <div className={styles.who}>
        <div>
          <b className={styles.name}>
            {fields.familyName} {fields.givenName}
          </b>
          <span className={styles.kana}>
            {fields.familyKana} {fields.givenKana}
          </span>
          <span className={styles.number}>{t('customer.number', { number: detail.number })}</span>
        </div>
        <div>
          {formatPhone(fields.phone)}
          <span className={styles.address}>
            〒{formatPostalCode(fields.postalCode)} {addressLine(fields)}
          </span>
        </div>
        <div className={styles.extras}>
          <span className={styles.label}>{t('customer.cards')}</span>
          {detail.cards.length === 0 && t('customer.noCards')}
          {detail.cards.map((card) => (
            <Badge key={card.cardId} variant="default" size="sm" tt="none">
              {t('payment.cardLine', { brand: card.brand, last3: card.last3 })}
              {!card.usable && ` (${t('customer.cardUnusable')})`}
              {card.usable && card.validity === 'soon' && ` (${t('customer.cardSoon')})`}
            </Badge>
          ))}
        </div>
      </div>
      <div className={styles.last}>
        <span className={styles.label}>{t('customer.lastOrder')}</span>
        {last ? (
          <>
            <span className={styles.lastLine}>
              {formatDate(last.orderedAt)} {formatYen(last.total)}
            </span>
            <span className={styles.lastItems} title={last.items}>
              {last.items}
            </span>
            <RepeatLast detail={detail} />
          </>
        ) : (
          <span>{t('customer.noOrder')}</span>
        )}
      </div>
    </div>
  )
}

function RepeatLast({ detail }: { detail: CustomerDetail }) {
  const { t } = useTranslation('checkout')
  const draft = useDraft()
  const plan = useFocusPlan()
  const { form } = useDraftState()
  const known = new Set(form.lines.map((line) => line.productId))
  if (detail.lastLines.length === 0 || form.terms !== undefined) return null
  const used = detail.lastLines.every((line) => known.has(line.productId))
  const repeat = () => {
    draft.edit((before) => ({ ...before, lines: mergeLines(before.lines, detail.lastLines) }))
    // Nothing more is typed: the total need not wait for a pause.
    void draft.flush()
    plan.go('product-search')
  }
  return (
    <Button
      data-repeat
      size="compact-sm"
      variant="default"
      className={styles.repeat}
      disabled={used}
      onClick={repeat}
    >
      {t('customer.useLast')}
    </Button>
  )
}

import { Button, Text, Title } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useLocation } from 'wouter'
import { PaymentState } from '../../../../contract/checkout'
import type { KeypadDetail } from '../../../../contract/keypad-monitor'
import { formatCount, formatDateTime, formatYen } from '../../lib/format'
import { PaymentChip } from '../../ui/state-chips'
import { usePlanWords } from '../../ui/use-plan-words'
import styles from './keypads.module.css'

type Payments = KeypadDetail['payments']
type Payment = Payments['recent'][number]

const WIDTHS = [122, 60, 76, 84, 100, 116] as const

function State({ state }: { state: string }) {
  const known = PaymentState.safeParse(state)
  return known.success ? <PaymentChip state={known.data} /> : state
}

function PaymentRow({ payment }: { payment: Payment }) {
  const { t } = useTranslation('keypadMonitor')
  const planWords = usePlanWords()
  const { code, codeTitle, brand, last3 } = payment
  const error = code === null ? '' : t('payments.code', { code, title: codeTitle ?? '' }).trim()
  const card = last3 === null ? '' : t('payments.cardOf', { brand: brand ?? '', last3 }).trim()
  return (
    <tr>
      <td>{formatDateTime(payment.at)}</td>
      <td>{payment.number}</td>
      <td className={styles.num}>{formatYen(payment.amount)}</td>
      <td>{planWords(payment.plan)}</td>
      <td>
        <State state={payment.state} />
      </td>
      <td title={card}>{card}</td>
      <td className={styles.wrap}>{error}</td>
    </tr>
  )
}

function Recent({ payments }: { payments: readonly Payment[] }) {
  const { t } = useTranslation('keypadMonitor')
  return (
    <table className={styles.table} aria-labelledby="payments">
      <colgroup>
        {WIDTHS.map((width) => (
          <col key={width} style={{ width }} />
        ))}
        <col />
      </colgroup>
      <thead>
        <tr>
          <th scope="col">{t('payments.at')}</th>
          <th scope="col">{t('payments.number')}</th>
          <th scope="col" className={styles.num}>
            {t('payments.amount')}
          </th>
          <th scope="col">{t('payments.plan')}</th>
          <th scope="col">{t('payments.state')}</th>
          <th scope="col">{t('payments.card')}</th>
          <th scope="col">{t('payments.error')}</th>
        </tr>
      </thead>
      <tbody>
        {payments.map((payment) => (
          <PaymentRow key={payment.number} payment={payment} />
        ))}
      </tbody>
    </table>
  )
}

interface KeypadPaymentsProps {
  readonly payments: Payments
  readonly serial: string | null
  readonly shopId: string | null
}

/** The orders of a keypad at the shop that it belongs to. */
const ordersOf = (serial: string, shopId: string | null): string =>
  `/orders?${new URLSearchParams({ keypad: serial, ...(shopId === null ? {} : { shop: shopId }) }).toString()}`

/** 最近の決済: how the payments went whose cards were keyed here, and why some did not. */
export function KeypadPayments({ payments, serial, shopId }: KeypadPaymentsProps) {
  const { t } = useTranslation('keypadMonitor')
  const [, go] = useLocation()
  const { recent, succeeded, failed, failures } = payments
  return (
    <section className="card" aria-labelledby="payments">
      <Title order={2} mb={8} id="payments">
        {t('payments.title')}
      </Title>
      {recent.length === 0 ? (
        <Text size="sm">{t('payments.none')}</Text>
      ) : (
        <>
          <div className={styles.sums}>
            <span>
              {t('payments.succeeded')}
              <b>{t('payments.times', { shown: formatCount(succeeded) })}</b>
            </span>
            <span>
              {t('payments.failed')}
              <b>{t('payments.times', { shown: formatCount(failed) })}</b>
            </span>
          </div>
          {failures.length > 0 && (
            <ul className={styles.failures} aria-label={t('payments.failures')}>
              {failures.map(({ code, title, times }) => (
                <li key={code}>
                  {t('payments.code', { code, title })}
                  <b>{t('payments.times', { shown: formatCount(times) })}</b>
                </li>
              ))}
            </ul>
          )}
          <Recent payments={recent} />
        </>
      )}
      {serial !== null && recent.length > 0 && (
        <Button mt={10} variant="default" size="compact-sm" onClick={() => go(ordersOf(serial, shopId))}>
          {t('payments.open')}
        </Button>
      )}
    </section>
  )
}

import { Button, Skeleton, Text, Title } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useLocation } from 'wouter'
import type { UnfinishedCheckout } from '../../../../contract/checkout'
import { formatDateTime, formatTime, formatYen } from '../../lib/format'
import { PaymentChip } from '../../ui/state-chips'
import { DiscardQuestion } from './discard-question'
import styles from './home.module.css'

function PaymentWords({ row }: { row: UnfinishedCheckout }) {
  const { t } = useTranslation('home')
  if (row.payment === null) return null
  const until = row.voidsAt === null ? '' : t('voids', { time: formatTime(row.voidsAt) })
  return <PaymentChip state={row.payment.state} more={until} />
}

/** Drafts and authorizations without an order: to take up again, or to give up. */
export function UnfinishedList({ rows }: { rows: readonly UnfinishedCheckout[] | undefined }) {
  const { t } = useTranslation('home')
  const [, go] = useLocation()
  const [asked, setAsked] = useState<UnfinishedCheckout | null>(null)
  const nameOf = (row: UnfinishedCheckout) => row.customerName ?? t('noName')
  const stageWords = (row: UnfinishedCheckout): string => {
    if (row.heldUntil !== null) return t('held', { time: formatTime(row.heldUntil) })
    return row.purpose === 'order' ? t(`stage.${row.stage}`) : t(`purpose.${row.purpose}`)
  }
  const placeOf = (row: UnfinishedCheckout): string =>
    row.purpose === 'card-on-file' ? `/customers/${row.customerId ?? ''}` : `/checkout/${row.checkoutId}`
  return (
    <section className={`card ${styles.unfinished}`} aria-labelledby="unfinished">
      <Title order={2} id="unfinished">
        {t('unfinished')}
      </Title>
      {rows === undefined && <Skeleton height={16} width="60%" mt="md" />}
      {rows?.length === 0 && (
        <Text size="sm" mt="xs">
          {t('unfinishedEmpty')}
        </Text>
      )}
      <ul className={styles.list}>
        {rows?.map((row) => (
          <li key={row.checkoutId}>
            <span className={styles.name}>{nameOf(row)}</span>
            <span>{stageWords(row)}</span>
            <span className={styles.amount}>{formatYen(row.amount)}</span>
            <span>
              <PaymentWords row={row} />
            </span>
            <span className={styles.quiet}>
              {t('by', { name: row.operatorName, time: formatDateTime(row.updatedAt) })}
            </span>
            <span className={styles.actions}>
              <Button
                size="compact-sm"
                aria-label={t('resumeOf', { name: nameOf(row) })}
                onClick={() => go(placeOf(row))}
              >
                {t('resume')}
              </Button>
              <Button
                variant="default"
                size="compact-sm"
                aria-label={t('discardOf', { name: nameOf(row) })}
                onClick={() => setAsked(row)}
              >
                {t('discard.button')}
              </Button>
            </span>
          </li>
        ))}
      </ul>
      <DiscardQuestion row={asked} onClose={() => setAsked(null)} />
    </section>
  )
}

import { Text, Title } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { SubscriptionImportDetail } from '../../../../contract/subscription-imports'
import { formatCount } from '../../lib/format'
import styles from '../../ui/csv-import/csv-import.module.css'
import { ScrollTable } from '../../ui/csv-import/scroll-table'
import { StatusChip } from '../../ui/status-chip'

const HEADS = ['customer', 'items', 'rule', 'next', 'turn', 'payment', 'terms'] as const

/** What would become contracts, in words. */
export function ReadyCard({ detail }: { detail: SubscriptionImportDetail }) {
  const { t } = useTranslation('subscriptionImports')
  const { t: shared } = useTranslation('csvImports')
  const { ready, counts } = detail
  if (ready.length === 0) return null
  const heads = HEADS.filter((key) => key !== 'terms' || ready.some(({ terms }) => terms !== ''))
  return (
    <section className="card" aria-labelledby="import-ready">
      <Title order={2} id="import-ready">
        {t('ready.title')}
      </Title>
      {counts.good > ready.length && (
        <Text size="sm" c="dimmed" mt={4}>
          {t('ready.more', { shown: ready.length, count: formatCount(counts.good) })}
        </Text>
      )}
      <ScrollTable
        label={t('ready.title')}
        numbered
        head={[
          { key: 'line', words: shared('line') },
          ...heads.map((key) => ({ key, words: t(`ready.${key}`) })),
        ]}
      >
        {ready.map((row) => (
          <tr key={row.line}>
            <td className={styles.num}>{formatCount(row.line)}</td>
            <td title={row.customer}>{row.customer}</td>
            <td title={row.items}>{row.items}</td>
            <td>{row.rule}</td>
            <td>
              {row.nextDeliverOn.replaceAll('-', '/')}
              {row.pause !== '' && <StatusChip tone="quiet">{row.pause}</StatusChip>}
            </td>
            <td>{t('ready.turnOf', { turn: row.turn })}</td>
            <td>{row.noCard ? <StatusChip tone="bad">{t('ready.noCard')}</StatusChip> : row.payment}</td>
            {heads.includes('terms') && <td title={row.terms}>{row.terms}</td>}
          </tr>
        ))}
      </ScrollTable>
    </section>
  )
}

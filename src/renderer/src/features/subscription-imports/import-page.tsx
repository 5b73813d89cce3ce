import { Anchor, Group, Skeleton, Stack, Text, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import type { SubscriptionImportDetail } from '../../../../contract/subscription-imports'
import { api } from '../../lib/client'
import { formatCount, formatDateTime } from '../../lib/format'
import { BackLink } from '../../ui/back-link'
import pageHead from '../../ui/page-head.module.css'
import { ErrorPanel } from '../../ui/states'
import { StatusChip } from '../../ui/status-chip'
import styles from '../customer-imports/customer-imports.module.css'
import { FaultsCard } from './faults-card'
import { ImportStateChip } from './import-columns'
import { Decision, UndoButton } from './import-actions'
import { RunCard } from './run-card'

const COUNTS = ['read', 'good', 'broken', 'noCard', 'written', 'kept'] as const

function Counts({ detail }: { detail: SubscriptionImportDetail }) {
  const { t } = useTranslation('subscriptionImports')
  const { counts, state } = detail
  const shown = (key: (typeof COUNTS)[number]) =>
    key === 'kept'
      ? counts.kept > 0
      : key !== 'written' || state === 'visible' || state === 'undone' || state === 'undoing'
  return (
    <section className="card" aria-labelledby="import-result">
      <Group justify="space-between">
        <Title order={2} id="import-result">
          {t('result.title')}
        </Title>
        <UndoButton detail={detail} />
      </Group>
      <dl className={styles.counts}>
        {COUNTS.filter(shown).map((key) => (
          <div key={key} data-testid={`count-${key}`}>
            <dt>{t(`result.${key}`)}</dt>
            <dd>{formatCount(counts[key])}</dd>
          </div>
        ))}
      </dl>
      {counts.noCard > 0 && (
        <Text size="sm" mt={8}>
          {t('result.noCardWords')}{' '}
          {state === 'visible' && (
            <Anchor component={Link} href="/subscriptions?attention=1" size="sm" underline="always">
              {t('result.noCardList')}
            </Anchor>
          )}
        </Text>
      )}
      <Decision detail={detail} />
    </section>
  )
}

/** What would become contracts, in words. */
function ReadyCard({ detail }: { detail: SubscriptionImportDetail }) {
  const { t } = useTranslation('subscriptionImports')
  const { ready, counts } = detail
  if (ready.length === 0) return null
  const heads = ['customer', 'items', 'rule', 'next', 'turn', 'payment'] as const
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
      <div className={styles.scroll} role="group" aria-label={t('ready.title')} tabIndex={0}>
        <table className={styles.table} aria-labelledby="import-ready">
          <thead>
            <tr>
              <th scope="col" className={styles.num}>
                {t('preview.line')}
              </th>
              {heads.map((key) => (
                <th scope="col" key={key}>
                  {t(`ready.${key}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {ready.map((row) => (
              <tr key={row.line}>
                <td className={styles.num}>{formatCount(row.line)}</td>
                <td title={row.customer}>{row.customer}</td>
                <td title={row.items}>{row.items}</td>
                <td>{row.rule}</td>
                <td>{row.nextDeliverOn.replaceAll('-', '/')}</td>
                <td>{t('ready.turnOf', { turn: row.turn })}</td>
                <td>{row.noCard ? <StatusChip tone="bad">{t('ready.noCard')}</StatusChip> : row.payment}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  )
}

/** Contracts that stayed although the import was undone. */
function KeptCard({ detail }: { detail: SubscriptionImportDetail }) {
  const { t } = useTranslation('subscriptionImports')
  if (detail.kept.length === 0) return null
  return (
    <section className="card" aria-labelledby="import-kept">
      <Title order={2} id="import-kept">
        {t('result.keptTitle')}
      </Title>
      <Group gap={14} mt={8}>
        {detail.kept.map(({ subscriptionId, number }) => (
          <Anchor key={subscriptionId} component={Link} href={`/subscriptions/${subscriptionId}`} size="sm">
            {number}
          </Anchor>
        ))}
      </Group>
    </section>
  )
}

/** One import of 定期: its progress, what it would take, what came out, and what it did not take. */
export function SubscriptionImportPage({ id }: { id: string }) {
  const { t } = useTranslation('subscriptionImports')
  const detail = useQuery(api.subscriptionImports.get.queryOptions({ input: { id } }))
  const { data } = detail
  return (
    <Stack className="pageBody" gap={14}>
      <BackLink list="/subscriptions/import">{t('backToList')}</BackLink>
      {detail.isError && <ErrorPanel error={detail.error} onRetry={() => void detail.refetch()} />}
      {detail.isPending && <Skeleton height={220} aria-hidden="true" />}
      {data && (
        <>
          <div className={pageHead.head}>
            <Title order={1}>{data.fileName}</Title>
            <span role="status" data-testid="import-state" data-state={data.state}>
              <ImportStateChip state={data.state} />
            </span>
            <div className={pageHead.rest} />
            <span>
              {formatDateTime(data.createdAt)} {data.startedBy}
            </span>
          </div>
          <RunCard detail={data} />
          <Counts detail={data} />
          <FaultsCard detail={data} />
          <ReadyCard detail={data} />
          <KeptCard detail={data} />
        </>
      )}
    </Stack>
  )
}

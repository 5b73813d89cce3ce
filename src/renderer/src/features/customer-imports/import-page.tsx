import { Group, Skeleton, Stack, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { ImportDetail } from '../../../../contract/customer-imports'
import { api } from '../../lib/client'
import { formatCount, formatDateTime } from '../../lib/format'
import { BackLink } from '../../ui/back-link'
import pageHead from '../../ui/page-head.module.css'
import { ErrorPanel } from '../../ui/states'
import { ImportStateChip } from './import-columns'
import styles from './customer-imports.module.css'
import { FaultsCard, KeptCard } from './faults-card'
import { QuestionCard } from './question-card'
import { RunCard } from './run-card'
import { UndoButton } from './undo-button'

const COUNTS = ['read', 'added', 'updated', 'skipped', 'broken', 'kept'] as const

function Counts({ detail }: { detail: ImportDetail }) {
  const { t } = useTranslation('customerImports')
  return (
    <section className="card" aria-labelledby="import-result">
      <Group justify="space-between">
        <Title order={2} id="import-result">
          {t('result.title')}
        </Title>
        <UndoButton detail={detail} />
      </Group>
      <dl className={styles.counts}>
        {COUNTS.filter((key) => key !== 'kept' || detail.counts.kept > 0).map((key) => (
          <div key={key} data-testid={`count-${key}`}>
            <dt>{t(`result.${key}`)}</dt>
            <dd>{formatCount(detail.counts[key])}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}

/** One import: its progress, what it asks, what came out, and what it did not take. */
export function ImportPage({ id }: { id: string }) {
  const { t } = useTranslation('customerImports')
  const detail = useQuery(api.customerImports.get.queryOptions({ input: { id } }))
  const { data } = detail
  return (
    <Stack className="pageBody" gap={14}>
      <BackLink list="/customers/import">{t('backToList')}</BackLink>
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
          {data.question && <QuestionCard id={id} question={data.question} />}
          <RunCard detail={data} />
          <Counts detail={data} />
          <FaultsCard detail={data} />
          <KeptCard detail={data} />
        </>
      )}
    </Stack>
  )
}

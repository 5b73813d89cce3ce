import { Group, Skeleton, Stack, Title } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { formatCount, formatDateTime } from '../../lib/format'
import { BackLink } from '../back-link'
import pageHead from '../page-head.module.css'
import { ErrorPanel } from '../states'
import styles from './csv-import.module.css'
import { ImportStateChip, type CsvImportState } from './state-chip'

interface ImportDetailFrameProps {
  /** Address of the list of imports. */
  readonly path: string
  readonly detail: {
    readonly data:
      | {
          readonly state: CsvImportState
          readonly fileName: string
          readonly createdAt: number
          readonly startedBy: string
        }
      | undefined
    readonly isPending: boolean
    readonly isError: boolean
    readonly error: Error | null
    readonly refetch: () => unknown
  }
  /** Its cards. */
  readonly children: ReactNode
}

/** One import: what file it is of, how it stands, and its cards. */
export function ImportDetailFrame({ path, detail, children }: ImportDetailFrameProps) {
  const { t } = useTranslation('csvImports')
  const { data } = detail
  return (
    <Stack className="pageBody" gap={14}>
      <div className={pageHead.head}>
        <BackLink list={path}>{t('backToList')}</BackLink>
        {data && (
          <>
            <Title order={1}>{data.fileName}</Title>
            <span role="status" data-testid="import-state" data-state={data.state}>
              <ImportStateChip state={data.state} />
            </span>
            <div className={pageHead.rest} />
            <span>
              {formatDateTime(data.createdAt)} {data.startedBy}
            </span>
          </>
        )}
      </div>
      {detail.isError && <ErrorPanel error={detail.error} onRetry={() => void detail.refetch()} />}
      {detail.isPending && <Skeleton height={220} aria-hidden="true" />}
      {children}
    </Stack>
  )
}

interface CountsCardProps {
  readonly counts: readonly { readonly key: string; readonly words: string; readonly value: number }[]
  /** What can be done about the whole import. */
  readonly action: ReactNode
  readonly children?: ReactNode
}

/** What came out so far, in numbers. */
export function CountsCard({ counts, action, children }: CountsCardProps) {
  const { t } = useTranslation('csvImports')
  return (
    <section className="card" aria-labelledby="import-result">
      <Group justify="space-between">
        <Title order={2} id="import-result">
          {t('result.title')}
        </Title>
        {action}
      </Group>
      <dl className={styles.counts}>
        {counts.map(({ key, words, value }) => (
          <div key={key} data-testid={`count-${key}`}>
            <dt>{words}</dt>
            <dd>{formatCount(value)}</dd>
          </div>
        ))}
      </dl>
      {children}
    </section>
  )
}

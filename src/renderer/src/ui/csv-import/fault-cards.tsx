import { Anchor, Button, Group, Text, Title } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconDownload } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import type { ImportFault } from '../../../../contract/csv-imports'
import { formatCount } from '../../lib/format'
import { tellError } from '../../lib/tell-error'
import type { RunningImport } from './csv-import'
import styles from './csv-import.module.css'
import { ScrollTable } from './scroll-table'

function ReportButton({ of, id }: { of: RunningImport; id: string }) {
  const { t } = useTranslation('csvImports')
  const saving = useMutation({
    mutationFn: () => of.procedures.saveReport({ id }),
    onSuccess: ({ saved, rows }) =>
      notifications.show({
        message: saved ? t('result.reportSaved', { rows: formatCount(rows) }) : t('result.reportDropped'),
        color: saved ? 'accent' : 'gray',
      }),
    onError: tellError,
  })
  return (
    <Button
      variant="default"
      leftSection={<IconDownload size={16} aria-hidden="true" />}
      loading={saving.isPending}
      onClick={() => saving.mutate()}
    >
      {t('result.report')}
    </Button>
  )
}

interface FaultsCardProps {
  readonly of: RunningImport
  readonly id: string
  readonly title: string
  /** The first of them. */
  readonly faults: readonly ImportFault[]
  readonly count: number
}

/** The rows that are not taken, each with its line and the reason. */
export function FaultsCard({ of, id, title, faults, count }: FaultsCardProps) {
  const { t } = useTranslation('csvImports')
  if (faults.length === 0) return null
  return (
    <section className="card" aria-labelledby="import-faults">
      <Group justify="space-between">
        <Title order={2} id="import-faults">
          {title}
        </Title>
        <ReportButton of={of} id={id} />
      </Group>
      {count > faults.length && (
        <Text size="sm" c="dimmed" mt={4}>
          {t('result.faultsMore', { shown: faults.length, count: formatCount(count) })}
        </Text>
      )}
      <ScrollTable
        label={title}
        numbered
        head={[
          { key: 'line', words: t('line') },
          { key: 'reason', words: t('result.reason') },
          { key: 'raw', words: t('raw') },
        ]}
      >
        {faults.map(({ line, reason, raw }) => (
          <tr key={line}>
            <td className={styles.num}>{formatCount(line)}</td>
            <td className={styles.wide}>{reason}</td>
            <td title={raw}>{raw}</td>
          </tr>
        ))}
      </ScrollTable>
    </section>
  )
}

interface KeptCardProps {
  readonly title: string
  /** What the numbers are. */
  readonly numbers: string
  readonly kept: readonly {
    readonly href: string
    readonly number: number
    readonly reason: string
  }[]
  readonly count: number
}

/** What stayed although the import was undone, and why. */
export function KeptCard({ title, numbers, kept, count }: KeptCardProps) {
  const { t } = useTranslation('csvImports')
  if (kept.length === 0) return null
  return (
    <section className="card" aria-labelledby="import-kept">
      <Title order={2} id="import-kept">
        {title}
      </Title>
      {count > kept.length && (
        <Text size="sm" c="dimmed" mt={4}>
          {t('result.keptMore', { shown: kept.length, count: formatCount(count) })}
        </Text>
      )}
      <ScrollTable
        label={title}
        head={[
          { key: 'number', words: numbers },
          { key: 'reason', words: t('result.reason') },
        ]}
      >
        {kept.map(({ href, number, reason }) => (
          <tr key={href}>
            <td>
              <Anchor component={Link} href={href} size="sm">
                {number}
              </Anchor>
            </td>
            <td>{reason}</td>
          </tr>
        ))}
      </ScrollTable>
    </section>
  )
}

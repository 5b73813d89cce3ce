import { Button, Group, Text, Title } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconDownload } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { SubscriptionImportDetail } from '../../../../contract/subscription-imports'
import { client, describeError } from '../../lib/client'
import { formatCount } from '../../lib/format'
import styles from '../customer-imports/customer-imports.module.css'

function ReportButton({ id }: { id: string }) {
  const { t } = useTranslation('subscriptionImports')
  const saving = useMutation({
    mutationFn: () => client.subscriptionImports.saveReport({ id }),
    onSuccess: ({ saved, rows }) =>
      notifications.show({
        message: saved ? t('result.reportSaved', { rows: formatCount(rows) }) : t('result.reportDropped'),
        color: saved ? 'accent' : 'gray',
      }),
    onError: (error) => {
      const { message, supportCode } = describeError(error)
      notifications.show({ message: [message, supportCode].filter(Boolean).join(' '), color: 'red' })
    },
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

/** The rows that are not taken, each with its line and the reason. */
export function FaultsCard({ detail }: { detail: SubscriptionImportDetail }) {
  const { t } = useTranslation('subscriptionImports')
  const { faults, counts } = detail
  if (faults.length === 0) return null
  return (
    <section className="card" aria-labelledby="import-faults">
      <Group justify="space-between">
        <Title order={2} id="import-faults">
          {t('result.faults')}
        </Title>
        <ReportButton id={detail.id} />
      </Group>
      {counts.broken > faults.length && (
        <Text size="sm" c="dimmed" mt={4}>
          {t('result.faultsMore', { shown: faults.length, count: formatCount(counts.broken) })}
        </Text>
      )}
      <div className={styles.scroll} role="group" aria-label={t('result.faults')} tabIndex={0}>
        <table className={styles.table} aria-labelledby="import-faults">
          <thead>
            <tr>
              <th scope="col" className={styles.num}>
                {t('preview.line')}
              </th>
              <th scope="col">{t('result.reason')}</th>
              <th scope="col">{t('result.raw')}</th>
            </tr>
          </thead>
          <tbody>
            {faults.map(({ line, reason, raw }) => (
              <tr key={line}>
                <td className={styles.num}>{formatCount(line)}</td>
                <td className={styles.wide}>{reason}</td>
                <td title={raw}>{raw}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  )
}

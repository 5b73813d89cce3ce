import { Anchor, Button, Group, Text, Title } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconDownload } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import type { ImportDetail } from '../../../../contract/customer-imports'
import { client, describeError } from '../../lib/client'
import { formatCount } from '../../lib/format'
import styles from './customer-imports.module.css'

function ReportButton({ id }: { id: string }) {
  const { t } = useTranslation('customerImports')
  const saving = useMutation({
    mutationFn: () => client.customerImports.saveReport({ id }),
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

/** The rows that were not taken, each with its line and the reason. */
export function FaultsCard({ detail }: { detail: ImportDetail }) {
  const { t } = useTranslation('customerImports')
  const { faults, faultCount } = detail
  if (faults.length === 0) return null
  return (
    <section className="card" aria-labelledby="import-faults">
      <Group justify="space-between">
        <Title order={2} id="import-faults">
          {t('result.faults')}
        </Title>
        <ReportButton id={detail.id} />
      </Group>
      {faultCount > faults.length && (
        <Text size="sm" c="dimmed" mt={4}>
          {t('result.faultsMore', { shown: faults.length, count: formatCount(faultCount) })}
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
              <th scope="col">{t('question.raw')}</th>
            </tr>
          </thead>
          <tbody>
            {faults.map(({ line, reason, raw }) => (
              <tr key={line}>
                <td className={styles.num}>{formatCount(line)}</td>
                <td>{reason}</td>
                <td title={raw}>{raw}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  )
}

/** Customers who stayed although the import was undone, and why. */
export function KeptCard({ detail }: { detail: ImportDetail }) {
  const { t } = useTranslation('customerImports')
  if (detail.kept.length === 0) return null
  return (
    <section className="card" aria-labelledby="import-kept">
      <Title order={2} id="import-kept">
        {t('result.keptTitle')}
      </Title>
      <div className={styles.scroll} role="group" aria-label={t('result.keptTitle')} tabIndex={0}>
        <table className={styles.table} aria-labelledby="import-kept">
          <thead>
            <tr>
              <th scope="col">{t('result.number')}</th>
              <th scope="col">{t('result.reason')}</th>
            </tr>
          </thead>
          <tbody>
            {detail.kept.map(({ customerId, number, reason }) => (
              <tr key={customerId}>
                <td>
                  <Anchor component={Link} href={`/customers/${customerId}`} size="sm">
                    {number}
                  </Anchor>
                </td>
                <td>{t(`result.${reason}`)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  )
}

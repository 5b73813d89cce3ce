import { Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { PreviewRow } from '../../../../contract/customer-imports'
import { StatusChip } from '../../ui/status-chip'
import styles from './customer-imports.module.css'

/** The first rows of a file as they will be kept, or why one cannot be. */
export function PreviewTable({ rows }: { rows: readonly PreviewRow[] }) {
  const { t } = useTranslation('customerImports')
  const shown = rows.find(({ fields }) => fields.length > 0)?.fields.map(({ field }) => field) ?? []
  return (
    <>
      <Text size="sm" c="dimmed" mt={4}>
        {t('preview.words', { rows: rows.length })}
      </Text>
      {/* A region that scrolls can be reached by the keyboard. */}
      <div className={styles.scroll} role="group" aria-label={t('preview.label')} tabIndex={0}>
        <table className={styles.table} aria-label={t('preview.label')}>
          <thead>
            <tr>
              <th scope="col" className={styles.num}>
                {t('preview.line')}
              </th>
              <th scope="col">{t('preview.result')}</th>
              {shown.map((field) => (
                <th scope="col" key={field}>
                  {t(`field.${field}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.line}>
                <td className={styles.num}>{row.line}</td>
                {row.reasons.length > 0 ? (
                  <td className={styles.wide} colSpan={shown.length + 1}>
                    <StatusChip tone="bad">{row.reasons.join(' ')}</StatusChip>
                  </td>
                ) : (
                  <td>
                    <StatusChip tone="good">{t('preview.ok')}</StatusChip>
                  </td>
                )}
                {row.fields.map(({ field, value }) => (
                  <td key={field} title={value}>
                    {value}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  )
}

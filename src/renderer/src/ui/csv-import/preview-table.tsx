import { Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { StatusChip } from '../status-chip'
import type { PreviewedRow } from './csv-import'
import styles from './csv-import.module.css'
import { ScrollTable } from './scroll-table'

interface PreviewTableProps<Field extends string> {
  readonly rows: readonly PreviewedRow<Field>[]
  readonly nameOf: (field: Field) => string
  /** What these rows are. */
  readonly words: string
}

/** Fields that any of the rows has something in, in their order. */
function filledFields<Field extends string>(rows: readonly PreviewedRow<Field>[]): Field[] {
  const all = rows.flatMap(({ fields }) => fields)
  const filled = new Set(all.filter(({ value }) => value !== '').map(({ field }) => field))
  return [...new Set(all.map(({ field }) => field))].filter((field) => filled.has(field))
}

/** The first rows of a file as they are read, or why one cannot be. */
export function PreviewTable<Field extends string>({ rows, nameOf, words }: PreviewTableProps<Field>) {
  const { t } = useTranslation('csvImports')
  const shown = filledFields(rows)
  const broken = rows.filter(({ reasons }) => reasons.length > 0).length
  return (
    <>
      <Text size="sm" c="dimmed" mt={4}>
        {words}
        {broken > 0 && t('preview.broken', { count: broken })}
      </Text>
      <ScrollTable
        label={t('preview.label')}
        numbered
        head={[
          { key: 'line', words: t('line') },
          { key: 'result', words: t('preview.result') },
          ...shown.map((field) => ({ key: field, words: nameOf(field) })),
        ]}
      >
        {rows.map((row) => {
          const values = new Map(row.fields.map(({ field, value }) => [field, value]))
          return (
            <tr key={row.line}>
              <td className={styles.num}>{row.line}</td>
              {row.reasons.length > 0 ? (
                <td className={styles.wide} colSpan={shown.length + 1}>
                  <StatusChip tone="bad">{row.reasons.join(' ')}</StatusChip>
                </td>
              ) : (
                <>
                  <td>
                    <StatusChip tone="good">{t('preview.ok')}</StatusChip>
                  </td>
                  {shown.map((field) => (
                    <td key={field} title={values.get(field)}>
                      {values.get(field)}
                    </td>
                  ))}
                </>
              )}
            </tr>
          )
        })}
      </ScrollTable>
    </>
  )
}

import { IconArrowDown, IconArrowUp, IconSelector } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import styles from './data-table.module.css'

/** How main sorts a list, by the ids of its columns. */
export interface TableSort {
  /** Columns that it can be sorted by. */
  readonly columns: readonly string[]
  readonly by: string
  readonly descending: boolean
  readonly onSort: (column: string) => void
}

/** Direction of a column for `aria-sort`; undefined where the list cannot be sorted by it. */
export function sortOf(sort: TableSort | undefined, column: string) {
  if (!sort?.columns.includes(column)) return undefined
  if (sort.by !== column) return 'none'
  return sort.descending ? 'descending' : 'ascending'
}

const ICONS = { none: IconSelector, ascending: IconArrowUp, descending: IconArrowDown } as const

interface SortHeadProps {
  readonly sort: TableSort | undefined
  readonly column: string
  readonly children: ReactNode
}

/** A header; where the list can be sorted by it, a button with the present direction. */
export function SortHead({ sort, column, children }: SortHeadProps) {
  const { t } = useTranslation('common')
  const direction = sortOf(sort, column)
  if (sort === undefined || direction === undefined) return children
  const Icon = ICONS[direction]
  return (
    <button type="button" className={styles.sort} title={t('sortBy')} onClick={() => sort.onSort(column)}>
      {children}
      <Icon size={13} aria-hidden="true" />
    </button>
  )
}

import { Checkbox } from '@mantine/core'
import type { KeyboardEvent } from 'react'
import { isComposing } from '../lib/keyboard'
import styles from './data-table.module.css'

/** Rows of a list that are ticked. */
export interface RowSelection<T> {
  readonly ids: ReadonlySet<string>
  readonly onChange: (ids: ReadonlySet<string>) => void
  /** What the tick of a row is called. */
  readonly nameOf: (row: T) => string
  /** What the tick of all rows is called. */
  readonly allName: string
}

const WIDTH = 40

/** The column of the ticks. */
export function SelectionColumn({ selection }: { selection: Pick<RowSelection<never>, 'ids'> | undefined }) {
  return selection ? <col style={{ width: WIDTH }} /> : null
}

const turned = (ids: ReadonlySet<string>, id: string): ReadonlySet<string> =>
  new Set(ids.has(id) ? [...ids].filter((one) => one !== id) : [...ids, id])

interface SelectionHeadProps {
  readonly selection: Pick<RowSelection<never>, 'ids' | 'onChange' | 'allName'> | undefined
  readonly shown: readonly string[]
}

/** Ticks all rows that are loaded, or none. */
export function SelectionHead({ selection, shown }: SelectionHeadProps) {
  if (!selection) return null
  const { ids, onChange, allName } = selection
  const every = shown.length > 0 && shown.every((id) => ids.has(id))
  return (
    <th scope="col" className={styles.tick}>
      <label className={styles.hit}>
        <Checkbox
          size="xs"
          aria-label={allName}
          checked={every}
          indeterminate={!every && ids.size > 0}
          onChange={() => onChange(every ? new Set() : new Set(shown))}
        />
      </label>
    </th>
  )
}

interface SelectionCellProps<T> {
  readonly selection: RowSelection<T> | undefined
  readonly id: string
  readonly row: T
}

/** The tick of a row. A click on it does not open the row. */
export function SelectionCell<T>({ selection, id, row }: SelectionCellProps<T>) {
  if (!selection) return null
  const { ids, onChange, nameOf } = selection
  return (
    <td className={styles.tick} onClick={(event) => event.stopPropagation()}>
      <label className={styles.hit}>
        <Checkbox
          size="xs"
          tabIndex={-1}
          aria-label={nameOf(row)}
          checked={ids.has(id)}
          onChange={() => onChange(turned(ids, id))}
        />
      </label>
    </td>
  )
}

/** Space ticks the row that has the focus. True when the key is used up. */
export function ticksRow<T>(
  event: KeyboardEvent<HTMLElement>,
  selection: RowSelection<T> | undefined,
  id: string | undefined,
): boolean {
  if (event.key !== ' ' || !selection || id === undefined || isComposing(event.nativeEvent)) return false
  if (event.target instanceof Element && event.target.closest('button, a, input') !== null) return false
  event.preventDefault()
  selection.onChange(turned(selection.ids, id))
  return true
}

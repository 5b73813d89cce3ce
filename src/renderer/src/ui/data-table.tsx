import { Skeleton } from '@mantine/core'
import {
  createColumnHelper,
  flexRender,
  tableFeatures,
  useTable,
  type ColumnDef,
} from '@tanstack/react-table'
import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useRef, type ReactNode } from 'react'
import styles from './data-table.module.css'
import { rememberRow } from './remembered-row'
import { SelectionCell, SelectionColumn, SelectionHead, ticksRow, type RowSelection } from './row-selection'
import { SortHead, sortOf, type TableSort } from './sort-head'
import { useRowFocus } from './use-row-focus'

const features = tableFeatures({})
type Features = typeof features

/** Columns of a list of `T`. */
export type Columns<T extends object> = ColumnDef<Features, T, unknown>[]
export const columnsFor = <T extends object>() => createColumnHelper<Features, T>()

/** Heights as data-table.module.css sets them. */
const HEAD_PX = 32
const ROW_PX = 33
const SKELETON_ROWS = 12
const ROWS_BEFORE_END = 20

interface DataTableProps<T extends object> {
  readonly label: string
  /** What the rows are chosen by: another one begins at the top, with its first row. */
  readonly view: string
  /** Name under which the opened row is remembered: the address of the list. */
  readonly list: string
  /** Undefined while the first page is on its way. */
  readonly rows: T[] | undefined
  readonly columns: Columns<T>
  /** Width of each column in pixels by its id; a column without one shares what is left. */
  readonly widths: Readonly<Record<string, number>>
  /** Ids of columns whose cells stand to the right. */
  readonly numeric?: readonly string[]
  /** Ids of columns of text that may be cut: their cells tell the whole of it on hover. */
  readonly titled?: readonly string[]
  readonly sort?: TableSort
  /** Rows can be ticked: with the mouse, or with Space on the row. */
  readonly selection?: RowSelection<T>
  readonly rowId: (row: T) => string
  readonly onOpen: (row: T) => void
  /** The row that something beside the list is about: a click chooses it, and opens it only when it is a double one. */
  readonly chosen?: { readonly id: string | null; readonly onChoose: (row: T) => void }
  /** Called when the end comes near; loads the next page. */
  readonly onNearEnd: () => void
  /** All rows there are, when known exactly. */
  readonly total: number | null
  readonly empty: ReactNode
  readonly foot: ReactNode
}

/** A dense list of any length: only what is in view is drawn, rows open with Enter or a click, arrows move. */
export function DataTable<T extends object>(props: DataTableProps<T>) {
  // Table and virtualizer keep their state in objects that stay the same: the compiler must not remember what they say.
  'use no memo'
  const {
    label,
    view,
    list,
    rows,
    columns,
    widths,
    numeric = [],
    titled = [],
    chosen,
    rowId,
    onOpen,
    onNearEnd,
    total,
  } = props
  const box = useRef<HTMLDivElement>(null)
  const table = useTable({ features, data: rows ?? [], columns, getRowId: rowId })
  const model = table.getRowModel().rows
  const virtual = useVirtualizer({
    count: model.length,
    getScrollElement: () => box.current,
    estimateSize: () => ROW_PX,
    overscan: 14,
    scrollPaddingStart: HEAD_PX,
  })
  const open = (index: number) => {
    const row = model[index]
    if (!row) return
    rememberRow(list, row.id)
    onOpen(row.original)
  }
  const { active, onRowFocus, onKeyDown } = useRowFocus({
    box,
    list,
    view,
    rowIds: model.map((row) => row.id),
    scrollTo: (index) => virtual.scrollToIndex(index),
    open,
  })
  const { selection } = props
  const width = table.getAllLeafColumns().length + (selection ? 1 : 0)
  const drawn = virtual.getVirtualItems()
  const lastDrawn = drawn.at(-1)?.index ?? -1
  useEffect(() => {
    if (lastDrawn >= model.length - ROWS_BEFORE_END) onNearEnd()
  }, [lastDrawn, model.length, onNearEnd])
  useEffect(() => {
    box.current?.scrollTo({ top: 0 })
  }, [view, props.sort?.by, props.sort?.descending])
  const side = (id: string) => (numeric.includes(id) ? styles.num : undefined)
  const above = drawn[0]?.start ?? 0
  const below = virtual.getTotalSize() - (drawn.at(-1)?.end ?? 0)
  return (
    <div className={styles.frame}>
      <div className={styles.box} ref={box}>
        <table
          className={styles.table}
          aria-label={label}
          aria-busy={rows === undefined}
          aria-rowcount={total === null ? -1 : total + 1}
        >
          <colgroup>
            <SelectionColumn selection={selection} />
            {table.getAllLeafColumns().map(({ id }) => (
              <col key={id} style={widths[id] === undefined ? undefined : { width: widths[id] }} />
            ))}
          </colgroup>
          <thead>
            {table.getHeaderGroups().map((group) => (
              <tr key={group.id} aria-rowindex={1}>
                <SelectionHead selection={selection} shown={model.map((row) => row.id)} />
                {group.headers.map((header) => (
                  <th
                    key={header.id}
                    scope="col"
                    className={side(header.column.id)}
                    aria-sort={sortOf(props.sort, header.column.id)}
                  >
                    <SortHead sort={props.sort} column={header.column.id}>
                      {flexRender(header.column.columnDef.header, header.getContext())}
                    </SortHead>
                  </th>
                ))}
              </tr>
            ))}
          </thead>
          <tbody
            onKeyDown={(event) => {
              if (!ticksRow(event, selection, model[active]?.id)) onKeyDown(event)
            }}
          >
            {rows === undefined && <SkeletonRows columns={width} />}
            <Spacer height={above} columns={width} />
            {drawn.map(({ index }) => {
              const row = model[index]
              if (!row) return null
              return (
                <tr
                  key={row.id}
                  data-index={index}
                  className={styles.row}
                  aria-rowindex={index + 2}
                  tabIndex={index === active ? 0 : -1}
                  data-chosen={chosen?.id === row.id ? true : undefined}
                  onFocus={() => {
                    onRowFocus(index)
                    chosen?.onChoose(row.original)
                  }}
                  {...(chosen ? { onDoubleClick: () => open(index) } : { onClick: () => open(index) })}
                >
                  <SelectionCell selection={selection} id={row.id} row={row.original} />
                  {row.getAllCells().map((cell) => (
                    <td
                      key={cell.id}
                      className={side(cell.column.id)}
                      title={titled.includes(cell.column.id) ? String(cell.getValue()) : undefined}
                    >
                      {flexRender(cell.column.columnDef.cell, cell.getContext())}
                    </td>
                  ))}
                </tr>
              )
            })}
            <Spacer height={below} columns={width} />
          </tbody>
        </table>
        {rows?.length === 0 && <div className={styles.empty}>{props.empty}</div>}
      </div>
      <div className={styles.foot}>{props.foot}</div>
    </div>
  )
}

/** Room of the rows that are not drawn. */
function Spacer({ height, columns }: { height: number; columns: number }) {
  if (height <= 0) return null
  return (
    <tr className={styles.spacer} aria-hidden="true">
      <td colSpan={columns} style={{ height }} />
    </tr>
  )
}

const placeholders = Array.from({ length: SKELETON_ROWS }, (_, index) => index)

function SkeletonRows({ columns }: { columns: number }) {
  return placeholders.map((index) => (
    <tr key={index} aria-hidden="true">
      <td colSpan={columns}>
        <Skeleton height={12} width={`${92 - (index % 4) * 9}%`} />
      </td>
    </tr>
  ))
}

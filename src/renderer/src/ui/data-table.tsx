import {
  createColumnHelper,
  flexRender,
  tableFeatures,
  useTable,
  type ColumnDef,
} from '@tanstack/react-table'
import type { KeyboardEvent } from 'react'

const features = tableFeatures({})
type Features = typeof features

/** Columns of a list of `T`. */
export type Columns<T extends object> = ColumnDef<Features, T, unknown>[]
export const columnsFor = <T extends object>() => createColumnHelper<Features, T>()

interface DataTableProps<T extends object> {
  readonly label: string
  readonly rows: T[]
  readonly columns: Columns<T>
  /** Ids of columns whose cells stand to the right. */
  readonly numeric?: readonly string[]
  readonly rowId: (row: T) => string
  readonly onOpen?: (row: T) => void
}

/** Moves the focus among the rows with the arrow keys. */
function onRowKey(event: KeyboardEvent<HTMLTableRowElement>, open: () => void): void {
  if (event.nativeEvent.isComposing) return
  const row = event.currentTarget
  const target =
    event.key === 'ArrowDown'
      ? row.nextElementSibling
      : event.key === 'ArrowUp'
        ? row.previousElementSibling
        : null
  if (target instanceof HTMLElement) {
    event.preventDefault()
    target.focus()
  }
  if (event.key === 'Enter') {
    event.preventDefault()
    open()
  }
}

/** A dense table: the head stays in view, rows open with Enter or a click, arrows move. */
export function DataTable<T extends object>({
  label,
  rows,
  columns,
  numeric = [],
  rowId,
  onOpen,
}: DataTableProps<T>) {
  const table = useTable({ features, data: rows, columns, getRowId: rowId })
  const side = (id: string) => (numeric.includes(id) ? 'num' : undefined)
  return (
    <table className="grid" aria-label={label}>
      <thead>
        {table.getHeaderGroups().map((group) => (
          <tr key={group.id}>
            {group.headers.map((header) => (
              <th key={header.id} scope="col" className={side(header.column.id)}>
                {flexRender(header.column.columnDef.header, header.getContext())}
              </th>
            ))}
          </tr>
        ))}
      </thead>
      <tbody>
        {table.getRowModel().rows.map((row) => {
          const open = () => onOpen?.(row.original)
          const opener = onOpen
            ? {
                tabIndex: 0,
                onClick: open,
                onKeyDown: (event: KeyboardEvent<HTMLTableRowElement>) => onRowKey(event, open),
              }
            : {}
          return (
            <tr key={row.id} {...opener}>
              {row.getAllCells().map((cell) => (
                <td key={cell.id} className={side(cell.column.id)}>
                  {flexRender(cell.column.columnDef.cell, cell.getContext())}
                </td>
              ))}
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}

import type { PriceKind, ProductFields, ProductFileRow, ProductPreview } from '../../../contract/products'
import { SHOWN_ROWS } from '../../../contract/products'
import type { Statement } from '../../db/open-database'
import { differences, readProductRow } from '../../domain/products/product-csv'
import { encode } from '../../platform/code-page'
import { CSV_BOM, csvLine } from '../../platform/csv'
import { newId } from '../../platform/ids'
import type { SaveFile } from '../../platform/save-file'
import { codeOf, type FileRecord, type ReadFile } from './product-file'
import {
  fieldsOfProduct,
  productInsert,
  productsByCode,
  productUpdate,
  type ProductRow,
} from './products.repository'
import type { ProductsDeps } from './products.service'

/** Rows that are read or written at once: short enough that nobody waits behind them. */
const CHUNK = 100

/** A row of the file with what it would write. */
interface PlannedRow {
  readonly shown: ProductFileRow
  readonly record: FileRecord
  readonly write: { readonly known: ProductRow | null; readonly fields: ProductFields } | null
}

const broken = (record: FileRecord, code: string, name: string, reasons: readonly string[]): PlannedRow => ({
  record,
  write: null,
  shown: { line: record.line, outcome: 'broken', code, name, changes: [], reasons: [...reasons] },
})

function planRow(
  file: ReadFile,
  record: FileRecord,
  known: ProductRow | null,
  shop: { priceKind: PriceKind },
): PlannedRow {
  if (record.cells === null) return broken(record, '', '', ['引用符(")の位置が正しくありません。'])
  const before = known === null ? null : fieldsOfProduct(known)
  const read = readProductRow(file.columns, record.cells, before, shop)
  if (!read.ok) return broken(record, read.code, read.name, read.reasons)
  const { fields } = read
  const changes = before === null ? [] : differences(before, fields)
  const outcome = before === null ? 'add' : changes.length === 0 ? 'same' : 'change'
  const { code, name } = fields
  return {
    record,
    write: outcome === 'same' ? null : { known, fields },
    shown: { line: record.line, outcome, code, name, changes, reasons: [] },
  }
}

/** Goes through the file piece by piece; a code that stood in it before is broken. */
async function* planned(
  deps: ProductsDeps,
  file: ReadFile,
  shop: { priceKind: PriceKind },
): AsyncGenerator<PlannedRow[]> {
  const lineOfCode = new Map<string, number>()
  for (let from = 0; from < file.records.length; from += CHUNK) {
    const records = file.records.slice(from, from + CHUNK)
    const codes = [...new Set(records.map((record) => codeOf(file, record)))].filter((code) => code !== '')
    const known = await productsByCode(deps.database.db, codes)
    yield records.map((record) => {
      const code = codeOf(file, record)
      const before = lineOfCode.get(code)
      if (before !== undefined && code !== '') {
        return broken(record, code, '', [`${before}行目と同じ商品コードです。`])
      }
      lineOfCode.set(code, record.line)
      return planRow(file, record, known.get(code) ?? null, shop)
    })
  }
}

class Tally {
  readonly counts = { added: 0, changed: 0, same: 0, broken: 0 }
  readonly #broken: ProductFileRow[] = []
  readonly #others: ProductFileRow[] = []

  add(row: ProductFileRow): void {
    const { counts } = this
    if (row.outcome === 'add') counts.added += 1
    if (row.outcome === 'change') counts.changed += 1
    if (row.outcome === 'same') counts.same += 1
    if (row.outcome === 'broken') counts.broken += 1
    const list = row.outcome === 'broken' ? this.#broken : this.#others
    if (list.length < SHOWN_ROWS) list.push(row)
  }

  preview(file: ReadFile): ProductPreview {
    const rows = [...this.#broken, ...this.#others].slice(0, SHOWN_ROWS)
    return { counts: this.counts, rows, unknown: [...file.unknown] }
  }
}

/** What the rows of a file would do. */
export async function previewProducts(
  deps: ProductsDeps,
  file: ReadFile,
  shop: { priceKind: PriceKind },
): Promise<ProductPreview> {
  const tally = new Tally()
  for await (const rows of planned(deps, file, shop)) for (const { shown } of rows) tally.add(shown)
  return tally.preview(file)
}

/** Takes the rows that can be taken, some at a time; a product that another seat has just changed is not written over. */
export async function importProducts(
  deps: ProductsDeps,
  file: ReadFile,
  shop: { priceKind: PriceKind },
): Promise<ProductPreview> {
  const tally = new Tally()
  const { db } = deps.database
  const countsStock = file.columns.some((column) => column?.head === '在庫数')
  for await (const rows of planned(deps, file, shop)) {
    const now = deps.clock.now()
    const writing = rows.flatMap(({ write }) => (write === null ? [] : [write]))
    const statements = writing.map(({ known, fields }): Statement => {
      if (known === null) {
        const fresh = productInsert(db, { id: newId(), fields, now })
        return { query: fresh.onConflict((conflict) => conflict.column('code').doNothing()).compile() }
      }
      // A file that says how many there are is a count: its number stands, whatever was ordered meanwhile.
      const seenStock = countsStock ? null : known.stock
      const change = { id: known.id, version: known.version, fields, seenStock, now }
      return { query: productUpdate(db, change).compile() }
    })
    const results = statements.length === 0 ? [] : await deps.database.batch(statements)
    let at = 0
    for (const { shown, record, write } of rows) {
      const taken = write === null || results[at++]?.changes === 1
      const late = ['取込の間に、ほかの画面で変更されました。もう一度取り込んでください。']
      tally.add(taken ? shown : broken(record, shown.code, shown.name, late).shown)
    }
  }
  return tally.preview(file)
}

/** The rows that cannot be taken, as they stand in the file, each with its line and reasons in front. */
export async function saveBrokenProducts(
  deps: ProductsDeps & { readonly saveFile: SaveFile },
  file: ReadFile,
  shop: { priceKind: PriceKind },
): Promise<{ saved: boolean; rows: number }> {
  let rows = 0
  async function* lines(): AsyncGenerator<Uint8Array> {
    yield encode(CSV_BOM + csvLine(['行', '理由', ...file.head]), 'utf-8')
    for await (const some of planned(deps, file, shop)) {
      for (const { shown, record } of some) {
        if (shown.outcome !== 'broken') continue
        rows += 1
        const cells = record.cells ?? [record.raw]
        yield encode(csvLine([shown.line, shown.reasons.join(' '), ...cells]), 'utf-8')
      }
    }
  }
  const { saved } = await deps.saveFile(`取り込めなかった商品_${file.name}`, lines())
  return { saved, rows: saved ? rows : 0 }
}

import { readFile } from 'node:fs/promises'
import type { ProductFile } from '../../../contract/products'
import { codeOfRow, columnsOf } from '../../domain/products/product-csv'
import {
  bomLength,
  decode,
  detectCodePage,
  detectDelimiter,
  looksLikeUtf16,
  type CodePage,
} from '../../platform/code-page'
import { cellsOf, type Cells } from '../../platform/csv-cells'
import { RecordCutter } from '../../platform/csv-records'
import { newId } from '../../platform/ids'
import type { OpenFile } from '../../platform/open-file'
import { Refusal } from '../../platform/refusal'

const MOST_BYTES = 10 * 1024 * 1024
const MOST_COLUMNS = 200

/** One record of a product file. */
export interface FileRecord {
  readonly line: number
  /** Null: its quotes are not in order. */
  readonly cells: Cells
  /** As it stands in the file. */
  readonly raw: string
}

/** A product file that was read whole. */
export interface ReadFile {
  readonly name: string
  readonly columns: ReturnType<typeof columnsOf>
  /** Heads that say nothing to the desk. */
  readonly unknown: readonly string[]
  readonly head: readonly string[]
  readonly records: readonly FileRecord[]
}

/** The product file that was chosen last. Its bytes are kept, so that what was shown is what is taken. */
export interface ProductFiles {
  /** Null when none was chosen. Refuses what is no CSV, or none of products. */
  choose(): Promise<ProductFile | null>
  /** Refuses with FILE_GONE when another file was chosen since. */
  get(fileId: string): ReadFile
}

function readBytes(name: string, bytes: Buffer): ReadFile & { codePage: CodePage } {
  if (bytes.length === 0 || looksLikeUtf16(bytes)) throw new Refusal('FILE_UNREADABLE')
  const codePage = detectCodePage(bytes)
  const firstLine = decode(bytes.subarray(0, bytes.indexOf(10) + 1 || bytes.length), codePage)
  const delimiter = detectDelimiter(firstLine)
  const bom = bomLength(bytes)
  const cut = new RecordCutter(delimiter, { byte: bom, line: 1 }).push(bytes.subarray(bom), true)
  const cells = cellsOf(cut, codePage, delimiter)
  const head = cells[0]
  if (!head || head.length > MOST_COLUMNS) throw new Refusal('FILE_UNREADABLE')
  const columns = columnsOf(head)
  if (!columns.some((column) => column?.head === '商品コード')) throw new Refusal('NO_CODE_COLUMN')
  return {
    name,
    codePage,
    columns,
    head,
    unknown: head
      .filter((text, at) => columns[at] === null && text.trim() !== '')
      .map((text) => text.slice(0, 60)),
    records: cut.slice(1).map(({ line, bytes: raw }, at) => ({
      line,
      raw: decode(raw, codePage),
      cells: cells[at + 1] ?? null,
    })),
  }
}

export function productFiles(openFile: OpenFile): ProductFiles {
  let chosen: { id: string; file: ReadFile } | null = null
  return {
    async choose() {
      const found = await openFile({ name: 'CSV', extensions: ['csv', 'txt', 'tsv'] })
      if (found === null) return null
      if (found.sizeBytes > MOST_BYTES) throw new Refusal('FILE_UNREADABLE')
      const bytes = await readFile(found.path).catch(() => {
        throw new Refusal('FILE_UNREADABLE')
      })
      const { codePage, ...file } = readBytes(found.name, bytes)
      chosen = { id: newId(), file }
      return { fileId: chosen.id, name: file.name, codePage }
    },
    get(fileId) {
      if (chosen?.id !== fileId) throw new Refusal('FILE_GONE')
      return chosen.file
    },
  }
}

/** The code that a record names; empty when it cannot be read or names none. */
export const codeOf = (file: ReadFile, record: FileRecord): string =>
  record.cells === null ? '' : codeOfRow(file.columns, record.cells)

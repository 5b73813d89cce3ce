import type { ProductFields } from '../../../contract/products'
import { dateOf } from '../customer-csv/dates'
import { normalizeProduct, productFaults } from './product-fields'

/** One column of a product file: its head, how it is written, and how it is read. */
interface Column {
  readonly head: string
  write(product: ProductFields): string
  /** The cell's meaning as fields; a sentence when it has none. An empty cell of a new product comes here too. */
  read(cell: string): Partial<ProductFields> | string
}

/** A column of few words; each word in a file stands for one value, the first of a value is the one that is written. */
function words<K extends keyof ProductFields>(
  head: string,
  field: K,
  table: readonly (readonly [word: string, value: ProductFields[K]])[],
): Column {
  const known = [...new Set(table.map(([word]) => word))]
  return {
    head,
    write: (product) => table.find(([, value]) => value === product[field])?.[0] ?? '',
    read: (cell) => {
      const found = table.find(([word]) => word === cell.toLowerCase())
      return found ? patch(field, found[1]) : `「${head}」は ${known.join('・')} のどれかにしてください。`
    },
  }
}

const patch = <K extends keyof ProductFields>(field: K, value: ProductFields[K]): Partial<ProductFields> => {
  const made: Partial<ProductFields> = {}
  made[field] = value
  return made
}

const yesNo = [
  ['可', true],
  ['不可', false],
  ['○', true],
  ['×', false],
  ['1', true],
  ['0', false],
] as const

/** Whole numbers as files write them: 1,980 and ￥1,980 too; null when it is none. */
function wholeOf(cell: string): number | null {
  const digits = cell
    .replace(/^[¥\\]/, '')
    .replaceAll(',', '')
    .replace(/円$/, '')
  return /^-?\d{1,9}$/.test(digits) ? Number(digits) : null
}

function dateColumn(head: string, field: 'saleFrom' | 'saleTo'): Column {
  return {
    head,
    write: (product) => product[field] ?? '',
    read: (cell) => {
      if (cell === '') return patch(field, null)
      const date = dateOf(cell)
      return date === null ? `「${head}」の日付「${cell}」を読み取れません。` : patch(field, date)
    },
  }
}

const textColumn = (head: string, field: 'code' | 'name' | 'kana', most: number): Column => ({
  head,
  write: (product) => product[field],
  read: (cell) => (cell.length > most ? `「${head}」は${most}文字以内にしてください。` : patch(field, cell)),
})

/** The columns of 商品マスター's CSV, in the order in which they are written; read in any order. */
export const PRODUCT_COLUMNS: readonly Column[] = [
  textColumn('商品コード', 'code', 30),
  textColumn('商品名', 'name', 80),
  textColumn('商品カナ', 'kana', 120),
  {
    head: '価格',
    write: ({ price }) => String(price),
    read: (cell) => {
      const price = wholeOf(cell)
      return price === null || price < 0 || price > 9_999_999
        ? '「価格」は0〜9,999,999の整数にしてください。'
        : { price }
    },
  },
  words('価格区分', 'priceKind', [
    ['税込', 'gross'],
    ['税抜', 'net'],
  ]),
  words('税区分', 'taxClass', [
    ['標準', 'standard'],
    ['軽減', 'reduced'],
  ]),
  words('温度帯', 'temperature', [
    ['常温', 'normal'],
    ['冷蔵', 'chilled'],
    ['冷凍', 'frozen'],
  ]),
  words('定期', 'subscribable', yesNo),
  words('同梱', 'bundleable', yesNo),
  {
    head: '在庫数',
    write: ({ stock }) => (stock === null ? '' : String(stock)),
    read: (cell) => {
      if (cell === '') return { stock: null }
      const stock = wholeOf(cell)
      return stock === null || Math.abs(stock) > 9_999_999
        ? '「在庫数」は整数にしてください。在庫を数えない商品は空欄にします。'
        : { stock }
    },
  },
  dateColumn('販売開始日', 'saleFrom'),
  dateColumn('販売終了日', 'saleTo'),
  words('販売状態', 'active', [
    ['販売中', true],
    ['停止', false],
  ]),
]

/** Columns that a new product cannot do without; the others have a usual value. */
const NEEDED = ['商品名', '価格'] as const

const USUAL = {
  kana: '',
  taxClass: 'standard',
  temperature: 'normal',
  subscribable: false,
  bundleable: true,
  stock: null,
  saleFrom: null,
  saleTo: null,
  active: true,
} as const satisfies Partial<ProductFields>

/** Which column of a file is which; null: says nothing to the desk. */
export const columnsOf = (head: readonly string[]): readonly (Column | null)[] =>
  head.map((name) => {
    const plain = name.normalize('NFKC').trim()
    return PRODUCT_COLUMNS.find((column) => column.head === plain) ?? null
  })

/** A cell as people meant it: no spaces around it, half-width; an apostrophe before a formula sign goes again. */
const cellText = (cell: string, keepWidth: boolean): string => {
  const text = cell.replace(/^'(?=[\s\u3000]*[=+\-@\uff0b\uff0d\uff1d\uff20])/u, '').trim()
  return keepWidth ? text : text.normalize('NFKC')
}

/** What a row says, cell by cell; empty cells say nothing except where emptiness is a value. */
function saidBy(
  columns: readonly (Column | null)[],
  cells: readonly string[],
  reasons: string[],
): Partial<ProductFields> {
  const said: Partial<ProductFields> = {}
  for (const [at, column] of columns.entries()) {
    if (column === null) continue
    const cell = cellText(cells[at] ?? '', column.head === '商品名')
    const canBeEmpty = ['商品カナ', '在庫数', '販売開始日', '販売終了日'].includes(column.head)
    if (cell === '' && !canBeEmpty) continue
    const read = column.read(cell)
    if (typeof read === 'string') reasons.push(read)
    else Object.assign(said, read)
  }
  return said
}

export type ReadProduct =
  | { readonly ok: true; readonly fields: ProductFields }
  | { readonly ok: false; readonly code: string; readonly name: string; readonly reasons: readonly string[] }

/** The code that a row names; empty when it names none. */
export function codeOfRow(columns: readonly (Column | null)[], cells: readonly string[]): string {
  const at = columns.findIndex((column) => column?.head === '商品コード')
  return at === -1 ? '' : cellText(cells[at] ?? '', false)
}

/**
 * A row of a product file as a product: over the product of that code where there is one, so that columns which the file
 * does not have stay as they are; else as a new one, with usual values.
 */
export function readProductRow(
  columns: readonly (Column | null)[],
  cells: readonly string[],
  known: ProductFields | null,
  shop: Pick<ProductFields, 'priceKind'>,
): ReadProduct {
  const reasons: string[] = []
  if (cells.length > columns.length && cells.slice(columns.length).some((cell) => cell.trim() !== '')) {
    reasons.push('見出しより列が多くあります。値の中のカンマは引用符(")で囲んでください。')
  }
  const said = saidBy(columns, cells, reasons)
  const { code = '', name = known?.name ?? '' } = said
  if (known === null) {
    const missing = NEEDED.filter((head) => (head === '価格' ? said.price === undefined : name === ''))
    const unread = missing.filter((head) => !reasons.some((reason) => reason.includes(`「${head}」`)))
    for (const head of unread) reasons.push(`新しい商品には「${head}」が必要です。`)
  }
  const fields = normalizeProduct({ ...USUAL, ...shop, price: 0, ...known, ...said, code, name })
  for (const { message } of productFaults({ ...fields, name: fields.name || '-' })) reasons.push(message)
  if (reasons.length > 0) return { ok: false, code, name, reasons }
  return { ok: true, fields }
}

/** In which columns two products differ, in the words of a file. */
export const differences = (before: ProductFields, after: ProductFields) =>
  PRODUCT_COLUMNS.map((column) => ({
    column: column.head,
    before: column.write(before),
    after: column.write(after),
  })).filter((one) => one.before !== one.after)

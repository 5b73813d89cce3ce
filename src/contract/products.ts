import { z } from 'zod'
import { procedure } from './procedure'
import { Id, Instant, page, PageInput, PlainDate, text, Version, Yen } from './values'

/** 標準税率 or 軽減税率; the percentage follows from the date. */
export const TaxClass = z.enum(['standard', 'reduced'])
export type TaxClass = z.infer<typeof TaxClass>

/** 税込: tax is in the price. 税抜: tax comes on top of it, once per rate of the order. */
export const PriceKind = z.enum(['gross', 'net'])
export type PriceKind = z.infer<typeof PriceKind>

export const Temperature = z.enum(['normal', 'chilled', 'frozen'])
export type Temperature = z.infer<typeof Temperature>

/** Whether a product can be sold today. */
export const SaleState = z.enum(['on-sale', 'before', 'ended', 'stopped'])
export type SaleState = z.infer<typeof SaleState>

export const ProductSummary = z.object({
  id: Id,
  code: z.string(),
  name: z.string(),
  kana: z.string(),
  /** With or without tax, as `priceKind` says. */
  price: Yen,
  priceKind: PriceKind,
  taxClass: TaxClass,
  ratePercent: z.int(),
  temperature: Temperature,
  /** 定期可 */
  subscribable: z.boolean(),
  /** Pieces that are left; null: not counted. */
  stock: z.int().nullable(),
})
export type ProductSummary = z.infer<typeof ProductSummary>

/** Most pieces that a stock is counted to. */
export const MAX_STOCK = 9_999_999

/** A product as it is typed. Digits and kana may come in any width: main normalises them. */
export const ProductFields = z.object({
  code: text(30),
  name: text(80),
  kana: text(120),
  price: z.int().min(0).max(9_999_999),
  priceKind: PriceKind,
  taxClass: TaxClass,
  temperature: Temperature,
  subscribable: z.boolean(),
  /** 同梱可 */
  bundleable: z.boolean(),
  stock: z.int().min(-MAX_STOCK).max(MAX_STOCK).nullable(),
  /** 販売開始日 and 販売終了日, both included. */
  saleFrom: PlainDate.nullable(),
  saleTo: PlainDate.nullable(),
  /** False: 販売停止, whatever the dates say. */
  active: z.boolean(),
})
export type ProductFields = z.infer<typeof ProductFields>

export const Product = ProductFields.extend({
  id: Id,
  version: Version,
  /** Percent of today. */
  ratePercent: z.int(),
  state: SaleState,
  updatedAt: Instant,
})
export type Product = z.infer<typeof Product>

export const ProductSort = z.enum(['code', 'kana', 'price', 'updated'])
export type ProductSort = z.infer<typeof ProductSort>

/** Which products: a fragment of code, name or kana, and conditions. */
export const ProductFilter = z.object({
  text: text(80).default(''),
  state: SaleState.nullable().default(null),
  taxClass: TaxClass.nullable().default(null),
  temperature: Temperature.nullable().default(null),
  subscribable: z.boolean().default(false),
  /** `out`: counted, and none is left. */
  stock: z.enum(['counted', 'out']).nullable().default(null),
})
export type ProductFilter = z.infer<typeof ProductFilter>

export const ProductFile = z.object({
  /** Stands for the file until another one is chosen; the page never sees a path. */
  fileId: Id,
  name: z.string(),
  codePage: z.enum(['utf-8', 'cp932']),
})
export type ProductFile = z.infer<typeof ProductFile>

/** What a row of a file would do, or why it cannot be taken. */
export const ProductFileRow = z.object({
  line: z.int(),
  outcome: z.enum(['add', 'change', 'same', 'broken']),
  code: z.string(),
  name: z.string(),
  /** Of a change: the columns in which it differs, in words. */
  changes: z.array(z.object({ column: z.string(), before: z.string(), after: z.string() })),
  reasons: z.array(z.string()),
})
export type ProductFileRow = z.infer<typeof ProductFileRow>

const FileCounts = z.object({ added: z.int(), changed: z.int(), same: z.int(), broken: z.int() })

/** Rows of a file that a screen shows. */
export const SHOWN_ROWS = 200

export const ProductPreview = z.object({
  counts: FileCounts,
  /** The first rows; those that cannot be taken stand first. */
  rows: z.array(ProductFileRow),
  /** Columns of the file that say nothing to the desk. */
  unknown: z.array(z.string()),
})
export type ProductPreview = z.infer<typeof ProductPreview>

const invalid = {
  INVALID_FIELDS: {
    message: '入力内容を確認してください。',
    data: z.object({ fields: z.array(z.object({ path: z.string(), message: z.string() })) }),
  },
} as const

const fileErrors = {
  FILE_GONE: {
    message: '選んだファイルの内容が残っていません。もう一度ファイルを選んでください。',
  },
  FILE_UNREADABLE: {
    message:
      'このファイルは読み取れません。UTF-8またはShift_JISのCSV(タブ区切りも可、10MBまで)で保存し直してください。',
  },
  NO_CODE_COLUMN: {
    message:
      '見出し行に「商品コード」の列がありません。CSV出力したファイルの見出しに合わせて保存し直してください。',
  },
} as const

/** 商品マスター */
export const products = {
  /** The best 20 that are on sale today, by fragment of code, name or kana. */
  search: procedure('product.read')
    .input(z.object({ text: text(80) }))
    .output(z.array(ProductSummary)),
  list: procedure('product.read')
    .input(
      PageInput.extend(ProductFilter.shape).extend({
        sort: ProductSort.default('code'),
        descending: z.boolean().default(false),
      }),
    )
    .output(page(Product)),
  get: procedure('product.read')
    .input(z.object({ id: Id }))
    .output(Product),
  add: procedure('product.write')
    .input(z.object({ fields: ProductFields }))
    .output(Product)
    .errors(invalid),
  /**
   * Keeps changed fields over the version that the screen has seen. Of the stock only the difference to what the screen has
   * seen is kept, so that pieces ordered meanwhile stay taken.
   */
  save: procedure('product.write')
    .input(
      z.object({
        id: Id,
        version: Version,
        seenStock: ProductFields.shape.stock,
        fields: ProductFields,
      }),
    )
    .output(Product)
    .errors(invalid),
  /** CSV出力 of what the list shows; the import reads it back. */
  exportCsv: procedure('product.read')
    .input(z.object({ filter: ProductFilter, encoding: z.enum(['utf-8', 'shift_jis']) }))
    .output(
      z.object({
        saved: z.boolean(),
        rows: z.int(),
        /** Characters that Shift_JIS cannot write, each once; a 〓 stands for them in the file. */
        unwritable: z.array(z.string()),
      }),
    ),
  /** Asks for a file in the PC's own dialog; null when none was chosen. */
  chooseCsv: procedure('product.write').output(ProductFile.nullable()).errors(fileErrors),
  /** What the rows of the file would do, without keeping anything. */
  previewCsv: procedure('product.write')
    .input(z.object({ fileId: Id }))
    .output(ProductPreview)
    .errors(fileErrors),
  /** Takes the rows that can be taken. The same file once more changes nothing. */
  importCsv: procedure('product.write')
    .input(z.object({ fileId: Id }))
    .output(ProductPreview)
    .errors(fileErrors),
  /** The rows that cannot be taken, as they stand in the file, with the reasons; where the person chooses. */
  saveBroken: procedure('product.write')
    .input(z.object({ fileId: Id }))
    .output(z.object({ saved: z.boolean(), rows: z.int() }))
    .errors(fileErrors),
}

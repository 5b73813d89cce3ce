import { z } from 'zod'
import type { ItemMode } from '../../../contract/subscription-form'
import type { Cells } from './cells'

export const CsvItem = z.object({
  code: z.string(),
  quantity: z.int(),
  /** Agreed price of one; null: the price of the day. */
  price: z.int().nullable(),
  /** Its set, from 0: always 0 where every turn is the same. */
  set: z.int().default(0),
})
export type CsvItem = z.infer<typeof CsvItem>

const MOST_PRICE = 9_999_999
const MOST_QUANTITY = 999
const MOST_SETS = 24
const MOST_ITEMS = 30

const MODES: readonly (readonly [RegExp, ItemMode])[] = [
  [/交互|順番|ローテ|alternat/i, 'alternating'],
  [/コース|頒布|course/i, 'course'],
  [/毎回|同じ|固定|通常|fixed/i, 'fixed'],
]

/** One item of a list: ×2, A-01×2@1980. */
const ITEM = /^(.*?)(?:\s*[×*:]\s*(\d{1,3})\s*(?:個|点|袋|本)?)?(?:\s*@\s*[¥\\]?([\d,]{1,9})円?)?$/u

/** Between sets: an arrow, or a slash that stands alone (one inside a product's code does not). */
const BETWEEN_SETS = /\s*→\s*|\s+\/\s+/u

function listed(cells: Cells): CsvItem[] {
  const text = cells.plain('items')
  if (text === '') return []
  return text.split(BETWEEN_SETS).flatMap((words, set) =>
    words.split(/[;、\n|]+/u).flatMap((part) => {
      const match = ITEM.exec(part.trim())
      const code = match?.[1]?.trim() ?? ''
      if (code === '') return []
      const price = match?.[3] === undefined ? null : Number(match[3].replaceAll(',', ''))
      return [{ code, quantity: Number(match?.[2] ?? 1), price, set }]
    }),
  )
}

const single = (cells: Cells): CsvItem[] =>
  ([1, 2, 3] as const).flatMap((no) => {
    const code = cells.plain(`product${no}`)
    if (code === '') return []
    const quantity = cells.whole(`quantity${no}`, '数量', { least: 1, most: MOST_QUANTITY }) ?? 1
    const price = cells.whole(`price${no}`, '単価', { least: 0, most: MOST_PRICE })
    return [{ code, quantity, price, set: 0 }]
  })

function modeOf(cells: Cells, sets: number): ItemMode {
  const text = cells.plain('itemMode')
  const known = MODES.find(([pattern]) => pattern.test(text))?.[1]
  if (text !== '' && known === undefined)
    cells.refuse(
      `商品の組み方「${text.slice(0, 20)}」は「毎回同じ」「交互」「コース」のどれかにしてください。`,
    )
  const mode = known ?? 'fixed'
  if (mode === 'fixed' && sets > 1)
    cells.refuse('商品が2組以上あります。商品の組み方を「交互」か「コース」にしてください。')
  if (mode === 'alternating' && sets < 2)
    cells.refuse('交互の商品は、商品一覧に「A101→A102」のように2組以上書いてください。')
  return mode
}

/** What a contract delivers, by product codes; a set for each part of the list. */
export function goodsOf(cells: Cells): { readonly itemMode: ItemMode; readonly items: CsvItem[] } {
  const items = [...listed(cells), ...single(cells)]
  const sets = new Set(items.map(({ set }) => set))
  if (items.length === 0) cells.refuse('商品コードがありません。')
  else if (sets.size > MOST_SETS) cells.refuse(`商品の組は${MOST_SETS}までです。`)
  else if (sets.size <= Math.max(...sets)) cells.refuse('商品一覧に、商品のない組があります。')
  if (items.some(({ quantity }) => quantity < 1)) cells.refuse('数量は1以上の整数にしてください。')
  if (items.some(({ price }) => price !== null && !(price <= MOST_PRICE)))
    cells.refuse('単価は0以上の整数にしてください。')
  if ([...sets].some((set) => items.filter((item) => item.set === set).length > MOST_ITEMS))
    cells.refuse(`1回の商品は${MOST_ITEMS}点までです。`)
  return { itemMode: modeOf(cells, sets.size), items }
}

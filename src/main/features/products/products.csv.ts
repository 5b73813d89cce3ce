import type { ProductFilter } from '../../../contract/products'
import { businessDate } from '../../domain/calendar/tokyo'
import { PRODUCT_COLUMNS } from '../../domain/products/product-csv'
import { encode, outsideCp932 } from '../../platform/code-page'
import { CSV_BOM, csvLine } from '../../platform/csv'
import type { SaveFile } from '../../platform/save-file'
import { list, type ProductsDeps } from './products.service'

const CHUNK = 200

/** Saves what the list shows where the person chooses, in the columns that the import reads back. */
export async function exportProducts(
  deps: ProductsDeps & { readonly saveFile: SaveFile },
  wish: { filter: ProductFilter; encoding: 'utf-8' | 'shift_jis' },
  signal?: AbortSignal,
): Promise<{ saved: boolean; rows: number; unwritable: string[] }> {
  let rows = 0
  const unwritable = new Set<string>()
  const encoded = (text: string): Uint8Array => {
    if (wish.encoding === 'utf-8') return encode(text, 'utf-8')
    for (const sign of outsideCp932(text)) unwritable.add(sign)
    return encode(text, 'cp932')
  }
  async function* lines(): AsyncGenerator<Uint8Array> {
    const head = csvLine(PRODUCT_COLUMNS.map((column) => column.head))
    yield encoded((wish.encoding === 'utf-8' ? CSV_BOM : '') + head)
    for (let cursor: string | null = null; ;) {
      signal?.throwIfAborted()
      const query = { ...wish.filter, sort: 'code' as const, descending: false, cursor, limit: CHUNK }
      const page: Awaited<ReturnType<typeof list>> = await list(deps, query)
      rows += page.items.length
      yield encoded(
        page.items.map((product) => csvLine(PRODUCT_COLUMNS.map((column) => column.write(product)))).join(''),
      )
      if (page.next === null) return
      cursor = page.next
    }
  }
  const { saved } = await deps.saveFile(`商品マスター_${businessDate(deps.clock.now())}.csv`, lines())
  return { saved, rows: saved ? rows : 0, unwritable: saved ? [...unwritable] : [] }
}

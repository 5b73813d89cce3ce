import type { CustomerFilter } from '../../../contract/customers'
import { formatPhone, formatPostalCode } from '../../../contract/text'
import type { DeskDatabase } from '../../db/open-database'
import { businessDate } from '../../domain/calendar/tokyo'
import { encode, outsideCp932 } from '../../platform/code-page'
import { CSV_BOM, csvLine } from '../../platform/csv'
import type { Clock } from '../../platform/clock'
import type { SaveFile } from '../../platform/save-file'
import { EC_CUBE_HEAD, ecCubeLines } from './ec-cube.csv'
import { searchCustomers, type ListedCustomer } from './customer-list.repository'

const CHUNK = 500
const HEAD = [
  '顧客番号',
  'お名前',
  'カナ',
  '電話番号',
  '郵便番号',
  '都道府県',
  '市区町村',
  '町名・番地',
  '建物名・部屋番号',
  'メールアドレス',
  '注文数',
  '最終注文日',
  '登録日',
]

const day = (at: number): string => (at === 0 ? '' : businessDate(at))

const lineOf = (row: ListedCustomer): string =>
  csvLine([
    row.number,
    `${row.family_name} ${row.given_name}`,
    `${row.family_kana} ${row.given_kana}`,
    formatPhone(row.phone),
    formatPostalCode(row.postal_code),
    row.prefecture,
    row.city,
    row.address,
    row.building,
    row.email,
    row.order_count,
    day(row.last_ordered_at),
    day(row.created_at),
  ])

export interface CustomerExportDeps {
  readonly database: DeskDatabase
  readonly clock: Clock
  readonly saveFile: SaveFile
}

/** Saves what the list shows where the person chooses. Given up half-way, it leaves no file. */
export async function exportCustomers(
  deps: CustomerExportDeps,
  wish: { filter: CustomerFilter; encoding: 'utf-8' | 'shift_jis'; columns?: 'list' | 'ec-cube' },
  signal?: AbortSignal,
): Promise<{ saved: boolean; rows: number; unwritable: string[] }> {
  let rows = 0
  const isEcCube = wish.columns === 'ec-cube'
  const unwritable = new Set<string>()
  const encoded = (text: string): Uint8Array => {
    if (wish.encoding === 'utf-8') return encode(text, 'utf-8')
    for (const sign of outsideCp932(text)) unwritable.add(sign)
    return encode(text, 'cp932')
  }
  async function* lines(): AsyncGenerator<Uint8Array> {
    yield encoded((wish.encoding === 'utf-8' ? CSV_BOM : '') + (isEcCube ? EC_CUBE_HEAD : csvLine(HEAD)))
    for (let cursor: string | null = null; ;) {
      signal?.throwIfAborted()
      const page: Awaited<ReturnType<typeof searchCustomers>> = await searchCustomers(deps.database, {
        ...wish.filter,
        sort: 'number',
        descending: false,
        cursor,
        limit: CHUNK,
      })
      rows += page.items.length
      yield encoded(
        isEcCube ? await ecCubeLines(deps.database.db, page.items) : page.items.map(lineOf).join(''),
      )
      if (page.next === null) return
      cursor = page.next
    }
  }
  const { saved } = await deps.saveFile(`顧客一覧_${businessDate(deps.clock.now())}.csv`, lines())
  return { saved, rows: saved ? rows : 0, unwritable: saved ? [...unwritable] : [] }
}

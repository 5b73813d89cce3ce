import type { BulkLetter, BulkList, BulkRow, BulkRowState } from '../../../contract/subscription-bulk'
import { businessDate } from '../../domain/calendar/tokyo'
import { encode, outsideCp932 } from '../../platform/code-page'
import { CSV_BOM, csvLine } from '../../platform/csv'
import { Refusal } from '../../platform/refusal'
import { letterOf } from './letters.service'
import { findBulk, letterRows } from './subscription-bulk.repository'
import { bulkRows, type SubscriptionBulkDeps } from './subscription-bulk.service'

type Encoding = 'utf-8' | 'shift_jis'

interface Column<Row> {
  readonly head: string
  readonly write: (row: Row) => string | number | null
}

const AT_ONCE = 500
const ROWS_AT_ONCE = 200

const STATE: Readonly<Record<BulkRowState, string>> = {
  ready: '変更予定',
  blocked: '見送り',
  applied: '変更済み',
  skipped: '変更せず',
  undone: '元に戻した',
  kept: '戻さず',
}

const LIST: Readonly<Record<BulkList, string>> = { ...STATE, own: 'この回だけの商品' }

const CHANGE: readonly Column<BulkRow | BulkLetter>[] = [
  { head: '変更前', write: ({ before }) => before },
  { head: '変更後', write: ({ after }) => after },
  { head: '変わる回', write: ({ turn }) => (turn === 0 ? null : turn) },
  { head: 'お届け日', write: ({ deliverOn }) => deliverOn },
  { head: '変更前の1回の合計(税込)', write: ({ oldTotal }) => oldTotal },
  { head: '変更後の1回の合計(税込)', write: ({ newTotal }) => newTotal },
]

const LETTER: readonly Column<BulkLetter>[] = [
  { head: '定期番号', write: ({ number }) => number },
  { head: '顧客番号', write: ({ customerNumber }) => customerNumber },
  { head: 'お名前', write: ({ name }) => name },
  { head: '郵便番号', write: ({ postalCode }) => postalCode },
  { head: '住所', write: ({ address }) => address },
  { head: 'メールアドレス', write: ({ email }) => email },
  { head: '電話番号', write: ({ phone }) => phone },
  ...CHANGE,
]

const ROW: readonly Column<BulkRow>[] = [
  { head: '定期番号', write: ({ number }) => number },
  { head: 'お名前', write: ({ customer }) => customer },
  { head: '結果', write: ({ state }) => STATE[state] },
  { head: '理由', write: ({ reason }) => reason },
  ...CHANGE,
  { head: '注意', write: ({ notes }) => notes.join(' ') },
]

/** Saves pages of rows where the person chooses. */
async function save<Row>(
  deps: SubscriptionBulkDeps,
  file: { readonly name: string; readonly encoding: Encoding; readonly columns: readonly Column<Row>[] },
  pages: AsyncIterable<readonly Row[]>,
): Promise<{ saved: boolean; rows: number; unwritable: string[] }> {
  let rows = 0
  const unwritable = new Set<string>()
  const encoded = (text: string): Uint8Array => {
    if (file.encoding === 'utf-8') return encode(text, 'utf-8')
    for (const sign of outsideCp932(text)) unwritable.add(sign)
    return encode(text, 'cp932')
  }
  async function* lines(): AsyncGenerator<Uint8Array> {
    yield encoded((file.encoding === 'utf-8' ? CSV_BOM : '') + csvLine(file.columns.map(({ head }) => head)))
    for await (const page of pages) {
      rows += page.length
      yield encoded(page.map((row) => csvLine(file.columns.map(({ write }) => write(row)))).join(''))
    }
  }
  const { saved } = await deps.saveFile(file.name, lines())
  return { saved, rows: saved ? rows : 0, unwritable: saved ? [...unwritable] : [] }
}

async function fileName(deps: SubscriptionBulkDeps, id: string, what: string): Promise<string> {
  const record = await findBulk(deps.checkout.database.db, id)
  if (!record) throw new Refusal('NOT_FOUND')
  return `定期一括変更_${what}_${businessDate(record.created_at)}.csv`
}

/** お知らせ先: all of them. */
export async function saveLetters(
  deps: SubscriptionBulkDeps,
  { id, encoding }: { readonly id: string; readonly encoding: Encoding },
  signal?: AbortSignal,
) {
  const { db } = deps.checkout.database
  async function* pages(): AsyncGenerator<BulkLetter[]> {
    for (let after = ''; ;) {
      signal?.throwIfAborted()
      const page = await letterRows(db, { id, after, limit: AT_ONCE })
      yield page.map(letterOf)
      if (page.length < AT_ONCE) return
      after = page.at(-1)?.subscription_id ?? after
    }
  }
  const name = await fileName(deps, id, 'お知らせ先')
  return save(deps, { name, encoding, columns: LETTER }, pages())
}

/** What became of each contract, and why. */
export async function saveRows(
  deps: SubscriptionBulkDeps,
  wish: { readonly id: string; readonly state: BulkList | null; readonly encoding: Encoding },
  signal?: AbortSignal,
) {
  async function* pages(): AsyncGenerator<readonly BulkRow[]> {
    for (let cursor: string | null = null; ;) {
      signal?.throwIfAborted()
      const page: Awaited<ReturnType<typeof bulkRows>> = await bulkRows(deps, {
        id: wish.id,
        state: wish.state,
        cursor,
        limit: ROWS_AT_ONCE,
      })
      yield page.items
      if (page.next === null) return
      cursor = page.next
    }
  }
  const name = await fileName(deps, wish.id, wish.state === null ? '結果' : LIST[wish.state])
  return save(deps, { name, encoding: wish.encoding, columns: ROW }, pages())
}

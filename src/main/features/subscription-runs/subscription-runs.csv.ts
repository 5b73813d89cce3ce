import type {
  AttentionFilter,
  AttentionReason,
  AttentionSort,
  AttentionTurn,
  DryLine,
  ExpiringCard,
  RunProblem,
  RunTab,
  RunTurn,
} from '../../../contract/subscription-run-views'
import { businessDate } from '../../domain/calendar/tokyo'
import { encode, outsideCp932 } from '../../platform/code-page'
import { CSV_BOM, csvLine } from '../../platform/csv'
import { Refusal } from '../../platform/refusal'
import type { SaveFile } from '../../platform/save-file'
import { attention, expiring } from './attention.service'
import { everyDryLine } from './dry-run.service'
import { findRun } from './subscription-runs.repository'
import { runTurns, type SubscriptionRunsDeps } from './subscription-runs.service'

type Deps = SubscriptionRunsDeps & { readonly saveFile: SaveFile }
type Encoding = 'utf-8' | 'shift_jis'
type Cell = string | number | null

interface Column<Row> {
  readonly head: string
  readonly write: (row: Row) => Cell
}

const CHUNK = 200

const REASON: Readonly<Record<AttentionReason, string>> = {
  'card-expired': 'カード期限切れ',
  'card-refused': '与信失敗',
  'card-blocked': 'カード利用不可',
  'no-card': 'カード未登録',
  'off-sale': '販売終了の商品',
  'given-up': '再試行終了',
}
const STATUS: Readonly<Record<RunTurn['status'], string>> = {
  planned: '後日与信',
  skipped: 'スキップ',
  ordered: '受注',
  'auth-failed': '与信失敗',
  authorized: '与信済み',
  shipped: '出荷済み',
  failed: '不成立',
}
const DOES: Readonly<Record<DryLine['does'], string>> = {
  'order-and-authorize': '受注作成・与信',
  'order-authorize-later': '受注作成・後日与信',
  order: '受注作成',
  retry: '再試行',
  authorize: '与信',
  attention: '要対応',
  'pass-over': '注文を取り消してスキップ',
}
const PROBLEM: Readonly<Record<RunProblem, string>> = {
  'no-customer': 'お客様が利用できない状態',
  'no-items': '商品なし',
  'no-open-day': '出荷できる営業日なし',
}
const TAB: Readonly<Record<RunTab, string>> = {
  made: '作成',
  authorized: '与信済み',
  declined: '与信失敗',
  held: '保留',
  passed: 'スキップ',
}

const reasonOf = (reason: AttentionReason | null): Cell => reason && REASON[reason]
const expiryOf = (yymm: string): string => `20${yymm.slice(0, 2)}/${yymm.slice(2)}`

/** Saves rows as they come, in pages; what the code page has not is named. */
async function save<Row>(
  { saveFile }: Deps,
  wish: { readonly name: string; readonly encoding: Encoding; readonly columns: readonly Column<Row>[] },
  pages: AsyncIterable<readonly Row[]>,
): Promise<{ saved: boolean; rows: number; unwritable: string[] }> {
  const { columns, encoding } = wish
  let rows = 0
  const unwritable = new Set<string>()
  const encoded = (text: string): Uint8Array => {
    if (encoding === 'utf-8') return encode(text, 'utf-8')
    for (const sign of outsideCp932(text)) unwritable.add(sign)
    return encode(text, 'cp932')
  }
  async function* lines(): AsyncGenerator<Uint8Array> {
    yield encoded((encoding === 'utf-8' ? CSV_BOM : '') + csvLine(columns.map(({ head }) => head)))
    for await (const page of pages) {
      rows += page.length
      yield encoded(page.map((row) => csvLine(columns.map(({ write }) => write(row)))).join(''))
    }
  }
  const { saved } = await saveFile(`${wish.name}.csv`, lines())
  return { saved, rows: saved ? rows : 0, unwritable: saved ? [...unwritable] : [] }
}

/** All pages of a list, one after the other. */
async function* pagesOf<Row>(
  read: (cursor: string | null) => Promise<{ items: Row[]; next: string | null }>,
  signal: AbortSignal | undefined,
): AsyncGenerator<Row[]> {
  for (let cursor: string | null = null; ;) {
    signal?.throwIfAborted()
    const { items, next }: { items: Row[]; next: string | null } = await read(cursor)
    yield items
    if (next === null) return
    cursor = next
  }
}

const todayOf = ({ checkout: { clock } }: Deps): string => businessDate(clock.now())

type DryRow = DryLine | { readonly number: number; readonly problem: RunProblem }

const DRY_COLUMNS: readonly Column<DryRow>[] = [
  { head: '定期番号', write: ({ number }) => number },
  { head: '顧客名', write: (row) => ('problem' in row ? null : row.customerName) },
  { head: '回', write: (row) => ('problem' in row ? null : row.turn) },
  { head: '出荷日', write: (row) => ('problem' in row ? null : row.shipOn) },
  { head: 'お届け日', write: (row) => ('problem' in row ? null : row.deliverOn) },
  { head: '合計(税込)', write: (row) => ('problem' in row ? null : row.total) },
  { head: '処理', write: (row) => ('problem' in row ? '受注を作成できません' : DOES[row.does]) },
  { head: '要対応', write: (row) => ('problem' in row ? PROBLEM[row.problem] : reasonOf(row.attention)) },
]

/** Everything that a run for a day would do. */
export function saveDryRun(
  deps: Deps,
  wish: { readonly date: string | null; readonly encoding: Encoding },
  signal?: AbortSignal,
) {
  const date = wish.date ?? todayOf(deps)
  return save(
    deps,
    { name: `定期の実行予定_${date}`, encoding: wish.encoding, columns: DRY_COLUMNS },
    everyDryLine(deps.checkout, wish, signal),
  )
}

const TURN_COLUMNS: readonly Column<RunTurn>[] = [
  { head: '定期番号', write: ({ subscription }) => subscription.number },
  { head: '顧客番号', write: ({ subscription }) => subscription.customer.number },
  { head: '顧客名', write: ({ subscription }) => subscription.customer.name },
  { head: '回', write: ({ turn }) => turn },
  { head: '本来のお届け日', write: ({ ruleDate }) => ruleDate },
  { head: 'お届け日', write: ({ deliverOn }) => deliverOn },
  { head: '出荷日', write: ({ shipOn }) => shipOn },
  { head: '状態', write: ({ status, held }) => (held ? `${STATUS[status]}(確認待ち)` : STATUS[status]) },
  { head: '注文番号', write: ({ order }) => order && order.number },
  { head: '合計(税込)', write: ({ order }) => order && order.total },
  { head: '与信失敗回数', write: ({ tries }) => tries },
  { head: '次の与信日', write: ({ nextTryOn }) => nextTryOn },
  { head: 'コード', write: ({ lastCode }) => lastCode },
  { head: '要対応', write: ({ attention: reason }) => reasonOf(reason) },
]

/** A part of the report of a run. */
export async function saveReport(
  deps: Deps,
  wish: { readonly id: string; readonly tab: RunTab; readonly encoding: Encoding },
  signal?: AbortSignal,
) {
  const run = await findRun(deps.checkout.database.db, wish.id)
  if (!run) throw new Refusal('NOT_FOUND')
  return save(
    deps,
    {
      name: `定期の実行_${run.business_date}_${TAB[wish.tab]}`,
      encoding: wish.encoding,
      columns: TURN_COLUMNS,
    },
    pagesOf((cursor) => runTurns(deps, { ...wish, cursor, limit: CHUNK }), signal),
  )
}

const ATTENTION_COLUMNS: readonly Column<AttentionTurn>[] = [
  { head: '理由', write: ({ reason }) => (reason === null ? '再試行待ち' : REASON[reason]) },
  { head: '定期番号', write: ({ subscription }) => subscription.number },
  { head: '顧客番号', write: ({ subscription }) => subscription.customer.number },
  { head: '顧客名', write: ({ subscription }) => subscription.customer.name },
  { head: '電話番号', write: ({ subscription }) => subscription.customer.phone },
  { head: '回', write: ({ turn }) => turn },
  { head: '出荷日', write: ({ shipOn }) => shipOn },
  { head: 'お届け日', write: ({ deliverOn }) => deliverOn },
  { head: '注文番号', write: ({ order }) => order && order.number },
  { head: '合計(税込)', write: ({ order }) => order && order.total },
  { head: '与信失敗回数', write: ({ tries }) => tries },
  { head: '次の与信日', write: ({ nextTryOn }) => nextTryOn },
  { head: 'コード', write: ({ lastCode }) => lastCode },
  { head: 'カード下3桁', write: ({ card }) => card && card.last3 },
  { head: 'カード有効期限', write: ({ card }) => card && expiryOf(card.expiryYYMM) },
  { head: '連絡日', write: ({ calledAt }) => calledAt && businessDate(calledAt) },
]

/** 架電リスト: what 要対応 shows. */
export const saveAttention = (
  deps: Deps,
  wish: { readonly filter: AttentionFilter; readonly sort: AttentionSort; readonly encoding: Encoding },
  signal?: AbortSignal,
) =>
  save(
    deps,
    { name: `定期の要対応_${todayOf(deps)}`, encoding: wish.encoding, columns: ATTENTION_COLUMNS },
    pagesOf((cursor) => attention(deps, { ...wish, cursor, limit: CHUNK }), signal),
  )

const CARD_COLUMNS: readonly Column<ExpiringCard>[] = [
  { head: '定期番号', write: ({ subscription }) => subscription.number },
  { head: '顧客番号', write: ({ subscription }) => subscription.customer.number },
  { head: '顧客名', write: ({ subscription }) => subscription.customer.name },
  { head: '電話番号', write: ({ subscription }) => subscription.customer.phone },
  { head: 'ブランド', write: ({ card }) => card.brand },
  { head: 'カード下3桁', write: ({ card }) => card.last3 },
  { head: 'カード有効期限', write: ({ card }) => expiryOf(card.expiryYYMM) },
  { head: '次回の回数', write: ({ nextTurn }) => nextTurn },
  { head: '次回出荷日', write: ({ nextShipOn }) => nextShipOn },
]

/** Cards that are over before the next turn of their contract. */
export const saveExpiring = (deps: Deps, wish: { readonly encoding: Encoding }, signal?: AbortSignal) =>
  save(
    deps,
    { name: `期限切れ間近のカード_${todayOf(deps)}`, encoding: wish.encoding, columns: CARD_COLUMNS },
    pagesOf((cursor) => expiring(deps, { cursor, limit: CHUNK }), signal),
  )

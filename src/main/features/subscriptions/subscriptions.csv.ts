import { CancelReason, type SubscriptionStatus } from '../../../contract/subscription-form'
import type { SubscriptionFilter, SubscriptionSummary } from '../../../contract/subscription-views'
import { businessDate } from '../../domain/calendar/tokyo'
import { CANCEL_REASON_WORDS } from '../../domain/subscriptions/cancel-reasons'
import { encode, outsideCp932 } from '../../platform/code-page'
import { CSV_BOM, csvLine } from '../../platform/csv'
import type { SaveFile } from '../../platform/save-file'
import { list, type SubscriptionsDeps } from './subscriptions.service'
import { ruleWords } from '../../domain/subscriptions/words'

const CHUNK = 200

const STATUS: Readonly<Record<SubscriptionStatus, string>> = {
  pending: '申込中',
  active: '有効',
  paused: '停止中',
  'payment-stopped': '決済エラー停止',
  cancelled: '解約',
  finished: '満了',
}

const METHOD: Readonly<Record<SubscriptionSummary['paymentMethod'], string>> = {
  card: 'クレジットカード',
  cod: '代金引換',
  deferred: '後払い',
  'bank-transfer': '銀行振込',
  konbini: 'コンビニ払い',
  none: 'お支払いなし',
}

const reasonOf = (reason: string | null): string | null => {
  const known = CancelReason.safeParse(reason)
  return known.success ? CANCEL_REASON_WORDS[known.data] : reason
}

interface Column {
  readonly head: string
  readonly write: (row: SubscriptionSummary) => string | number | null
}

const COLUMNS: readonly Column[] = [
  { head: '定期番号', write: ({ number }) => number },
  { head: '状態', write: ({ status }) => STATUS[status] },
  { head: '顧客番号', write: ({ customer }) => customer.number },
  { head: '顧客名', write: ({ customer }) => customer.name },
  { head: '電話番号', write: ({ customer }) => customer.phone },
  { head: '商品', write: ({ items }) => items },
  { head: 'お届け周期', write: ({ rule }) => ruleWords(rule) },
  { head: '次回の回数', write: ({ nextTurn }) => nextTurn },
  { head: '次回お届け日', write: ({ nextDeliverOn }) => nextDeliverOn },
  { head: '次回出荷日', write: ({ nextShipOn }) => nextShipOn },
  { head: '変更締め切り', write: ({ changeUntil }) => changeUntil },
  { head: 'お支払方法', write: ({ paymentMethod }) => METHOD[paymentMethod] },
  { head: 'カード下3桁', write: ({ card }) => card?.last3 ?? null },
  {
    head: 'カード有効期限',
    write: ({ card }) => card && `20${card.expiryYYMM.slice(0, 2)}/${card.expiryYYMM.slice(2)}`,
  },
  { head: '与信失敗回数', write: ({ failedTries }) => failedTries },
  { head: '解約理由', write: ({ cancelReason }) => reasonOf(cancelReason) },
  { head: '申込日', write: ({ createdAt }) => businessDate(createdAt) },
]

/** Saves what the list shows where the person chooses. */
export async function exportSubscriptions(
  deps: SubscriptionsDeps & { readonly saveFile: SaveFile },
  wish: { readonly filter: SubscriptionFilter; readonly encoding: 'utf-8' | 'shift_jis' },
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
    yield encoded((wish.encoding === 'utf-8' ? CSV_BOM : '') + csvLine(COLUMNS.map(({ head }) => head)))
    for (let cursor: string | null = null; ;) {
      signal?.throwIfAborted()
      const query = { filter: wish.filter, sort: 'newest' as const, cursor, limit: CHUNK }
      const page: Awaited<ReturnType<typeof list>> = await list(deps, query)
      rows += page.items.length
      yield encoded(page.items.map((row) => csvLine(COLUMNS.map(({ write }) => write(row)))).join(''))
      if (page.next === null) return
      cursor = page.next
    }
  }
  const { saved } = await deps.saveFile(`定期一覧_${businessDate(deps.clock.now())}.csv`, lines())
  return { saved, rows: saved ? rows : 0, unwritable: saved ? [...unwritable] : [] }
}

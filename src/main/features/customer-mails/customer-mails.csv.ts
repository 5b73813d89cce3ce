import type {
  CustomerMailFilter,
  CustomerMailKind,
  CustomerMailRow,
  CustomerMailState,
} from '../../../contract/customer-mails'
import { formatPhone } from '../../../contract/text'
import { businessDate } from '../../domain/calendar/tokyo'
import { encode, outsideCp932 } from '../../platform/code-page'
import { CSV_BOM, csvLine } from '../../platform/csv'
import type { SaveFile } from '../../platform/save-file'
import { list, type CustomerMailsDeps } from './customer-mails.service'

const CHUNK = 200

const KIND: Readonly<Record<CustomerMailKind, string>> = {
  'payment-declined': '決済エラー(再試行あり)',
  'card-trouble': 'カードの確認のお願い',
  'turn-given-up': 'お届け見合わせ',
  'card-expiring': 'カード有効期限',
  'change-deadline': '変更期限',
}

const STATE: Readonly<Record<CustomerMailState, string>> = {
  waiting: '送信待ち',
  sending: '送信中',
  sent: '送信済み',
  unknown: '結果不明',
  failed: '送信失敗',
  cancelled: '取消',
  phone: '電話で連絡',
  called: '連絡済み',
}

const stamp = (at: number | null): string | null =>
  at === null ? null : new Date(at + 9 * 60 * 60_000).toISOString().slice(0, 16).replace('T', ' ')

const COLUMNS: readonly {
  readonly head: string
  readonly write: (row: CustomerMailRow) => string | number | null
}[] = [
  { head: '作成日時', write: ({ createdAt }) => stamp(createdAt) },
  { head: '種類', write: ({ kind }) => KIND[kind] },
  { head: '状態', write: ({ state }) => STATE[state] },
  { head: '送信日時', write: ({ sentAt }) => stamp(sentAt) },
  { head: '顧客番号', write: ({ customer }) => customer.number },
  { head: '顧客名', write: ({ customer }) => customer.name },
  { head: '電話番号', write: ({ customer }) => formatPhone(customer.phone) },
  { head: '宛先', write: ({ to }) => to },
  { head: '定期番号', write: ({ subscription }) => subscription.number },
  { head: '回', write: ({ turn }) => turn },
  { head: '注文番号', write: ({ order }) => order?.number ?? null },
  { head: '件名', write: ({ subject }) => subject },
]

/** Saves what the list shows where the person chooses. */
export async function exportMails(
  deps: CustomerMailsDeps & { readonly saveFile: SaveFile },
  wish: { readonly filter: CustomerMailFilter; readonly encoding: 'utf-8' | 'shift_jis' },
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
      const page: Awaited<ReturnType<typeof list>> = await list(deps, {
        filter: wish.filter,
        cursor,
        limit: CHUNK,
      })
      rows += page.items.length
      yield encoded(page.items.map((row) => csvLine(COLUMNS.map(({ write }) => write(row)))).join(''))
      if (page.next === null) return
      cursor = page.next
    }
  }
  const { saved } = await deps.saveFile(`メール送信_${businessDate(deps.clock.now())}.csv`, lines())
  return { saved, rows: saved ? rows : 0, unwritable: saved ? [...unwritable] : [] }
}

import { BulkShown, type BulkLetter } from '../../../contract/subscription-bulk'
import { businessDate } from '../../domain/calendar/tokyo'
import { CSV_BOM, csvLine } from '../../platform/csv'
import { Refusal } from '../../platform/refusal'
import { findBulk, letterRows } from './subscription-bulk.repository'
import type { SubscriptionBulkDeps } from './subscription-bulk.service'

const ON_SCREEN = 1000
const AT_ONCE = 500

type LetterRow = Awaited<ReturnType<typeof letterRows>>[number]

function letterOf(row: LetterRow): BulkLetter {
  const { before, after, oldTotal, newTotal, turn, deliverOn } = BulkShown.parse(JSON.parse(row.shown))
  return {
    number: row.subscription_number,
    customerNumber: row.customer_number,
    name: `${row.family_name} ${row.given_name}`.trim(),
    postalCode: row.postal_code,
    address: [row.prefecture, row.city, row.address, row.building ?? ''].join(''),
    email: row.email ?? '',
    phone: row.phone,
    before,
    after,
    oldTotal,
    newTotal,
    turn,
    deliverOn,
  }
}

/** お知らせを送るお客様: the first thousand, for the screen and for paper. */
export async function letters(deps: SubscriptionBulkDeps, id: string): Promise<BulkLetter[]> {
  const rows = await letterRows(deps.checkout.database.db, { id, after: '', limit: ON_SCREEN })
  return rows.map(letterOf)
}

const HEAD = [
  '定期番号',
  '顧客番号',
  'お名前',
  '郵便番号',
  '住所',
  'メールアドレス',
  '電話番号',
  '変更前',
  '変更後',
  '変更前の1回の合計',
  '変更後の1回の合計',
  '変わる回',
  'お届け日',
]

/** All of them as CSV, where the person chooses. */
export async function saveLetters(deps: SubscriptionBulkDeps, id: string) {
  const { db } = deps.checkout.database
  const record = await findBulk(db, id)
  if (!record) throw new Refusal('NOT_FOUND')
  let rows = 0
  async function* lines(): AsyncGenerator<string> {
    yield CSV_BOM + csvLine(HEAD)
    for (let after = ''; ;) {
      const page = await letterRows(db, { id, after, limit: AT_ONCE })
      rows += page.length
      yield page
        .map(letterOf)
        .map((one) =>
          csvLine([
            one.number,
            one.customerNumber,
            one.name,
            one.postalCode,
            one.address,
            one.email,
            one.phone,
            one.before,
            one.after,
            one.oldTotal ?? '',
            one.newTotal ?? '',
            one.turn,
            one.deliverOn ?? '',
          ]),
        )
        .join('')
      if (page.length < AT_ONCE) return
      after = page.at(-1)?.subscription_id ?? after
    }
  }
  const { saved } = await deps.saveFile(
    `定期一括変更_お知らせ_${businessDate(record.created_at)}.csv`,
    lines(),
  )
  return { saved, rows: saved ? rows : 0 }
}

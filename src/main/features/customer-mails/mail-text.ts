import type { Kysely } from 'kysely'
import { Email } from '../../../contract/auth'
import type { CustomerMailCause, CustomerMailKind, MailTemplateText } from '../../../contract/customer-mails'
import { formatPhone } from '../../../contract/text'
import type { Database } from '../../db/database.types'
import { writeMail, type MailFacts } from '../../domain/customer-mails/template'
import { cardIsOver } from '../../domain/subscriptions/retry'
import { dateWords } from '../../domain/subscriptions/words'
import { goodsOf, type MailRow } from './customer-mails.repository'

/** What becomes of a contract behind a turn that was given up. */
const AFTERWARDS: Readonly<Record<string, string>> = {
  active: '次の回からは、これまでどおりお届けする予定です。お支払い方法の変更は、下記までお電話ください。',
  'payment-stopped':
    '定期のお届けを停止しています。再開をご希望の場合は、お支払い方法とあわせて下記までお電話ください。',
  cancelled: '定期のお申し込みは終了といたしました。あらためてのお申し込みは、下記までお電話ください。',
}

/** What stands in the place of the names of a template. */
async function factsOf(db: Kysely<Database>, row: MailRow, today: string): Promise<MailFacts> {
  const day = (date: string | null) => (date === null ? '' : dateWords(date, today))
  const isTurn = row.cycle_id !== null
  return {
    お客様名: `${row.family_name} ${row.given_name}`.trim(),
    定期番号: String(row.contract_number),
    ショップ名: row.shop_name,
    ショップ電話番号: formatPhone(row.shop_phone),
    回: String(row.turn),
    お届け予定日: day(isTurn ? row.deliver_on : row.next_deliver_on),
    商品: row.order_id === null ? '' : await goodsOf(db, row.order_id),
    ご請求額: row.order_total === null ? '' : `${row.order_total.toLocaleString('ja-JP')}円`,
    カード: row.brand === null ? 'クレジットカード' : `${row.brand} 下3桁 ${row.last3 ?? ''}`,
    次回の決済日: row.next_retry_on === null ? '後日' : day(row.next_retry_on),
    今後のお届け: AFTERWARDS[row.contract_status] ?? AFTERWARDS['active'] ?? '',
    変更期限: day(row.change_until),
  }
}

/** The text of a mail as it would be written today. */
export async function textOf(
  db: Kysely<Database>,
  row: MailRow,
  templates: ReadonlyMap<CustomerMailKind, MailTemplateText>,
  today: string,
): Promise<MailTemplateText> {
  const template = templates.get(row.kind)
  if (!template) throw new Error(`no template of ${row.kind}`)
  return writeMail(template, await factsOf(db, row, today))
}

/** True while what a mail tells is still so: nobody is told of a refusal that has been mended meanwhile. */
export function isStillSo(row: MailRow, today: string): boolean {
  const isActive = row.contract_status === 'active'
  switch (row.kind) {
    case 'payment-declined':
      // An attempt that is under way may end either way.
      return row.cycle_status === 'auth-failed' || row.cycle_status === 'ordered'
    case 'card-trouble':
      return row.cycle_status === 'auth-failed' && row.cycle_attention !== null
    case 'turn-given-up':
      return row.cycle_status === 'failed'
    case 'card-expiring':
      return (
        isActive &&
        row.next_generate_on !== null &&
        row.card_removed_at === null &&
        row.event_key.endsWith(`:${row.card_id ?? ''}`) &&
        cardIsOver(row.expiry_yymm ?? '', row.next_generate_on)
      )
    case 'change-deadline':
      return isActive && row.turn === row.next_turn && row.change_until !== null && row.change_until >= today
  }
}

/** Why this customer cannot or may not be written to; null: they can. */
export function reachFault(row: Pick<MailRow, 'email' | 'mail_consent'>): CustomerMailCause | null {
  if (row.mail_consent === 'no') return 'no-consent'
  if (row.email === null || row.email === '') return 'no-address'
  return Email.safeParse(row.email).success ? null : 'bad-address'
}

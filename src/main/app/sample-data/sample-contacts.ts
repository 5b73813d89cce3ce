import type { Insertable } from 'kysely'
import type { CallbackTable, ContactLogTable } from '../../db/contact-tables.types'
import type { DeskDatabase, Statement } from '../../db/open-database'
import { newId } from '../../platform/ids'
import { chance, type Chance } from './random'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
const CONTACTS = 60
const CALLBACKS = 6

const TEXTS = [
  ['お届け日を確認したいとのお電話。明後日の午前にお届け予定とご案内し、ご了承いただきました。', 3, 0],
  ['箱が潰れていたとのご連絡。お詫びし、交換品をお送りすることになりました。', 6, 1],
  ['次回のお届けを1週間遅らせてほしいとのご希望。', 5, 1],
  ['カタログの送付をご希望。ご住所を確認し、手配しました。', 0, 1],
  ['領収書の宛名を会社名に変更してほしいとのご依頼。経理に確認のうえ折り返します。', 4, 2],
] as const
const NOTES = [
  'お昼どきを避けてお電話してほしいとのこと',
  '耳が遠いため、ゆっくり大きな声でお話しする',
  '次回、新茶の予約開始をご案内する',
]
const CALLBACK_REASONS = ['在庫が入ったかをご案内', '領収書の件', '新商品のお味についてのご質問']

interface Sample {
  readonly adminId: string
  readonly customers: readonly { readonly id: string; readonly name: string; readonly phone: string }[]
}

const master = (group: number, index: number): string =>
  `0c0de000-0000-4000-8000-0000000${group}${String(index).padStart(4, '0')}`

/** Contacts of the last weeks, callbacks of the days ahead, pinned notes and further お届け先. */
export function contactStatements(database: DeskDatabase, sample: Sample, now: number): Statement[] {
  const { db } = database
  // Chance of its own: what else the sample shop holds stays what it was.
  const luck = chance(20_261_140)
  const { adminId, customers } = sample
  const logs = Array.from({ length: CONTACTS }, (_, index) => contactOf(index, sample, luck, now))
  const callbacks = Array.from({ length: CALLBACKS }, (_, index): Insertable<CallbackTable> => {
    const customer = luck.pick(customers)
    const due = now + (index + 1) * 5 * HOUR + DAY
    return {
      id: newId(),
      customer_id: customer.id,
      due_at: due,
      assignee_id: index % 2 === 0 ? null : adminId,
      phone: customer.phone,
      reason: luck.pick(CALLBACK_REASONS),
      status: 'open',
      remind_at: due,
      created_at: now - HOUR,
      created_by: adminId,
      ended_at: null,
      ended_by: null,
      version: 1,
    }
  })
  const notes = NOTES.map((body, index) => ({
    id: newId(),
    customer_id: customers[40 + index * 7]?.id ?? '',
    body,
    created_at: now - (index + 2) * DAY,
    created_by: adminId,
    done_at: null,
    done_by: null,
  }))
  return [
    { query: db.insertInto('contact_log').values(logs).compile() },
    { query: db.insertInto('callback').values(callbacks).compile() },
    { query: db.insertInto('pinned_note').values(notes).compile() },
    {
      query: db
        .insertInto('customer_address')
        .values(addresses(sample, luck, now))
        .compile(),
    },
  ]
}

function contactOf(index: number, sample: Sample, luck: Chance, now: number): Insertable<ContactLogTable> {
  const [body, topic, result] = luck.pick(TEXTS)
  const at = now - index * 9 * HOUR - luck.below(4 * HOUR)
  const isOpen = result === 2 && index < 12
  return {
    id: newId(),
    customer_id: luck.pickSkewed(sample.customers).id,
    kind: 'contact',
    at,
    channel: luck.pickSkewed(['phone', 'mail', 'fax', 'postcard'] as const),
    direction: 'in',
    topic_id: master(1, topic),
    result_id: master(2, result),
    status: isOpen ? 'open' : 'done',
    body,
    due_on: null,
    operator_id: sample.adminId,
    escalation: null,
    escalation_reason: null,
    escalated_at: null,
    escalated_by: null,
    escalation_answer: null,
    answered_at: null,
    answered_by: null,
    updated_at: at,
    version: 1,
  }
}

function addresses({ customers }: Sample, luck: Chance, now: number) {
  return Array.from({ length: 24 }, (_, index) => {
    const owner = customers[index * 11] ?? luck.pick(customers)
    return {
      id: newId(),
      customer_id: owner.id,
      label: luck.pick(['実家', '勤務先', '娘の家']),
      name: owner.name,
      phone: owner.phone,
      postal_code: '5300001',
      prefecture: '大阪府',
      city: '大阪市北区',
      address: `梅田${1 + luck.below(3)}-${1 + luck.below(20)}-${1 + luck.below(20)}`,
      building: null,
      created_at: now - 30 * DAY,
      updated_at: now - 30 * DAY,
      removed_at: null,
      version: 1,
    }
  })
}

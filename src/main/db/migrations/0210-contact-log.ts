import { createTables, type Schema } from './schema'

/**
 * What was said with a customer and what is still to be said: 対応履歴 with its masters, 折り返し予約, notes pinned for the
 * next call, 本人確認, and how a consent to mail or DM came about.
 */
export async function up(db: Schema): Promise<void> {
  await createTables(
    db,
    `
    create table contact_master (
      id text not null primary key,
      kind text not null check (kind in ('topic', 'result', 'template')),
      label text not null,
      body text not null,
      position bigint not null,
      active bigint not null,
      updated_at bigint not null,
      updated_by text references staff_user (id),
      version bigint not null
    );
    create index contact_master_kind on contact_master (kind, position, id);
    create table contact_log (
      id text not null primary key,
      customer_id text not null references customer (id),
      kind text not null check (kind in ('contact', 'identity-check')),
      at bigint not null,
      channel text not null check (channel in ('phone', 'mail', 'postcard', 'fax', 'other')),
      direction text not null check (direction in ('in', 'out')),
      topic_id text references contact_master (id),
      result_id text references contact_master (id),
      status text not null check (status in ('open', 'done')),
      body text not null,
      due_on text,
      operator_id text not null references staff_user (id),
      escalation text check (escalation in ('open', 'answered', 'closed')),
      escalation_reason text,
      escalated_at bigint,
      escalated_by text references staff_user (id),
      escalation_answer text,
      answered_at bigint,
      answered_by text references staff_user (id),
      updated_at bigint not null,
      version bigint not null
    );
    create index contact_log_customer on contact_log (customer_id, at, id);
    create index contact_log_newest on contact_log (at, id);
    create index contact_log_open on contact_log (at, id) where status = 'open';
    create index contact_log_escalated on contact_log (escalation, at, id) where escalation is not null;
    create table contact_log_order (
      log_id text not null references contact_log (id),
      order_id text not null references sales_order (id),
      primary key (log_id, order_id)
    );
    create table callback (
      id text not null primary key,
      customer_id text not null references customer (id),
      due_at bigint not null,
      assignee_id text references staff_user (id),
      phone text not null,
      reason text not null,
      status text not null check (status in ('open', 'done', 'cancelled')),
      remind_at bigint not null,
      created_at bigint not null,
      created_by text not null references staff_user (id),
      ended_at bigint,
      ended_by text references staff_user (id),
      version bigint not null
    );
    create index callback_open on callback (remind_at, id) where status = 'open';
    create index callback_customer on callback (customer_id, due_at, id);
    create table pinned_note (
      id text not null primary key,
      customer_id text not null references customer (id),
      body text not null,
      created_at bigint not null,
      created_by text not null references staff_user (id),
      done_at bigint,
      done_by text references staff_user (id)
    );
    create index pinned_note_customer on pinned_note (customer_id, created_at) where done_at is null;
    create table identity_check (
      id text not null primary key,
      customer_id text not null references customer (id),
      at bigint not null,
      operator_id text not null references staff_user (id),
      seat text not null,
      asked text not null,
      outcome text not null check (outcome in ('verified', 'failed')),
      valid_until bigint not null,
      ended_at bigint
    );
    create index identity_check_customer on identity_check (customer_id, at);
    create table consent_event (
      id text not null primary key,
      customer_id text not null references customer (id),
      at bigint not null,
      channel text not null check (channel in ('mail', 'dm')),
      consent text not null check (consent in ('unknown', 'yes', 'no')),
      how text not null,
      operator_id text not null references staff_user (id)
    );
    create index consent_event_customer on consent_event (customer_id, at);
    create index checkout_customer on checkout (customer_id) where customer_id is not null`,
  )
  await db.insertInto('contact_master').values(firstMasters()).execute()
}

const TOPICS = [
  '商品について',
  '注文の確認',
  '注文の変更・取消',
  '配送・お届け',
  '支払い・返金',
  '定期購入',
  'ご意見・苦情',
  'その他',
]
const RESULTS = [
  '案内して完了',
  '手配した',
  '折り返しを約束',
  '担当部署へ引き継ぎ',
  '不在・つながらず',
  'その他',
]
const TEMPLATES: readonly (readonly [string, string])[] = [
  ['不在', 'お電話しましたが、ご不在でした。あらためておかけします。'],
  ['お届け日の案内', 'お届け予定日とお届け時間をご案内し、ご了承いただきました。'],
  ['返品の受付', '返品のご希望を承りました。商品の状態と返送方法を確認し、ご案内しました。'],
]

/** What a shop begins with. The ids are fixed: a database is the same wherever it is made. */
function firstMasters() {
  const row =
    (group: number, kind: string) => (entry: string | readonly [string, string], index: number) => ({
      id: `0c0de000-0000-4000-8000-0000000${group}${String(index).padStart(4, '0')}`,
      kind,
      label: typeof entry === 'string' ? entry : entry[0],
      body: typeof entry === 'string' ? '' : entry[1],
      position: index,
      active: 1,
      updated_at: 0,
      updated_by: null,
      version: 1,
    })
  return [
    ...TOPICS.map(row(1, 'topic')),
    ...RESULTS.map(row(2, 'result')),
    ...TEMPLATES.map(row(3, 'template')),
  ]
}

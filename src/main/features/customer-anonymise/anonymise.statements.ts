import { sql } from 'kysely'
import type { DeskDatabase, Statement } from '../../db/open-database'
import { inIds } from './anonymise.repository'

/** What stands where personal text stood. */
export const GONE = '匿名化済み'

interface Going {
  readonly ids: readonly string[]
  readonly phones: readonly string[]
  readonly now: number
  readonly by: string
  /** An empty form, sealed: nothing of the caller stays in a draft. */
  readonly emptyForm: string
  readonly formVersion: number
}

/** What the customers themselves said and gave: emptied, replaced or deleted. */
export function emptiedRecords(database: DeskDatabase, going: Going): Statement[] {
  const { db } = database
  const { ids, now, by } = going
  const of = inIds(ids)
  const search = database.kind === 'sqlite' ? sql.ref('rowid') : sql.ref('customer_number')
  const queries = [
    sql`delete from customer_search where ${search} in (select number from customer where id in (${of}))`,
    sql`delete from customer_other_phone where customer_id in (${of})`,
    sql`delete from customer_tag where customer_id in (${of})`,
    sql`delete from serving_lease where customer_id in (${of})`,
    sql`delete from customer_distinct where one_id in (${of}) or other_id in (${of})`,
    sql`update customer_address set label = '', name = ${GONE}, phone = '', postal_code = '', prefecture = '',
      city = '', address = '', building = null, removed_at = coalesce(removed_at, cast(${now} as bigint)),
      updated_at = ${now}, version = version + 1 where customer_id in (${of})`,
    sql`update card set on_file = 0, removed_at = coalesce(removed_at, cast(${now} as bigint)), version = version + 1
      where customer_id in (${of})`,
    sql`update contact_log set body = ${GONE}, status = 'done', due_on = null,
      escalation = case when escalation is null then null else 'closed' end,
      escalation_reason = case when escalation_reason is null then null else ${GONE} end,
      escalation_answer = case when escalation_answer is null then null else ${GONE} end,
      updated_at = ${now}, version = version + 1 where customer_id in (${of})`,
    sql`update callback set phone = '', reason = ${GONE},
      ended_at = case when status = 'open' then cast(${now} as bigint) else ended_at end,
      ended_by = case when status = 'open' then ${by} else ended_by end,
      status = case when status = 'open' then 'cancelled' else status end,
      version = version + 1 where customer_id in (${of})`,
    sql`update pinned_note set body = ${GONE}, done_at = coalesce(done_at, cast(${now} as bigint)),
      done_by = coalesce(done_by, ${by}) where customer_id in (${of})`,
    sql`update consent_event set how = '' where customer_id in (${of})`,
    sql`update customer_mail set recipient = null, subject = case when subject is null then null else ${GONE} end,
      body = case when body is null then null else ${GONE} end,
      state = case when state in ('waiting', 'failed', 'unknown', 'phone') then 'cancelled' else state end,
      next_try_at = null, updated_at = ${now}, version = version + 1 where customer_id in (${of})`,
    // What the contract promised stays with its orders; it has ended, or anonymising would be refused.
    sql`update subscription set ship_name = ${GONE}, ship_phone = '', ship_postal_code = '', ship_prefecture = '',
      ship_city = '', ship_address = '', ship_building = null, gift = '{}', note = null, cancel_note = null,
      read_sentences = '[]', version = version + 1 where customer_id in (${of})`,
    sql`delete from blacklist_key where customer_id in (${of})`,
    sql`update customer_standing_event set reason = '' where customer_id in (${of})`,
    sql`update customer_import_change set before = '{}', after = '{}', applied_version = null
      where customer_id in (${of})`,
  ]
  return queries.map((query) => ({ query: query.compile(db) }))
}

/** Drafts, calls, and what merges have kept to be taken back. */
export function emptiedTraces({ db }: DeskDatabase, going: Going): Statement[] {
  const { ids, phones, now } = going
  const of = inIds(ids)
  const queries = [
    sql`delete from open_tab where checkout_id in (
      select id from checkout where customer_id in (${of}) and status = 'editing')`,
    sql`update checkout set form = ${going.emptyForm}, form_version = ${going.formVersion}, updated_at = ${now},
      status = case when status = 'editing' then 'discarded' else status end, version = version + 1
      where customer_id in (${of})`,
    sql`delete from customer_merge_move where merge_id in (
      select id from customer_merge where kept_id in (${of}) or merged_id in (${of}))`,
    sql`update customer_merge set kept_before = '{}', kept_after = '{}', merged_before = '{}',
      state = case when state = 'done' then 'ended' else state end
      where kept_id in (${of}) or merged_id in (${of})`,
    ...(phones.length === 0
      ? []
      : [sql`update phone_call set phone = '', kind = 'none' where phone in (${inIds(phones)})`]),
  ]
  return queries.map((query) => ({ query: query.compile(db) }))
}

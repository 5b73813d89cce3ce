import { createRouterClient } from '@orpc/server'
import { sql } from 'kysely'
import { MergeField, type MergeChoice } from '../../src/contract/customer-merge'
import type { DeskEvent } from '../../src/contract/system'
import type { DeskDatabase } from '../../src/main/db/open-database'
import { customerAnonymiseRouter } from '../../src/main/features/customer-anonymise/customer-anonymise.router'
import { customerMergeRouter } from '../../src/main/features/customer-merge/customer-merge.router'
import { customersRouter } from '../../src/main/features/customers/customers.router'
import type { Clock } from '../../src/main/platform/clock'
import { Emitter } from '../../src/main/platform/emitter'
import { newId } from '../../src/main/platform/ids'
import { sessionAs, type SampleAdmin } from './seeded'
import { contractRow, insertContracts } from './subscription-rows'

/** The procedures of 名寄せ as a seat of this shop calls them. */
export function mergeDesk(database: DeskDatabase, admin: SampleAdmin, clock: Clock) {
  const context = {
    seat: { name: '受付1番', session: sessionAs(admin, 'admin'), lastTouchedAt: clock.now() },
  }
  const deps = { database, clock, events: new Emitter<DeskEvent>() }
  const box = { seal: (plain: string) => `sealed:${plain.length}` }
  return {
    merging: createRouterClient(
      customerMergeRouter(() => deps),
      { context },
    ),
    anonymising: createRouterClient(
      customerAnonymiseRouter(() => ({ ...deps, box })),
      { context },
    ),
    customers: createRouterClient(
      customersRouter(async () => ({ ...deps, serviceId: null, saveFile: async () => ({ saved: false }) })),
      { context },
    ),
  }
}
export type MergeDesk = ReturnType<typeof mergeDesk>

/** Merges with the choices that the desk proposes, or one choice for all fields. */
export async function mergeAs(
  { merging }: MergeDesk,
  keptId: string,
  mergedId: string,
  choice: MergeChoice | null = null,
) {
  const seen = await merging.preview({ keptId, mergedId })
  const choices = { ...seen.choices }
  for (const field of MergeField.options) if (choice !== null) choices[field] = choice
  return merging.merge({
    keptId,
    mergedId,
    keptVersion: seen.kept.version,
    mergedVersion: seen.merged.version,
    choices,
  })
}

/** Where a merge is written down, and the index of fragments: they differ after a merge that was taken back. */
const NOT_COMPARED = /^(customer_merge|customer_merge_move|audit_event|customer_search.*|kysely_.*)$/

/** All rows of all tables but those, without versions, as sorted lines. */
export async function dump(database: DeskDatabase): Promise<string[]> {
  const tables = await database.db.introspection.getTables({ withInternalKyselyTables: false })
  const lines: string[] = []
  for (const { name } of tables) {
    if (NOT_COMPARED.test(name)) continue
    const { rows } = await sql<Record<string, unknown>>`select * from ${sql.table(name)}`.execute(database.db)
    for (const { version: _version, ...row } of rows) lines.push(`${name} ${JSON.stringify(row)}`)
  }
  return lines.toSorted()
}

/** Gives a customer one of everything that belongs to customers. */
export async function giveThings(
  database: DeskDatabase,
  owner: { customerId: string; userId: string; tag: string; phone: string; at: number },
): Promise<void> {
  const { db } = database
  const { customerId, userId, at } = owner
  const base = { id: newId(), customer_id: customerId, version: 1 }
  await db
    .insertInto('customer_other_phone')
    .values({
      customer_id: customerId,
      position: 7,
      digits: owner.phone,
      last4: owner.phone.slice(-4),
      typed: owner.phone,
      label: '勤務先',
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  await db
    .insertInto('customer_tag')
    .values({ customer_id: customerId, tag: owner.tag })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  await db
    .insertInto('customer_address')
    .values({
      ...base,
      label: '実家',
      name: '佐藤 一郎',
      phone: owner.phone,
      postal_code: '5300001',
      prefecture: '大阪府',
      city: '大阪市北区',
      address: '梅田1-1',
      building: null,
      created_at: at,
      updated_at: at,
      removed_at: null,
    })
    .execute()
  await db
    .insertInto('pinned_note')
    .values({
      id: newId(),
      customer_id: customerId,
      body: '折り返し',
      created_at: at,
      created_by: userId,
      done_at: null,
      done_by: null,
    })
    .execute()
  await db
    .insertInto('callback')
    .values({
      ...base,
      id: newId(),
      due_at: at,
      assignee_id: null,
      phone: owner.phone,
      reason: '在庫の返事',
      status: 'open',
      remind_at: at,
      created_at: at,
      created_by: userId,
      ended_at: null,
      ended_by: null,
    })
    .execute()
  await giveMore(database, owner)
  await giveContract(database, owner)
}

/** A 定期 that has ended, with a mail about it that no server could deliver. */
async function giveContract(
  database: DeskDatabase,
  owner: { customerId: string; userId: string; tag: string; phone: string; at: number },
): Promise<void> {
  const { db } = database
  const { customerId, userId, at, tag, phone } = owner
  const shop = await db.selectFrom('shop').select('id').executeTakeFirstOrThrow()
  const { number } = await db
    .selectFrom('subscription')
    .select((eb) => eb.fn.countAll<number>().as('number'))
    .executeTakeFirstOrThrow()
  const row = contractRow(
    { customerId, operatorId: userId, shopId: shop.id, products: [] },
    {
      number: 910_001 + Number(number),
      rule: JSON.stringify({ kind: 'days', every: 30 }),
      anchor: '2026-11-01',
      status: 'cancelled',
      ship_name: tag,
      ship_phone: phone,
      note: tag,
      read_sentences: JSON.stringify([`お届け先は${tag}です。`]),
      gift: JSON.stringify({ noshi: null, wrapping: false, bag: false, message: tag }),
      cancelled_at: at,
      cancel_note: tag,
      created_at: at,
      updated_at: at,
    },
  )
  await insertContracts(database, [row])
  await db
    .insertInto('customer_mail')
    .values({
      id: newId(),
      event_key: `given ${row.id}`,
      kind: 'card-trouble',
      customer_id: customerId,
      subscription_id: row.id,
      cycle_id: null,
      turn: 1,
      recipient: `${phone}@example.jp`,
      subject: `${tag}様へ`,
      body: `${tag}様のカードについて`,
      state: 'phone',
      cause: 'bad-address',
      smtp_code: null,
      tries: 1,
      next_try_at: null,
      claimed_at: null,
      created_at: at,
      sent_at: null,
      updated_at: at,
      updated_by: null,
      version: 1,
    })
    .execute()
}

async function giveMore(
  { db }: DeskDatabase,
  { customerId, userId, at }: { customerId: string; userId: string; at: number },
): Promise<void> {
  await db
    .insertInto('identity_check')
    .values({
      id: newId(),
      customer_id: customerId,
      at,
      operator_id: userId,
      seat: '受付1番',
      asked: '[]',
      outcome: 'verified',
      valid_until: at,
      ended_at: null,
    })
    .execute()
  await db
    .insertInto('consent_event')
    .values({
      id: newId(),
      customer_id: customerId,
      at,
      channel: 'dm',
      consent: 'no',
      how: '電話で本人から',
      operator_id: userId,
    })
    .execute()
  await db
    .insertInto('card')
    .values({
      id: newId(),
      customer_id: customerId,
      checkout_id: null,
      service: 'simulator',
      token: newId(),
      brand: 'VISA',
      masked: '411111******1111',
      last3: '111',
      expiry_yymm: '3012',
      on_file: 1,
      keypad_serial: null,
      created_at: at,
      removed_at: null,
      version: 1,
    })
    .execute()
  await addDraft({ db }, { customerId, userId, at })
}

/** A draft of this customer. */
export async function addDraft(
  { db }: Pick<DeskDatabase, 'db'>,
  draft: { customerId: string; userId: string; at: number; status?: 'editing' | 'authorizing' | 'read-back' },
): Promise<string> {
  const id = newId()
  await db
    .insertInto('checkout')
    .values({
      id,
      kind: 'order',
      status: draft.status ?? 'editing',
      form: 'sealed',
      form_version: 2,
      order_number: null,
      operator_id: draft.userId,
      seat: '受付1番',
      customer_id: draft.customerId,
      amount: null,
      authorized_at: null,
      created_at: draft.at,
      updated_at: draft.at,
      version: 1,
    })
    .execute()
  return id
}

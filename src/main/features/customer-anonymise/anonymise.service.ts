import type { AnonymisePreview } from '../../../contract/customer-anonymise'
import { EMPTY_FORM } from '../../checkout/deps'
import { FORM_VERSION } from '../../checkout/stored-form'
import { auditedBatch } from '../../db/audit'
import { ExpectationFailed } from '../../db/errors'
import type { DeskDatabase, Statement } from '../../db/open-database'
import { visibleCustomer } from '../../db/visible-customers'
import { addYears, businessDate } from '../../domain/calendar/tokyo'
import type { Clock } from '../../platform/clock'
import { Refusal } from '../../platform/refusal'
import type { SecretBox } from '../../platform/secrets'
import type { DeskEvent } from '../../../contract/system'
import type { Emitter } from '../../platform/emitter'
import {
  blocksOf,
  countCalls,
  countPersonal,
  nothingBlocks,
  openMerges,
  ordersOf,
  ownPhones,
  withMerged,
} from './anonymise.repository'
import { emptiedRecords, emptiedTraces, GONE } from './anonymise.statements'

export interface AnonymiseDeps {
  readonly database: DeskDatabase
  readonly clock: Clock
  readonly events: Emitter<DeskEvent>
  readonly box: Pick<SecretBox, 'seal'>
}

/** Records of sales are kept so long (商法・法人税法: seven years from the end of the business year). */
const KEPT_YEARS = 7

async function need({ database: { db } }: AnonymiseDeps, id: string) {
  const row = await db
    .selectFrom('customer')
    .select(['id', 'version'])
    .where('id', '=', id)
    .where(visibleCustomer())
    .executeTakeFirst()
  if (!row) throw new Refusal('NOT_FOUND')
  return row
}

/** What would go, what would stay, and what stands in the way. */
export async function previewAnonymise(deps: AnonymiseDeps, customerId: string): Promise<AnonymisePreview> {
  const { db } = deps.database
  const row = await need(deps, customerId)
  const ids = await withMerged(db, customerId)
  const phones = await ownPhones(db, ids)
  const [goes, calls, orders, blocks, endsUndo] = await Promise.all([
    countPersonal(db, ids),
    countCalls(db, phones),
    ordersOf(db, ids),
    blocksOf(db, ids),
    openMerges(db, ids, deps.clock.now()),
  ])
  return {
    version: row.version,
    goes,
    calls,
    ordersKept: orders.count,
    keptUntil: orders.last === null ? null : addYears(businessDate(orders.last), KEPT_YEARS),
    blocks,
    endsUndo,
  }
}

interface Wish {
  readonly customerId: string
  readonly version: number
  readonly reason: string
}

/**
 * Takes everything personal of a customer away for good, and of everybody who was merged into them. Orders keep what was
 * said in them, as the law wants it; merges can no longer be taken back.
 */
export async function anonymise(
  deps: AnonymiseDeps,
  wish: Wish,
  doer: { userId: string; seat: string },
): Promise<{ customerId: string }> {
  const { database, clock } = deps
  const { db } = database
  const row = await need(deps, wish.customerId)
  if (row.version !== wish.version) throw new Refusal('STALE', { version: row.version })
  const ids = await withMerged(db, row.id)
  const now = clock.now()
  const going = {
    ids,
    now,
    phones: await ownPhones(db, ids),
    by: doer.userId,
    emptyForm: deps.box.seal(JSON.stringify(EMPTY_FORM)),
    formVersion: FORM_VERSION,
  }
  const statements: Statement[] = [
    ...emptiedCustomers(deps, { ...going, id: row.id, version: row.version }),
    ...emptiedRecords(database, going),
    ...emptiedTraces(database, going),
  ]
  const action = {
    at: now,
    seat: doer.seat,
    actorId: doer.userId,
    action: 'customer.anonymise',
    objectType: 'customer',
    objectId: row.id,
    detail: { reason: wish.reason.trim(), customers: ids },
  }
  try {
    await auditedBatch(database, action, statements)
  } catch (error) {
    if (!(error instanceof ExpectationFailed)) throw error
    const blocks = await blocksOf(db, ids)
    if (blocks.length > 0) throw new Refusal('NOT_YET', { blocks })
    throw new Refusal('STALE', { version: (await need(deps, row.id)).version })
  }
  for (const customerId of ids) deps.events.emit({ type: 'contacts-changed', customerId })
  return { customerId: row.id }
}

/** First of the batch: over the version that was seen, and only while nothing is open. */
function emptiedCustomers(
  { database: { db } }: AnonymiseDeps,
  change: { ids: readonly string[]; id: string; version: number; now: number },
): Statement[] {
  const { ids, id, version, now } = change
  const empty = {
    family_name: GONE,
    given_name: '',
    family_kana: '',
    given_kana: '',
    email: null,
    phone: '',
    phone_last4: '',
    postal_code: '',
    prefecture: '',
    city: '',
    address: '',
    building: null,
    note: null,
    company: null,
    sex: null,
    birthday: null,
    job_code: null,
    mail_consent: 'no' as const,
    dm_consent: 'no' as const,
    blacklist: 'none' as const,
    blacklist_reason: null,
    status: 'anonymised' as const,
    updated_at: now,
  }
  const self = db
    .updateTable('customer')
    .set({ ...empty, version: version + 1 })
    .where('id', '=', id)
    .where('version', '=', version)
    .where('status', '=', 'active')
    .where(nothingBlocks(ids))
  const merged = db
    .updateTable('customer')
    .set((eb) => ({ ...empty, version: eb('version', '+', 1) }))
    .where('id', 'in', [...ids])
    .where('id', '!=', id)
  return [{ query: self.compile(), expect: { changes: 1 } }, { query: merged.compile() }]
}

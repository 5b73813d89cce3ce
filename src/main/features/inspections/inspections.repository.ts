import { sql, type Expression, type ExpressionBuilder, type Kysely, type SqlBool } from 'kysely'
import { z } from 'zod'
import type { InspectionFilter } from '../../../contract/keypad-inspections'
import type { Database } from '../../db/database.types'
import { COUNT_LIMIT, decodeCursor, pageOf, shownCount } from '../../db/page'
import { dueDaysOf, sinceRange } from '../../domain/inspections/due'

/** When a keypad was known to be clean last: its registration, or a clean inspection after it. */
const SINCE = sql<number>`case
  when passed.at is not null and passed.at > coalesce(keypad.registered_at, keypad.first_seen_at) then passed.at
  else coalesce(keypad.registered_at, keypad.first_seen_at) end`

/** Keypads with their shop, their last clean inspection and their last one at all. */
export function keypadsWithInspections(db: Kysely<Database>, scope: string | null) {
  return db
    .selectFrom('keypad')
    .leftJoin('shop', 'shop.id', 'keypad.shop_id')
    .leftJoin(
      (eb) =>
        eb
          .selectFrom('keypad_inspection')
          .select((one) => ['keypad_id', one.fn.max('signed_at').as('at')])
          .where('result', '=', 'pass')
          .groupBy('keypad_id')
          .as('passed'),
      (join) => join.onRef('passed.keypad_id', '=', 'keypad.id'),
    )
    .leftJoin(
      // Ids are ordered by time (UUID version 7).
      (eb) =>
        eb
          .selectFrom('keypad_inspection')
          .select((one) => ['keypad_id', one.fn.max('id').as('id')])
          .groupBy('keypad_id')
          .as('newest'),
      (join) => join.onRef('newest.keypad_id', '=', 'keypad.id'),
    )
    .leftJoin('keypad_inspection as last', 'last.id', 'newest.id')
    .select([
      'keypad.id',
      'keypad.serial',
      'keypad.model',
      'keypad.seat',
      'keypad.state',
      'keypad.stop_reason',
      'keypad.version',
      'keypad.registered_at',
      'shop.id as shop_id',
      'shop.name as shop_name',
      'last.signed_at as last_at',
      'last.signer_name as last_by',
      'last.result as last_result',
    ])
    .select(SINCE.as('since'))
    .$if(scope !== null, (some) => some.where('keypad.shop_id', '=', scope))
}

export type DueRow = Awaited<ReturnType<ReturnType<typeof keypadsWithInspections>['execute']>>[number]

type Rows = { due: DueRow }
const DueCursor = z.tuple([z.number(), z.uuid()])

/** The statuses as conditions on the rows. */
function statusIs(
  eb: ExpressionBuilder<Rows, 'due'>,
  status: InspectionFilter['status'],
  at: { today: string; intervalDays: number },
): Expression<SqlBool> {
  return eb.or(
    status.map((one) => {
      if (one === 'failed') return eb('last_result', '=', 'fail')
      const { from, before } = sinceRange(dueDaysOf(one, at.today), at.intervalDays)
      return eb.and([
        eb.or([eb('last_result', 'is', null), eb('last_result', '=', 'pass')]),
        ...(from === null ? [] : [eb('since', '>=', from)]),
        ...(before === null ? [] : [eb('since', '<', before)]),
      ])
    }),
  )
}

interface ListOptions {
  readonly scope: string | null
  readonly filter: InspectionFilter
  readonly today: string
  readonly intervalDays: number
}

function dueRows(db: Kysely<Database>, { scope, filter, today, intervalDays }: ListOptions) {
  const { from, before } = sinceRange({ from: filter.dueFrom, to: filter.dueTo }, intervalDays)
  const text = filter.text.trim().toLowerCase()
  const like = `%${text.replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`
  return db
    .selectFrom(keypadsWithInspections(db, scope).where('keypad.state', '=', 'registered').as('due'))
    .$if(filter.shopId.length > 0, (some) => some.where('shop_id', 'in', filter.shopId))
    .$if(filter.status.length > 0, (some) =>
      some.where((eb) => statusIs(eb, filter.status, { today, intervalDays })),
    )
    .$if(from !== null, (some) => some.where('since', '>=', from ?? 0))
    .$if(before !== null, (some) => some.where('since', '<', before ?? 0))
    .$if(text !== '', (some) =>
      some.where(
        sql<SqlBool>`lower(coalesce(serial, '') || ' ' || coalesce(model, '') || ' ' || coalesce(seat, '') || ' ' || coalesce(shop_name, '')) like ${like} escape '\\'`,
      ),
    )
}

/** A page of registered keypads; who has waited longest comes first. */
export async function listDue(
  db: Kysely<Database>,
  list: ListOptions & { cursor: string | null; limit: number },
) {
  const after = decodeCursor(list.cursor, DueCursor)
  const base = dueRows(db, list)
  const rows = await base
    .selectAll('due')
    .$if(after !== null, (some) =>
      some.where((eb) => eb(eb.refTuple('since', 'id'), '>', eb.tuple(after?.[0] ?? 0, after?.[1] ?? ''))),
    )
    .orderBy('since')
    .orderBy('id')
    .limit(list.limit + 1)
    .execute()
  const counted = await db
    .selectFrom(
      base
        .select('id')
        .limit(COUNT_LIMIT + 1)
        .as('found'),
    )
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
  const page = pageOf(
    rows,
    list.limit,
    (row) => row,
    (row) => [Number(row.since), row.id],
  )
  return { ...page, count: shownCount(Number(counted.count)) }
}

/** Since when the keypads that fall due on these days wait, with what their last inspection said. */
export const dueBetween = (db: Kysely<Database>, list: ListOptions) =>
  dueRows(db, list).select(['since', 'last_result']).limit(10_000).execute()

/** The results of inspections signed in a time (epoch ms, end left out). */
export const doneBetween = (
  db: Kysely<Database>,
  scope: string | null,
  time: { from: number; before: number },
) =>
  db
    .selectFrom('keypad_inspection')
    .innerJoin('keypad', 'keypad.id', 'keypad_inspection.keypad_id')
    .select(['signed_at', 'result'])
    .where('signed_at', '>=', time.from)
    .where('signed_at', '<', time.before)
    .$if(scope !== null, (some) => some.where('keypad.shop_id', '=', scope))
    .limit(10_000)
    .execute()

export const oneKeypad = (db: Kysely<Database>, scope: string | null, id: string) =>
  keypadsWithInspections(db, scope).where('keypad.id', '=', id).executeTakeFirst()

/** Shops that have registered keypads. */
export const shopsWithKeypads = (db: Kysely<Database>, scope: string | null) =>
  db
    .selectFrom('shop')
    .select(['id', 'name'])
    .where('id', 'in', (eb) =>
      eb
        .selectFrom('keypad')
        .select('shop_id')
        .where('state', '=', 'registered')
        .where('shop_id', 'is not', null)
        .$asScalar(),
    )
    .$if(scope !== null, (some) => some.where('id', '=', scope))
    .orderBy('code')
    .limit(50)
    .execute()

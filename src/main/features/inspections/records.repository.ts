import type { Insertable, Kysely, Selectable } from 'kysely'
import { z } from 'zod'
import type { InspectionAnswer } from '../../../contract/keypad-inspections'
import type { PhotoType } from '../../../contract/photo'
import type { Database } from '../../db/database.types'
import type { KeypadInspectionTable } from '../../db/inspection-tables.types'
import { COUNT_LIMIT, decodeCursor, pageOf, shownCount } from '../../db/page'

export type InspectionRecord = Selectable<KeypadInspectionTable>
const NewestFirst = z.tuple([z.number(), z.uuid()])

/** Keeps an inspection whole: itself, its answers and its photo, or nothing. */
export async function insertInspection(
  db: Kysely<Database>,
  inspection: Insertable<KeypadInspectionTable>,
  answers: readonly InspectionAnswer[],
  photo: { type: PhotoType; sizeBytes: number; data: string } | null,
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    await trx.insertInto('keypad_inspection').values(inspection).execute()
    await trx
      .insertInto('keypad_inspection_answer')
      .values(answers.map((answer) => ({ inspection_id: inspection.id, ...answer })))
      .execute()
    if (photo === null) return
    const { type, sizeBytes, data } = photo
    await trx
      .insertInto('keypad_inspection_photo')
      .values({ inspection_id: inspection.id, type, size_bytes: sizeBytes, data })
      .execute()
  })
}

/** The answers of some inspections by their ids. */
export async function answersOf(
  db: Kysely<Database>,
  ids: readonly string[],
): Promise<Map<string, InspectionAnswer[]>> {
  const found = new Map<string, InspectionAnswer[]>()
  if (ids.length === 0) return found
  const rows = await db
    .selectFrom('keypad_inspection_answer')
    .selectAll()
    .where('inspection_id', 'in', [...ids])
    .execute()
  for (const { inspection_id, item, answer, note } of rows) {
    const known = found.get(inspection_id) ?? []
    known.push({ item, answer, note })
    found.set(inspection_id, known)
  }
  return found
}

/** Inspections of one keypad, newest first. */
export async function historyOf(
  db: Kysely<Database>,
  list: { keypadId: string; cursor: string | null; limit: number },
) {
  const after = decodeCursor(list.cursor, NewestFirst)
  const base = db.selectFrom('keypad_inspection').where('keypad_id', '=', list.keypadId)
  const rows = await base
    .selectAll()
    .$if(after !== null, (some) =>
      some.where((eb) =>
        eb(eb.refTuple('signed_at', 'id'), '<', eb.tuple(after?.[0] ?? 0, after?.[1] ?? '')),
      ),
    )
    .orderBy('signed_at', 'desc')
    .orderBy('id', 'desc')
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
    (row) => [row.signed_at, row.id],
  )
  return { ...page, count: shownCount(Number(counted.count)) }
}

/** One inspection with the shop that its keypad belongs to now. */
export const inspectionById = (db: Kysely<Database>, scope: string | null, id: string) =>
  db
    .selectFrom('keypad_inspection')
    .innerJoin('keypad', 'keypad.id', 'keypad_inspection.keypad_id')
    .selectAll('keypad_inspection')
    .where('keypad_inspection.id', '=', id)
    .$if(scope !== null, (some) => some.where('keypad.shop_id', '=', scope))
    .executeTakeFirst()

export const photoOf = (db: Kysely<Database>, inspectionId: string) =>
  db
    .selectFrom('keypad_inspection_photo')
    .select(['type', 'data'])
    .where('inspection_id', '=', inspectionId)
    .executeTakeFirst()

/** The next inspections after a place, oldest first, for an export that reads on and on. */
export const nextRecords = (
  db: Kysely<Database>,
  options: {
    scope: string | null
    keypadId: string | null
    from: number
    before: number
    after: { at: number; id: string } | null
    limit: number
  },
): Promise<InspectionRecord[]> =>
  db
    .selectFrom('keypad_inspection')
    .innerJoin('keypad', 'keypad.id', 'keypad_inspection.keypad_id')
    .selectAll('keypad_inspection')
    .where('signed_at', '>=', options.from)
    .where('signed_at', '<', options.before)
    .$if(options.scope !== null, (some) => some.where('keypad.shop_id', '=', options.scope))
    .$if(options.keypadId !== null, (some) => some.where('keypad_id', '=', options.keypadId ?? ''))
    .$if(options.after !== null, (some) =>
      some.where((eb) =>
        eb(
          eb.refTuple('signed_at', 'keypad_inspection.id'),
          '>',
          eb.tuple(options.after?.at ?? 0, options.after?.id ?? ''),
        ),
      ),
    )
    .orderBy('signed_at')
    .orderBy('keypad_inspection.id')
    .limit(options.limit)
    .execute()

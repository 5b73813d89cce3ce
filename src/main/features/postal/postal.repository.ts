import type { Kysely, Selectable } from 'kysely'
import type { Database } from '../../db/database.types'
import type { PostalDataTable } from '../../db/delivery-tables.types'

export type PostalDataRow = Selectable<PostalDataTable>

/** Characters of a piece: small enough for every driver's buffers. */
const PIECE_CHARS = 256 * 1024

/** The imported directory, used or put aside; there is at most one. */
export const importedData = (db: Kysely<Database>): Promise<PostalDataRow | undefined> =>
  db.selectFrom('postal_data').selectAll().orderBy('imported_at', 'desc').executeTakeFirst()

/** The packed bytes of an imported directory. */
export async function readPacked(db: Kysely<Database>, id: string): Promise<Buffer> {
  const parts = await db
    .selectFrom('postal_data_part')
    .select('data')
    .where('data_id', '=', id)
    .orderBy('position')
    .execute()
  return Buffer.from(parts.map(({ data }) => data).join(''), 'base64')
}

/** Puts an imported directory in the place of the one before, at once. */
export async function replaceData(db: Kysely<Database>, row: PostalDataRow, packed: Buffer): Promise<void> {
  const text = packed.toString('base64')
  await db.transaction().execute(async (trx) => {
    await trx.deleteFrom('postal_data_part').execute()
    await trx.deleteFrom('postal_data').execute()
    await trx.insertInto('postal_data').values(row).execute()
    for (let at = 0; at * PIECE_CHARS < text.length; at++) {
      const data = text.slice(at * PIECE_CHARS, (at + 1) * PIECE_CHARS)
      await trx.insertInto('postal_data_part').values({ data_id: row.id, position: at, data }).execute()
    }
  })
}

export async function setActive(db: Kysely<Database>, active: boolean): Promise<void> {
  await db
    .updateTable('postal_data')
    .set({ active: active ? 1 : 0 })
    .execute()
}

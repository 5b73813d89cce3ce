import type { Kysely } from 'kysely'
import type { Database } from '../../db/database.types'

interface Owner {
  readonly userId: string
  readonly list: string
}

export const searchesOf = (db: Kysely<Database>, { userId, list }: Owner) =>
  db
    .selectFrom('saved_search')
    .select(['id', 'name', 'query'])
    .where('user_id', '=', userId)
    .where('list', '=', list)
    .orderBy('name')
    .execute()

/** Writes over the one of the same name. */
export const keepSearch = (
  db: Kysely<Database>,
  owner: Owner,
  search: { id: string; name: string; query: string; now: number },
) =>
  db
    .insertInto('saved_search')
    .values({
      id: search.id,
      user_id: owner.userId,
      list: owner.list,
      name: search.name,
      query: search.query,
      created_at: search.now,
    })
    .onConflict((conflict) =>
      conflict.columns(['user_id', 'list', 'name']).doUpdateSet({ query: search.query }),
    )
    .execute()

export const dropSearch = (db: Kysely<Database>, owner: Owner, id: string) =>
  db
    .deleteFrom('saved_search')
    .where('id', '=', id)
    .where('user_id', '=', owner.userId)
    .where('list', '=', owner.list)
    .execute()

import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { ExpectationFailed } from './errors'
import type { DeskDatabase, Statement, StatementResult } from './open-database'

/** What was done, for 操作ログ: ids and codes, never personal data. */
export interface AuditedAction {
  readonly at: number
  readonly seat: string
  readonly actorId: string
  readonly action: string
  readonly objectType: string
  readonly objectId: string
  readonly detail: Readonly<Record<string, unknown>>
}

const TRIES = 8
/** PostgreSQL: one writer at a time holds this lock until its transaction ends. */
const LOCK = 70

/** The hash of a row over all it says and the hash of the row before it. */
export const auditHash = (prevHash: string, action: AuditedAction, detail: string): string =>
  createHash('sha256')
    .update(
      JSON.stringify([
        prevHash,
        action.at,
        action.seat,
        action.actorId,
        action.action,
        action.objectType,
        action.objectId,
        detail,
      ]),
    )
    .digest('hex')

function appended(database: DeskDatabase, action: AuditedAction, prevHash: string): Statement[] {
  const { db } = database
  const detail = JSON.stringify(action.detail)
  const hash = auditHash(prevHash, action, detail)
  const insert = sql`insert into audit_event
    (at, seat, actor_id, action, object_type, object_id, detail, prev_hash, hash)
    select cast(${action.at} as bigint), ${action.seat}, ${action.actorId}, ${action.action}, ${action.objectType},
      ${action.objectId}, ${detail}, ${prevHash}, ${hash}
    where coalesce((select hash from audit_event order by seq desc limit 1), '') = ${prevHash}`
  return [
    ...(database.kind === 'postgres'
      ? [{ query: sql`select pg_advisory_xact_lock(${sql.lit(LOCK)})`.compile(db) }]
      : []),
    { query: insert.compile(db), expect: { changes: 1 } },
  ]
}

/** A batch together with its row of 操作ログ: both are kept, or neither. */
export async function auditedBatch(
  database: DeskDatabase,
  action: AuditedAction,
  statements: readonly Statement[],
): Promise<readonly StatementResult[]> {
  for (let tries = 1; ; tries++) {
    const last = await database.db
      .selectFrom('audit_event')
      .select('hash')
      .orderBy('seq', 'desc')
      .limit(1)
      .executeTakeFirst()
    const log = appended(database, action, last?.hash ?? '')
    try {
      return await database.batch([...statements, ...log])
    } catch (error) {
      // Somebody else has added a row meanwhile: the next round chains to it.
      const isLate = error instanceof ExpectationFailed && error.index >= statements.length
      if (!isLate || tries >= TRIES) throw error
    }
  }
}

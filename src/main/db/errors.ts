/** A row with this key exists already. Both databases' own errors are mapped to it. */
export class UniqueViolation extends Error {
  override name = 'UniqueViolation'
}

/** A statement of a batch did not change the number of rows that it had to; nothing of the batch was kept. */
export class ExpectationFailed extends Error {
  override name = 'ExpectationFailed'
  /** Position in the batch, from 0. */
  readonly index: number

  constructor(index: number) {
    super(`statement ${index} of the batch did not change what it had to`)
    this.index = index
  }
}

const hasCode = (error: unknown): error is Error & { code: unknown } =>
  error instanceof Error && 'code' in error

/** The typed error for what a driver threw, or the error itself. PostgreSQL: SQLSTATE 23505. */
export function mapDatabaseError(error: unknown): unknown {
  if (!hasCode(error)) return error
  const unique = ['23505', 'SQLITE_CONSTRAINT_UNIQUE', 'SQLITE_CONSTRAINT_PRIMARYKEY']
  return unique.includes(String(error.code)) ? new UniqueViolation(error.message, { cause: error }) : error
}

/** True when a row could not go because another one speaks of it. PostgreSQL: SQLSTATE 23503. */
export const isForeignKeyViolation = (error: unknown): boolean =>
  hasCode(error) && ['23503', 'SQLITE_CONSTRAINT_FOREIGNKEY'].includes(String(error.code))

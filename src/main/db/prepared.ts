import type { Compilable, CompiledQuery, Insertable, Kysely, RawBuilder } from 'kysely'
import type { Database } from './database.types'

/** Stands in a query for a value that comes later. */
class Slot {
  readonly name: string
  constructor(name: string) {
    this.name = name
  }
}

type Build<Names extends string, R> = (db: Kysely<Database>, slot: (name: Names) => never) => Compilable<R>
export type SlotValues<Names extends string> = Readonly<Record<Names, unknown>>

/**
 * A query that Kysely compiles once for each database, with slots for the values of each run. For the few
 * statements that stand between a caller and an answer: compiling costs as much as running them.
 */
export function prepared<Names extends string, R = unknown>(
  build: Build<Names, R>,
): (db: Kysely<Database>, values: SlotValues<Names>) => CompiledQuery<R> {
  const compiled = new WeakMap<Kysely<Database>, CompiledQuery<R>>()
  return (db, values) => {
    let query = compiled.get(db)
    if (!query) {
      // A slot takes the place of any value; `never` is the type that fits every column.
      query = build(db, (name) => new Slot(name) as never).compile()
      compiled.set(db, query)
    }
    const known: Readonly<Record<string, unknown>> = values
    const parameters = query.parameters.map((value) => (value instanceof Slot ? known[value.name] : value))
    return { ...query, parameters }
  }
}

/** The value of one row's column, in an insert of several rows. */
class Cell {
  readonly row: number
  readonly column: string
  constructor(row: number, column: string) {
    this.row = row
    this.column = column
  }
}

/**
 * Inserts of rows that always have the same columns, compiled once for each number of rows. `fixed` columns are
 * expressions that the database works out.
 */
export function preparedInsert<
  T extends keyof Database & string,
  Fixed extends keyof Insertable<Database[T]> = never,
>(
  table: T,
  fixed: Readonly<Record<Fixed, RawBuilder<unknown>>> | null = null,
): (db: Kysely<Database>, rows: readonly Omit<Insertable<Database[T]>, Fixed>[]) => CompiledQuery {
  const compiled = new WeakMap<Kysely<Database>, Map<number, CompiledQuery>>()
  const compile = (db: Kysely<Database>, rows: readonly object[]): CompiledQuery => {
    const cells = rows.map((row, at) => ({
      ...Object.fromEntries(Object.keys(row).map((column) => [column, new Cell(at, column)])),
      ...fixed,
    }))
    return db
      .insertInto(table)
      .values(cells as never)
      .compile()
  }
  return (db, rows) => {
    const bySize = compiled.get(db) ?? new Map<number, CompiledQuery>()
    compiled.set(db, bySize)
    const query = bySize.get(rows.length) ?? compile(db, rows)
    bySize.set(rows.length, query)
    const known: readonly Readonly<Record<string, unknown>>[] = rows
    const parameters = query.parameters.map((value) =>
      value instanceof Cell ? known[value.row]?.[value.column] : value,
    )
    return { ...query, parameters }
  }
}

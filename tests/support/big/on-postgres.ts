import DatabaseFile from 'better-sqlite3'
import pg from 'pg'
import { z } from 'zod'
import { customerRuns, searchDocument } from '../../../src/main/db/customer-search'
import { openDatabase } from '../../../src/main/db/open-database'
import { manualClock } from '../../../src/main/platform/clock'
import { bigBase, NOW, schemaOf, type BigBase } from './generate'
import type { Person } from './people'

const CHUNK = 5000

/** Tables that a search reads, in the order in which they are filled. */
const TABLES = [
  'shop',
  'staff_user',
  'product',
  'customer',
  'customer_list',
  'customer_tag',
  'sales_order',
] as const

type Value = string | number | null
type Row = Readonly<Record<string, Value>>

/** The address of the same base on a PostgreSQL server: copied there from the SQLite file once, then kept. */
export async function bigBaseOnPostgres(
  server: string,
  size: BigBase,
  report: (line: string) => void = () => undefined,
): Promise<string> {
  const name = `uketsuke_big_${size.customers}_${size.orders}_${schemaOf()}`
  const place = (database: string) => {
    const url = new URL(server)
    url.pathname = `/${database}`
    return url.href
  }
  const admin = await connected(server)
  try {
    const known = await admin.query('select 1 from pg_database where datname = $1', [name])
    if (known.rowCount !== 0) return place(name)
    const older = await admin.query<{ datname: string }>(
      'select datname from pg_database where datname ~ $1 and datname < $2 order by datname desc limit 1',
      [`^uketsuke_big_${size.customers}_${size.orders}_[0-9]{4}$`, name],
    )
    const [last] = older.rows
    if (last) {
      await admin.query(`alter database ${last.datname} rename to ${name}`)
      const desk = await openDatabase({ kind: 'postgres', url: place(name) }, { clock: manualClock(NOW) })
      await desk.close()
      return place(name)
    }
    const making = `${name}_making`
    await admin.query(`drop database if exists ${making} with (force)`)
    await admin.query(`create database ${making} template template0 encoding 'UTF8' locale 'C.UTF-8'`)
    await fill(place(making), await bigBase(size, report), report)
    await admin.query(`alter database ${making} rename to ${name}`)
    return place(name)
  } finally {
    await admin.end()
  }
}

async function connected(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  return client
}

async function fill(url: string, path: string, report: (line: string) => void): Promise<void> {
  const desk = await openDatabase({ kind: 'postgres', url }, { clock: manualClock(NOW) })
  await desk.close()
  const file = new DatabaseFile(path, { readonly: true })
  const server = await connected(url)
  try {
    // Neither triggers nor keys to other tables: the rows come from a base in which all is in order.
    await server.query(`set session_replication_role = 'replica'`)
    await server.query(`set synchronous_commit = 'off'`)
    await server.query(`set maintenance_work_mem = '512MB'`)
    for (const table of TABLES) {
      report(`postgres ${table}`)
      await copyTable(file, server, table)
    }
    report('postgres fragments')
    await copyFragments(file, server)
    report('postgres statistics')
    await server.query('vacuum analyze')
  } finally {
    await server.end()
    file.close()
  }
}

/** Rows of a table in chunks; the file is read through once. */
function* chunksOf(file: DatabaseFile.Database, table: string): Generator<Row[]> {
  let chunk: Row[] = []
  for (const row of file.prepare<[], Row>(`select * from ${table}`).iterate()) {
    chunk.push(row)
    if (chunk.length < CHUNK) continue
    yield chunk
    chunk = []
  }
  if (chunk.length > 0) yield chunk
}

const Columns = z.array(z.object({ column_name: z.string(), udt_name: z.string() }))

async function copyTable(file: DatabaseFile.Database, server: pg.Client, table: string): Promise<void> {
  const found = await server.query(
    `select column_name, udt_name from information_schema.columns where table_name = $1 order by ordinal_position`,
    [table],
  )
  const columns = Columns.parse(found.rows)
  const names = columns.map(({ column_name }) => column_name).join(', ')
  const lists = columns.map(({ udt_name }, index) => `$${index + 1}::${udt_name}[]`).join(', ')
  const insert = `insert into ${table} (${names}) select * from unnest(${lists})`
  await server.query(`delete from ${table}`)
  for (const chunk of chunksOf(file, table)) {
    await server.query(
      insert,
      columns.map(({ column_name }) => chunk.map((row) => row[column_name] ?? null)),
    )
  }
}

const textOf = (row: Row, column: string): string => String(row[column] ?? '')

const personOf = (row: Row): Person => ({
  number: Number(row['number']),
  familyName: textOf(row, 'family_name'),
  givenName: textOf(row, 'given_name'),
  familyKana: textOf(row, 'family_kana'),
  givenKana: textOf(row, 'given_kana'),
  phone: textOf(row, 'phone'),
  email: textOf(row, 'email'),
  postalCode: textOf(row, 'postal_code'),
  prefecture: textOf(row, 'prefecture'),
  city: textOf(row, 'city'),
  address: textOf(row, 'address'),
  building: textOf(row, 'building'),
})

/** The tokens, with the index made when all are there. */
async function copyFragments(file: DatabaseFile.Database, server: pg.Client): Promise<void> {
  const index = await server.query<{ indexdef: string }>(
    `select indexdef from pg_indexes where indexname = 'customer_search_tokens'`,
  )
  await server.query('drop index customer_search_tokens')
  await server.query('delete from customer_search')
  for (const chunk of chunksOf(file, 'customer')) {
    const people = chunk.map(personOf)
    await server.query(
      `insert into customer_search (customer_number, tokens)
        select number, tokens::tsvector from unnest($1::int8[], $2::text[]) as t (number, tokens)`,
      [
        people.map(({ number }) => number),
        people.map((one) => searchDocument('postgres', customerRuns(one))),
      ],
    )
  }
  await server.query(index.rows[0]?.indexdef ?? '')
}

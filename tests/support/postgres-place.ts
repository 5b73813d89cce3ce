import { randomUUID } from 'node:crypto'
import pg from 'pg'
import type { OpenConfig } from '../../src/main/db/open-database'

/** One place for a database, gone after `drop`. */
export interface DatabasePlace {
  readonly config: OpenConfig
  drop(): Promise<void>
}

/** A database on a PostgreSQL server: empty, or a copy of the one with this name. */
export async function postgresPlace(server: string, template = 'template0'): Promise<DatabasePlace> {
  const name = `desk_${randomUUID().replaceAll('-', '')}`
  const onServer = async (statement: string) => {
    const client = new pg.Client({ connectionString: server })
    await client.connect()
    await client.query(statement)
    await client.end()
  }
  // As files, not as a log of their pages: that takes twice as long, and so does dropping them.
  await onServer(
    `create database ${name} template ${template} encoding 'UTF8' locale 'C.UTF-8' strategy file_copy`,
  )
  const url = new URL(server)
  url.pathname = `/${name}`
  return {
    config: { kind: 'postgres', url: url.href },
    drop: () => onServer(`drop database ${name} with (force)`),
  }
}

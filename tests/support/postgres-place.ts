import { randomUUID } from 'node:crypto'
import pg from 'pg'
import type { OpenConfig } from '../../src/main/db/open-database'

/** One place for a database: empty, and gone after `drop`. */
export interface DatabasePlace {
  readonly config: OpenConfig
  drop(): Promise<void>
}

/** An empty database on a PostgreSQL server. */
export async function postgresPlace(server: string): Promise<DatabasePlace> {
  const name = `desk_${randomUUID().replaceAll('-', '')}`
  const onServer = async (statement: string) => {
    const client = new pg.Client({ connectionString: server })
    await client.connect()
    await client.query(statement)
    await client.end()
  }
  await onServer(`create database ${name} template template0 encoding 'UTF8' locale 'C.UTF-8'`)
  const url = new URL(server)
  url.pathname = `/${name}`
  return {
    config: { kind: 'postgres', url: url.href },
    drop: () => onServer(`drop database ${name} with (force)`),
  }
}

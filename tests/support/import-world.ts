import { statSync } from 'node:fs'
import type { Session } from '../../src/contract/auth'
import type { FileReading, ImportChoices } from '../../src/contract/customer-imports'
import type { JobView } from '../../src/contract/jobs'
import type { DeskEvent } from '../../src/contract/system'
import { openDatabase, type DeskDatabase, type OpenConfig } from '../../src/main/db/open-database'
import { visibleCustomer } from '../../src/main/db/visible-customers'
import { EC_CUBE_COLUMNS } from '../../src/main/domain/customer-csv/ec-cube'
import { guessMeanings } from '../../src/main/domain/customer-csv/fields'
import { chosenFiles } from '../../src/main/platform/chosen-files'
import { startImport } from '../../src/main/features/customer-imports/customer-imports.service'
import type { CsvImportsDeps } from '../../src/main/features/csv-imports/csv-imports.service'
import { importRunner } from '../../src/main/jobs/customer-import/import-job'
import { undoRunner } from '../../src/main/jobs/customer-import/undo-job'
import { jobFrame, type JobFrame } from '../../src/main/jobs/job-frame'
import type { JobRunner } from '../../src/main/jobs/job-kind'
import { systemClock as clock } from '../../src/main/platform/clock'
import { Emitter } from '../../src/main/platform/emitter'
import { saveFileWith } from '../../src/main/platform/save-file'
import pino from 'pino'
import { addStaff } from './customer-rows'
import { sessionAs } from './seeded'

/** A desk without windows that imports customers. */
export interface ImportWorld {
  readonly database: DeskDatabase
  readonly deps: CsvImportsDeps
  readonly frame: JobFrame
  readonly session: Session
  readonly events: Emitter<DeskEvent>
  /** Starts the import of a file. */
  start(
    path: string,
    more?: { reading?: Partial<FileReading>; choices?: Partial<ImportChoices> },
  ): Promise<string>
  /** Resolves when the job of an import (or its undoing) has come to an end or to a question. */
  halted(importId: string): Promise<JobView>
  /** How long each batch took, in ms. */
  chunks(): readonly number[]
  /** Numbers of the customers that may be seen. */
  seen(): Promise<number[]>
  close(): Promise<void>
}

export const EC_CUBE_READING: FileReading = {
  codePage: 'utf-8',
  delimiter: ',',
  meanings: guessMeanings(EC_CUBE_COLUMNS),
}

export const CHOICES: ImportChoices = {
  matchOn: ['number'],
  duplicates: 'skip',
  broken: 'skip',
  keepNumbers: true,
}

const ENDED = new Set(['done', 'cancelled', 'failed', 'asking'])

interface WorldOptions {
  readonly owner?: string
  readonly saveTo?: string
  /** Called when the n-th batch has been sent to the database, before it is answered. */
  readonly onBatch?: (count: number) => void
}

export async function openImportWorld(config: OpenConfig, options: WorldOptions = {}): Promise<ImportWorld> {
  const database = await openDatabase(config, { clock })
  const world = await importOn(database, config, options)
  return {
    ...world,
    async close() {
      await world.close()
      await database.close()
    },
  }
}

/** The same on a database that is open already; closing it leaves the database open. */
export async function importOn(
  opened: DeskDatabase,
  config: OpenConfig,
  options: WorldOptions = {},
): Promise<ImportWorld> {
  const chunks: number[] = []
  let sent = 0
  const database: DeskDatabase = {
    ...opened,
    async batch(statements) {
      const from = performance.now()
      const answered = opened.batch(statements)
      options.onBatch?.(++sent)
      const results = await answered
      chunks.push(performance.now() - from)
      return results
    },
  }
  const events = new Emitter<DeskEvent>()
  const failures: string[] = []
  const log = pino({ level: 'error' }, { write: (line: string) => void failures.push(line) })
  const unused: JobRunner = { lane: 'read', run: async () => 'done' }
  const runners = {
    'customer-import': importRunner,
    'customer-undo': undoRunner,
    'subscription-run': unused,
    'subscription-import': unused,
    'subscription-bulk': unused,
  }
  const frame = jobFrame({ database, config, clock, log, events, owner: options.owner ?? 'this-pc', runners })
  const staff = await addStaff(database)
  const session = sessionAs({ id: staff, name: '受付 花子', shop: { id: 'shop', name: '本店' } }, 'admin')
  let chosen = ''
  const files = chosenFiles(async () => chosen)
  const saveFile = saveFileWith(async () => options.saveTo ?? null)
  const deps: CsvImportsDeps = { database, clock, jobs: frame, files, saveFile }
  return {
    database,
    deps,
    frame,
    session,
    events,
    chunks: () => chunks,
    async start(path, more = {}) {
      statSync(path)
      chosen = path
      const fileId = (await files.choose()) ?? ''
      const reading = { ...EC_CUBE_READING, ...more.reading }
      const choices = { ...CHOICES, ...more.choices }
      return (await startImport(deps, session, { fileId, reading, choices })).id
    },
    halted: (importId) => haltOf({ frame, events, failures }, importId),
    async seen() {
      const rows = await database.db
        .selectFrom('customer')
        .select('number')
        .where(visibleCustomer())
        .orderBy('number')
        .execute()
      return rows.map(({ number }) => number)
    },
    close: () => frame.close(),
  }
}

function haltOf(
  { frame, events, failures }: { frame: JobFrame; events: Emitter<DeskEvent>; failures: readonly string[] },
  importId: string,
): Promise<JobView> {
  return new Promise((resolve, reject) => {
    const look = () => {
      const job = frame.live().findLast(({ subjectId }) => subjectId === importId)
      if (!job || !ENDED.has(job.state)) return
      off()
      if (job.state === 'failed') reject(new Error(failures.join('\n')))
      else resolve(job)
    }
    const off = events.on(look)
    look()
  })
}

import { statSync } from 'node:fs'
import type { Session } from '../../src/contract/auth'
import type { FileReading, ImportChoices } from '../../src/contract/customer-imports'
import type { JobView } from '../../src/contract/jobs'
import type { DeskEvent } from '../../src/contract/system'
import { openDatabase, type DeskDatabase, type OpenConfig } from '../../src/main/db/open-database'
import { visibleCustomer } from '../../src/main/db/visible-customers'
import { EC_CUBE_COLUMNS } from '../../src/main/domain/customer-csv/ec-cube'
import { guessMeanings } from '../../src/main/domain/customer-csv/fields'
import { chosenFiles } from '../../src/main/features/customer-imports/chosen-files'
import { startImport } from '../../src/main/features/customer-imports/customer-imports.service'
import type { CustomerImportsDeps } from '../../src/main/features/customer-imports/deps'
import { importRunner } from '../../src/main/jobs/customer-import/import-job'
import { undoRunner } from '../../src/main/jobs/customer-import/undo-job'
import { jobFrame, type JobFrame } from '../../src/main/jobs/job-frame'
import { systemClock as clock } from '../../src/main/platform/clock'
import { Emitter } from '../../src/main/platform/emitter'
import { saveFileWith } from '../../src/main/platform/save-file'
import pino from 'pino'
import { addStaff } from './customer-rows'
import { sessionAs } from './seeded'

/** A desk without windows that imports customers. */
export interface ImportWorld {
  readonly database: DeskDatabase
  readonly deps: CustomerImportsDeps
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

export async function openImportWorld(
  config: OpenConfig,
  options: { owner?: string; saveTo?: string; onEvent?: (event: DeskEvent) => void } = {},
): Promise<ImportWorld> {
  const database = await openDatabase(config, { clock })
  const events = new Emitter<DeskEvent>()
  if (options.onEvent) events.on(options.onEvent)
  const failures: string[] = []
  const log = pino({ level: 'error' }, { write: (line: string) => void failures.push(line) })
  const runners = { 'customer-import': importRunner, 'customer-undo': undoRunner }
  const frame = jobFrame({ database, config, clock, log, events, owner: options.owner ?? 'this-pc', runners })
  const session = sessionAs(
    { id: await addStaff(database), name: '受付 花子', shop: { id: 'shop', name: '本店' } },
    'admin',
  )
  let chosen = ''
  const files = chosenFiles(async () => chosen)
  const deps: CustomerImportsDeps = {
    database,
    clock,
    jobs: frame,
    files,
    saveFile: saveFileWith(async () => options.saveTo ?? null),
  }
  return {
    database,
    deps,
    frame,
    session,
    events,
    async start(path, more = {}) {
      statSync(path)
      chosen = path
      const fileId = (await files.choose()) ?? ''
      const reading = { ...EC_CUBE_READING, ...more.reading }
      const choices = { ...CHOICES, ...more.choices }
      return (await startImport(deps, session, { fileId, reading, choices })).id
    },
    async halted(importId) {
      const last = () => frame.live().findLast(({ subjectId }) => subjectId === importId)
      return new Promise((resolve, reject) => {
        const look = () => {
          const job = last()
          if (!job || !ENDED.has(job.state)) return
          off()
          if (job.state === 'failed') reject(new Error(failures.join('\n')))
          else resolve(job)
        }
        const off = events.on(look)
        look()
      })
    },
    async seen() {
      const rows = await database.db
        .selectFrom('customer')
        .select('number')
        .where(visibleCustomer())
        .orderBy('number')
        .execute()
      return rows.map(({ number }) => number)
    },
    async close() {
      await frame.close()
      await database.close()
    },
  }
}

import { writeFileSync } from 'node:fs'
import pino from 'pino'
import type { JobView } from '../../src/contract/jobs'
import type { DeskEvent } from '../../src/contract/system'
import { openDatabase, type DeskDatabase, type OpenConfig } from '../../src/main/db/open-database'
import type { CsvImportsDeps } from '../../src/main/features/csv-imports/csv-imports.service'
import { readHead } from '../../src/main/features/subscription-imports/read-head'
import { checkImport } from '../../src/main/features/subscription-imports/subscription-imports.service'
import { jobFrame, type JobFrame } from '../../src/main/jobs/job-frame'
import type { JobRunner } from '../../src/main/jobs/job-kind'
import { subscriptionImportRunner } from '../../src/main/jobs/subscription-import/import-job'
import { chosenFiles } from '../../src/main/platform/chosen-files'
import type { Clock } from '../../src/main/platform/clock'
import { Emitter } from '../../src/main/platform/emitter'
import { saveFileWith } from '../../src/main/platform/save-file'
import { sessionAs, type SampleAdmin } from './seeded'
import { subscriptionDeps } from './subscription-world'

export const IMPORT_HEAD =
  '定期番号,顧客番号,電話番号,商品コード1,数量1,単価1,商品コード2,数量2,お届け周期,次回お届け日,お届け回数,契約開始日,お届け先氏名,お届け先電話番号,お届け先郵便番号,お届け先住所,お届け時間帯,支払方法,カードトークン,備考,商品の組み方,商品一覧,回ごとの価格,終了する回,契約の状態,再開日,のし表書き,のし名入れ'

type Cell = string | number

/** One line of a file of contracts; what is not given is a contract of A101 every month on the 15th, cash on delivery. */
export const contractLine = (cells: {
  readonly external?: Cell
  readonly customer?: Cell
  readonly phone?: Cell
  readonly product?: Cell
  readonly quantity?: Cell
  readonly price?: Cell
  readonly product2?: Cell
  readonly rule?: string
  readonly next?: string
  readonly turns?: Cell
  readonly place?: readonly [name: string, phone: string, postal: string, address: string]
  readonly slot?: string
  readonly method?: string
  readonly token?: string
  readonly note?: string
  readonly mode?: string
  /** All goods in one cell, instead of `product`. */
  readonly items?: string
  readonly steps?: string
  readonly lastTurn?: Cell
  readonly state?: string
  readonly resumeOn?: string
  readonly noshi?: readonly [title: string, name: string]
}): string =>
  [
    cells.external ?? '',
    cells.customer ?? '',
    cells.phone ?? '',
    cells.product ?? (cells.items === undefined ? 'A101' : ''),
    cells.quantity ?? (cells.items === undefined ? 1 : ''),
    cells.price ?? '',
    cells.product2 ?? '',
    cells.product2 === undefined ? '' : 1,
    cells.rule ?? '毎月15日',
    cells.next ?? '2026/12/15',
    cells.turns ?? 3,
    '2026/09/15',
    ...(cells.place ?? ['', '', '', '']),
    cells.slot ?? '',
    cells.method ?? '代金引換',
    cells.token ?? '',
    cells.note ?? '',
    cells.mode ?? '',
    cells.items ?? '',
    cells.steps ?? '',
    cells.lastTurn ?? '',
    cells.state ?? '',
    cells.resumeOn ?? '',
    ...(cells.noshi ?? ['', '']),
  ].join(',')

export const writeContractCsv = (path: string, lines: readonly string[]): void =>
  writeFileSync(path, `${[IMPORT_HEAD, ...lines].join('\r\n')}\r\n`)

const ENDED = new Set(['done', 'cancelled', 'failed', 'asking'])

/** A desk without windows that imports contracts into an open database. */
export function contractImports(
  opened: DeskDatabase,
  config: OpenConfig,
  options: {
    readonly clock: Clock
    readonly admin: SampleAdmin
    readonly saveTo?: string
    readonly onBatch?: (count: number) => void
  },
) {
  const { clock, admin } = options
  let sent = 0
  const database: DeskDatabase = {
    ...opened,
    batch(statements) {
      const answered = opened.batch(statements)
      options.onBatch?.(++sent)
      return answered
    },
  }
  const events = new Emitter<DeskEvent>()
  const failures: string[] = []
  const log = pino({ level: 'error' }, { write: (line: string) => void failures.push(line) })
  const unused: JobRunner = { lane: 'read', run: async () => 'done' }
  const frame: JobFrame = jobFrame({
    database,
    config,
    clock,
    log,
    events,
    owner: 'this-pc',
    runners: {
      'customer-import': unused,
      'customer-undo': unused,
      'subscription-run': unused,
      'subscription-bulk': unused,
      'subscription-import': subscriptionImportRunner(() => subscriptionDeps(database, clock)),
    },
  })
  let chosen = ''
  const files = chosenFiles(async () => chosen)
  const saveFile = saveFileWith(async () => options.saveTo ?? null)
  const deps: CsvImportsDeps = { database, clock, jobs: frame, files, saveFile }
  const session = sessionAs(admin, 'admin')
  return {
    deps,
    frame,
    session,
    /** Lets a file be looked at, its columns as they are guessed. */
    async check(path: string): Promise<string> {
      chosen = path
      const fileId = (await files.choose()) ?? ''
      const { reading } = await readHead(files, fileId, null)
      return (await checkImport(deps, session, { fileId, reading })).id
    },
    /** Resolves when the last job of an import has come to an end. */
    halted: (importId: string): Promise<JobView> =>
      new Promise((resolve, reject) => {
        const look = () => {
          const job = frame.live().findLast(({ subjectId }) => subjectId === importId)
          if (!job || !ENDED.has(job.state)) return
          off()
          if (job.state === 'failed') reject(new Error(failures.join('\n')))
          else resolve(job)
        }
        const off = events.on(look)
        look()
      }),
  }
}

/** The same with its own connection. */
export async function openContractImports(
  config: OpenConfig,
  options: Parameters<typeof contractImports>[2],
) {
  const database = await openDatabase(config, { clock: options.clock })
  return { database, ...contractImports(database, config, options) }
}

import { readFile } from 'node:fs/promises'
import { promisify } from 'node:util'
import { brotliDecompress } from 'node:zlib'
import type { ImportFault, PostalStatus, PostalTown, TypedAddress } from '../../../contract/postal'
import { normalizePostalCode } from '../../../contract/text'
import { readDelivery } from '../../checkout/delivery'
import { lineFaults, suggestMove } from '../../domain/address/label-lines'
import { businessDate } from '../../domain/calendar/tokyo'
import { KenAllFault } from '../../domain/postal/ken-all'
import { PostalBook } from '../../domain/postal/postal-book'
import { newId } from '../../platform/ids'
import type { ChosenFile } from '../../platform/open-file'
import { Refusal } from '../../platform/refusal'
import type { PostalDeps } from './deps'
import { packKenAll } from './postal-import'
import { importedData, readPacked, replaceData, setActive, type PostalDataRow } from './postal.repository'

const unpack = promisify(brotliDecompress)

/** Unpacked, a directory has 8 MB; more is a hostile file. */
const MOST_UNPACKED_BYTES = 64 * 1024 * 1024
/** How long another seat's import may go unseen, ms. */
const LOOK_AGAIN_MS = 60_000
const FILE_KINDS = { name: '郵便番号データ(CSV)', extensions: ['csv', 'CSV'] }

const BUILT_IN = 'built-in'

/** The postal directory of one desk: loaded at the first question, replaced by an import. */
export class PostalDirectory {
  readonly #deps: PostalDeps
  #book: { id: string; book: Promise<PostalBook> } | null = null
  #lookedAt = 0
  #running: { fileName: string; percent: number; lines: number; stop: AbortController } | null = null
  #fault: ImportFault | null = null

  constructor(deps: PostalDeps) {
    this.#deps = deps
  }

  async #load(id: string): Promise<PostalBook> {
    const { builtInFile, database } = this.#deps
    const packed = id === BUILT_IN ? await readFile(builtInFile) : await readPacked(database.db, id)
    return new PostalBook(await unpack(packed, { maxOutputLength: MOST_UNPACKED_BYTES }))
  }

  /** The directory in use. Whether another seat has changed it is asked once a minute. */
  async #current(): Promise<PostalBook> {
    const now = this.#deps.clock.now()
    if (this.#book !== null && now - this.#lookedAt < LOOK_AGAIN_MS) return this.#book.book
    const row = await importedData(this.#deps.database.db)
    const id = row?.active === 1 ? row.id : BUILT_IN
    this.#lookedAt = now
    if (this.#book?.id !== id) this.#book = { id, book: this.#load(id) }
    const loading = this.#book
    try {
      return await loading.book
    } catch (error) {
      if (this.#book === loading) this.#book = null
      throw error
    }
  }

  async lookup(typed: string): Promise<PostalTown[]> {
    return (await this.#current()).lookup(normalizePostalCode(typed))
  }

  async candidates(address: { prefecture: string; city: string; address: string }): Promise<PostalTown[]> {
    return (await this.#current()).candidates(address)
  }

  async checkLines(address: TypedAddress) {
    const { carrier } = await readDelivery(this.#deps.database)
    return { carrier, faults: lineFaults(carrier, address), suggestion: suggestMove(carrier, address) }
  }

  async status(): Promise<PostalStatus> {
    const row = await importedData(this.#deps.database.db)
    const builtIn = await this.#builtIn(row)
    const imported = row && {
      source: 'imported' as const,
      name: row.file_name,
      date: row.source_date,
      towns: row.towns,
      codes: row.codes,
      importedAt: row.imported_at,
    }
    const running = this.#running && {
      fileName: this.#running.fileName,
      percent: this.#running.percent,
      lines: this.#running.lines,
    }
    const active = row?.active === 1
    return {
      used: active && imported ? imported : builtIn,
      other: imported ? (active ? builtIn : imported) : null,
      running,
      fault: this.#fault,
    }
  }

  async #builtIn(row: PostalDataRow | undefined) {
    const book = row?.active === 1 ? await this.#load(BUILT_IN) : await this.#current()
    const { source, date, towns, codes } = book.header
    return { source: 'built-in' as const, name: source, date, towns, codes, importedAt: null }
  }

  async use(source: 'built-in' | 'imported'): Promise<PostalStatus> {
    await setActive(this.#deps.database.db, source === 'imported')
    this.#lookedAt = 0
    this.#fault = null
    return this.status()
  }

  /** Asks for a file and starts to read it; the reading goes on behind. */
  async importFile(userId: string): Promise<{ started: boolean }> {
    if (this.#running) throw new Refusal('RUNNING')
    const file = await this.#deps.openFile(FILE_KINDS)
    if (file === null) return { started: false }
    if (this.#running) throw new Refusal('RUNNING')
    this.#fault = null
    this.#running = { fileName: file.name.slice(0, 200), percent: 0, lines: 0, stop: new AbortController() }
    void this.#import(file, userId)
    return { started: true }
  }

  async #import(file: ChosenFile, userId: string): Promise<void> {
    const { database, clock, log } = this.#deps
    const running = this.#running
    if (running === null) return
    try {
      const { packed, towns, codes } = await packKenAll(file, {
        date: businessDate(clock.now()),
        signal: running.stop.signal,
        onProgress: (percent, lines) => Object.assign(running, { percent, lines }),
      })
      const about = { towns, codes, active: 1, imported_at: clock.now(), imported_by: userId }
      const row = {
        id: newId(),
        file_name: running.fileName,
        source_date: businessDate(clock.now()),
        ...about,
      }
      await replaceData(database.db, row, packed)
      this.#lookedAt = 0
    } catch (error) {
      this.#fault = faultOf(error)
      log.warn({ err: error instanceof Error ? error.name : 'unknown' }, 'postal import ended')
    } finally {
      this.#running = null
    }
  }

  async cancelImport(): Promise<PostalStatus> {
    this.#running?.stop.abort()
    return this.status()
  }
}

function faultOf(error: unknown): ImportFault {
  if (error instanceof KenAllFault) return { line: error.line, message: error.message }
  const stopped = error instanceof Error && error.name === 'AbortError'
  return {
    line: null,
    message: stopped ? '取り込みを中止しました。' : 'ファイルを読めませんでした。もう一度お試しください。',
  }
}

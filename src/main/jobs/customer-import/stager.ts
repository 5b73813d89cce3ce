import { customerRuns, searchDocument } from '../../db/customer-search'
import { bulkValues } from '../../db/customer-bulk'
import type { Reader } from '../../db/open-reader'
import type { NormalRow } from '../../domain/customer-csv/normal-row'
import { newId } from '../../platform/ids'
import { changesOf } from './change'
import { lookUp, takenOf, type Known, type KnownBy } from './look-up'
import type { ImportTask, StagedChunk } from './messages'
import type { SourceRow } from '../csv-import/row-source'

type Fault = readonly [importId: string, line: number, reason: string, raw: string]

/** Turns rows of the file into what one transaction writes: new customers, changes to known ones, rows left out. */
export class Stager {
  readonly #task: ImportTask
  readonly #reader: Reader
  readonly #takeNumbers: (count: number) => Promise<number>
  #free: { next: number; end: number } = { next: 0, end: 0 }

  constructor(task: ImportTask, reader: Reader, takeNumbers: (count: number) => Promise<number>) {
    this.#task = task
    this.#reader = reader
    this.#takeNumbers = takeNumbers
  }

  async stage(rows: readonly SourceRow<NormalRow>[]): Promise<StagedChunk> {
    const { matchOn: keys } = this.#task.plan.choices
    const good = rows.flatMap(({ outcome }) => ('row' in outcome ? [outcome.row] : []))
    const known = await lookUp(this.#reader, good, { keys, importId: this.#task.importId })
    const chunk = new Chunk(this.#task, this.#reader.kind, known)
    for (const source of rows) {
      const { outcome } = source
      if ('broken' in outcome) chunk.leaveOutBroken(source.line, outcome.broken.reason, outcome.broken.raw)
      else if (chunk.needsNumber(outcome.row))
        chunk.take(source.line, outcome.row, await this.#freeNumber(chunk))
      else chunk.take(source.line, outcome.row, outcome.row.number ?? 0)
    }
    const last = rows.at(-1)
    return chunk.finish({ byte: last?.byte ?? 0, line: last?.nextLine ?? 0, read: rows.length })
  }

  /** A number that nobody has; taken from the series many at a time. */
  async #freeNumber(chunk: Chunk): Promise<number> {
    for (;;) {
      if (this.#free.next >= this.#free.end) {
        const from = await this.#takeNumbers(NUMBERS)
        this.#free = { next: from, end: from + NUMBERS }
      }
      const number = this.#free.next++
      if (!chunk.uses(number) && !(await takenOf(this.#reader, [number])).has(number)) return number
    }
  }
}

const NUMBERS = 500

/** One chunk while it is put together; it also remembers its own customers, who are not in the database yet. */
class Chunk {
  readonly #task: ImportTask
  readonly #kind: 'sqlite' | 'postgres'
  readonly #known: KnownBy
  readonly #mine: { number: Map<number, number>; email: Map<string, number>; phone: Map<string, number> } = {
    number: new Map(),
    email: new Map(),
    phone: new Map(),
  }
  readonly #customers: unknown[] = []
  readonly #documents: unknown[] = []
  readonly #faults: Fault[] = []
  readonly #changes: unknown[] = []
  readonly #changed = new Set<string>()
  #skipped = 0
  #broken = 0
  #highest = 0

  constructor(task: ImportTask, kind: 'sqlite' | 'postgres', known: KnownBy) {
    this.#task = task
    this.#kind = kind
    this.#known = known
  }

  uses(number: number): boolean {
    return this.#mine.number.has(number)
  }

  /** True when the row's own number cannot become that of the customer, should one be made. */
  needsNumber(row: NormalRow): boolean {
    if (row.number === null || !this.#task.plan.choices.keepNumbers) return this.#verdict(row) === 'add'
    const used = this.uses(row.number) || this.#known.taken.has(row.number)
    return used && this.#verdict(row) === 'add'
  }

  leaveOutBroken(line: number, reason: string, raw: string): void {
    this.#broken++
    this.#faults.push([this.#task.importId, line, reason, raw])
  }

  take(line: number, row: NormalRow, number: number): void {
    const verdict = this.#verdict(row)
    if (verdict === 'add') this.#add(row, number)
    else if ('change' in verdict) this.#change(line, row, verdict.change)
    else {
      this.#skipped++
      this.#faults.push([this.#task.importId, line, verdict.skip, summaryOf(row)])
    }
  }

  #verdict(row: NormalRow): 'add' | { readonly skip: string } | { readonly change: Known } {
    const { duplicates } = this.#task.plan.choices
    if (duplicates === 'add') return 'add'
    const twin = this.#twinNumber(row)
    if (twin !== null) return { skip: `同じファイルの中に、同じお客様の行があります(顧客番号 ${twin})。` }
    const known = this.#knownAs(row)
    if (!known) return 'add'
    if (known.own || this.#changed.has(known.id))
      return { skip: `同じファイルの中に、同じお客様の行があります(顧客番号 ${known.number})。` }
    if (duplicates === 'skip') return { skip: `登録済みのお客様です(顧客番号 ${known.number})。` }
    return { change: known }
  }

  #knownAs(row: NormalRow): Known | null {
    const { matchOn } = this.#task.plan.choices
    const { number, email, phone } = this.#known
    if (matchOn.includes('number') && row.number !== null) {
      const known = number.get(row.number)
      // From this number on, customers were made here after the import began: they cannot be in the file.
      if (known && (known.own || row.number < this.#task.numberBase)) return known
    }
    const byMail = matchOn.includes('email') && row.email !== null ? email.get(row.email) : undefined
    const byPhone = matchOn.includes('phone') && row.phone !== '' ? phone.get(row.phone) : undefined
    return byMail ?? byPhone ?? null
  }

  #twinNumber(row: NormalRow): number | null {
    const { matchOn } = this.#task.plan.choices
    const { number, email, phone } = this.#mine
    return (
      (matchOn.includes('number') ? number.get(row.number ?? 0) : undefined) ??
      (matchOn.includes('email') ? email.get(row.email ?? '') : undefined) ??
      (matchOn.includes('phone') ? phone.get(row.phone) : undefined) ??
      null
    )
  }

  #add(row: NormalRow, number: number): void {
    const { importId, now, numberBase } = this.#task
    if (number === row.number && number >= numberBase) this.#highest = Math.max(this.#highest, number)
    this.#mine.number.set(number, number)
    if (row.email !== null) this.#mine.email.set(row.email, number)
    if (row.phone !== '') this.#mine.phone.set(row.phone, number)
    const { createdAt, updatedAt } = row
    this.#customers.push(
      bulkValues({
        ...changesOf(row),
        id: newId(),
        number,
        created_at: createdAt ?? now,
        updated_at: updatedAt ?? createdAt ?? now,
        version: 1,
        kind: row.kind,
        import_id: importId,
      }),
    )
    const searchable = { ...row, number, email: row.email ?? '', building: row.building ?? '' }
    this.#documents.push([number, searchDocument(this.#kind, customerRuns(searchable))])
  }

  #change(line: number, row: NormalRow, known: Known): void {
    this.#changed.add(known.id)
    const given = Object.entries(changesOf(row)).filter(([, value]) => value !== null && value !== '')
    const after = JSON.stringify(Object.fromEntries(given))
    this.#changes.push([this.#task.importId, line, known.id, known.version, after])
  }

  finish(place: { byte: number; line: number; read: number }): StagedChunk {
    const list = (rows: readonly unknown[]) => (rows.length === 0 ? null : JSON.stringify(rows))
    return {
      ...place,
      added: this.#customers.length,
      changed: this.#changes.length,
      skipped: this.#skipped,
      broken: this.#broken,
      customers: JSON.stringify(this.#customers),
      documents: JSON.stringify(this.#documents),
      faults: list(this.#faults),
      changes: list(this.#changes),
      highest: this.#highest,
    }
  }
}

/** Enough of a row that was left out to find it again. */
const summaryOf = (row: NormalRow): string =>
  [row.number ?? '', row.familyName, row.givenName, row.phone, row.email ?? ''].join(',')

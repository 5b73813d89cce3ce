import { open, type FileHandle } from 'node:fs/promises'
import { decode, type CodePage } from '../../platform/code-page'
import { cellsOf } from '../../platform/csv-cells'
import { RecordCutter, type RawRecord } from '../../platform/csv-records'

const BLOCK_BYTES = 65_536
/** Rows that are read ahead while others are written. */
const AHEAD = 400
const SLICE = 50

type Cells = readonly string[]

/** A row that cannot be read, and why. */
export interface BrokenRow {
  readonly line: number
  readonly reason: string
  readonly raw: string
}

/** How the records of a file become rows. */
export interface RowReading<Row> {
  readonly codePage: CodePage
  readonly delimiter: ',' | '\t'
  read(
    cells: Cells,
  ): { readonly ok: true; readonly row: Row } | { readonly ok: false; readonly reasons: readonly string[] }
  /** True: a broken row in this line stops the reading until a person has decided. */
  asks(line: number): boolean
  /** What is kept of a row that is broken; `cells` is null when its quotes are not in order. */
  raw?(text: string, cells: Cells | null): string
}

/** A row of the file, read. */
export interface SourceRow<Row> {
  readonly line: number
  readonly byte: number
  readonly nextLine: number
  readonly outcome: { readonly row: Row } | { readonly broken: BrokenRow }
}

const MISPLACED = '引用符(")の位置が正しくありません。'

/** Reads a file from a place on, ahead of whoever takes its rows, in small steps. */
export class RowSource<Row> {
  readonly #reading: RowReading<Row>
  readonly #file: FileHandle
  readonly #cutter: RecordCutter
  #position: number
  #ended = false
  #raw: RawRecord[] = []
  #ready: SourceRow<Row>[] = []

  private constructor(file: FileHandle, reading: RowReading<Row>, from: { byte: number; line: number }) {
    this.#file = file
    this.#reading = reading
    this.#position = from.byte
    this.#cutter = new RecordCutter(reading.delimiter, from)
  }

  /** Opens the file; at its beginning the head line is passed over. */
  static async open<Row>(
    path: string,
    reading: RowReading<Row>,
    from: { byte: number; line: number },
  ): Promise<RowSource<Row>> {
    const source = new RowSource(await open(path), reading, from)
    if (from.byte === 0) {
      while (source.#raw.length === 0 && !source.#ended) await source.#readBlock()
      source.#raw.shift()
    }
    return source
  }

  async #readBlock(): Promise<void> {
    const block = Buffer.allocUnsafe(BLOCK_BYTES)
    const { bytesRead } = await this.#file.read(block, 0, BLOCK_BYTES, this.#position)
    this.#position += bytesRead
    this.#ended = bytesRead === 0
    for (const record of this.#cutter.push(block.subarray(0, bytesRead), this.#ended)) this.#raw.push(record)
  }

  /** Reads a few rows ahead; false when there is nothing to do. */
  async step(): Promise<boolean> {
    if (this.#ready.length >= AHEAD) return false
    while (this.#raw.length < SLICE && !this.#ended) await this.#readBlock()
    const raw = this.#raw.splice(0, SLICE)
    const { codePage, delimiter } = this.#reading
    const cells = cellsOf(raw, codePage, delimiter)
    for (const [index, record] of raw.entries()) this.#ready.push(this.#rowOf(record, cells[index] ?? null))
    return raw.length > 0
  }

  #rowOf(record: RawRecord, cells: Cells | null): SourceRow<Row> {
    const place = { line: record.line, byte: record.nextByte, nextLine: record.nextLine }
    const outcome = cells === null ? null : this.#reading.read(cells)
    if (outcome?.ok) return { ...place, outcome: { row: outcome.row } }
    const reason = outcome === null ? MISPLACED : outcome.reasons.join(' ')
    const text = decode(record.bytes, this.#reading.codePage).replaceAll('\0', '')
    const raw = (this.#reading.raw?.(text, cells) ?? text).slice(0, 4000)
    return { ...place, outcome: { broken: { line: record.line, reason, raw } } }
  }

  /**
   * The next rows, at most `limit`; none at the end of the file. When broken rows are to be asked about, they end in
   * front of one, and such a row comes alone.
   */
  async take(limit: number): Promise<SourceRow<Row>[]> {
    while (this.#ready.length < limit && (await this.step()));
    const ask = ({ outcome, line }: SourceRow<Row>) => 'broken' in outcome && this.#reading.asks(line)
    const stop = this.#ready.slice(0, limit).findIndex(ask)
    return this.#ready.splice(0, stop === -1 ? limit : Math.max(stop, 1))
  }

  async close(): Promise<void> {
    await this.#file.close()
  }
}

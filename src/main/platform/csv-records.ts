const QUOTE = 0x22
const LF = 0x0a
const CR = 0x0d

/** A record longer than this has lost its closing quote. */
const MAX_RECORD_BYTES = 65_536

/** One record of a CSV file: where it stands, and the line of the file on which it begins (from 1). */
export interface RawRecord {
  readonly bytes: Buffer
  readonly line: number
  /** Position of the byte after its line end, from the beginning of the file, and the line that begins there. */
  readonly nextByte: number
  readonly nextLine: number
  /** Its quotes are not in order: only its first line was taken, and reading went on after that. */
  readonly misquoted: boolean
}

interface Cut {
  readonly end: number
  readonly next: number
  readonly lines: number
}

/**
 * Cuts bytes into CSV records by line ends outside of quotes (RFC 4180), without decoding them: neither UTF-8 nor
 * CP932 has quotes, commas, tabs or line ends inside of a character. So a place in the file is a number of bytes, and
 * reading can go on from there after a crash. A lost quote costs one line, not the rest of the file.
 */
export class RecordCutter {
  #rest: Buffer = Buffer.alloc(0)
  #byte: number
  #line: number
  readonly #delimiter: number

  constructor(delimiter: ',' | '\t', from: { byte: number; line: number }) {
    this.#delimiter = delimiter.charCodeAt(0)
    this.#byte = from.byte
    this.#line = from.line
  }

  /** Whole records of what has come so far; with `last` also the one at the end of the file. Blank lines are left out. */
  push(block: Buffer, last: boolean): RawRecord[] {
    const data = this.#rest.length === 0 ? block : Buffer.concat([this.#rest, block])
    const records: RawRecord[] = []
    let from = 0
    while (from < data.length) {
      const whole = this.#cut(data, from, last)
      const misquoted = whole === 'misquoted'
      const cut = misquoted ? firstLine(data, from) : whole
      if (cut === null) break
      const bytes = data.subarray(from, cut.end)
      const nextByte = this.#byte + (cut.next - from)
      const nextLine = this.#line + cut.lines
      if (bytes.length > 0) records.push({ bytes, line: this.#line, nextByte, nextLine, misquoted })
      this.#byte = nextByte
      this.#line = nextLine
      from = cut.next
    }
    this.#rest = Buffer.from(data.subarray(from))
    return records
  }

  /** True for what may stand behind a closing quote; at the end of what has come, more is waited for. */
  #endsField(byte: number | undefined): boolean {
    return byte === undefined || byte === this.#delimiter || byte === LF || byte === CR
  }

  /** The record that begins here; null: more bytes are needed. */
  #cut(data: Buffer, from: number, last: boolean): Cut | 'misquoted' | null {
    let quoted = false
    let fieldStart = true
    let lines = 1
    for (let at = from; at < data.length; at++) {
      const byte = data[at]
      if (quoted) {
        if (byte === LF) lines++
        if (byte !== QUOTE) {
          if (at - from > MAX_RECORD_BYTES) return 'misquoted'
        } else if (data[at + 1] === QUOTE) at++
        else if (this.#endsField(data[at + 1])) quoted = false
        else return 'misquoted'
      } else if (byte === LF) {
        return { end: data[at - 1] === CR && at > from ? at - 1 : at, next: at + 1, lines }
      } else if (byte === QUOTE && fieldStart) {
        quoted = true
        fieldStart = false
      } else fieldStart = byte === this.#delimiter
    }
    if (!last) return null
    return quoted ? 'misquoted' : { end: data.length, next: data.length, lines: 1 }
  }
}

function firstLine(data: Buffer, from: number): Cut {
  const at = data.indexOf(LF, from)
  if (at === -1) return { end: data.length, next: data.length, lines: 1 }
  return { end: at > from && data[at - 1] === CR ? at - 1 : at, next: at + 1, lines: 1 }
}

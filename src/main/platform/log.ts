import { randomInt } from 'node:crypto'
import pino, { type Logger } from 'pino'
import { createStream } from 'rotating-file-stream'
import { redactCardNumbers } from './redaction'

export type Log = Pick<Logger, 'info' | 'warn' | 'error' | 'debug'>

/** Fields that may name a person, a card or a secret: never written, whatever they hold. */
const SECRET_FIELDS = [
  'password',
  'token',
  'frame',
  'ksn',
  'name',
  'phone',
  'email',
  'address',
  'form',
  'kana',
]
const paths = SECRET_FIELDS.flatMap((field) => [field, `*.${field}`, `*.*.${field}`])

/** A code that a person can read over the phone; it stands in the log line of the failure. */
export function newSupportCode(): string {
  const letters = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ'
  return Array.from({ length: 8 }, () => letters[randomInt(letters.length)]).join('')
}

/** The log file of this profile: JSON lines, 10 files of at most 5 MB, no personal data, no card numbers. */
export function openLog(folder: string): { log: Log; close(): Promise<void> } {
  const file = createStream('uketsuke.log', { path: folder, size: '5M', maxFiles: 10 })
  file.on('error', () => {
    /* A full disk must not stop a sale; the next line tries again. */
  })
  const log = pino(
    { base: null, timestamp: pino.stdTimeFunctions.isoTime, redact: { paths, censor: '[redacted]' } },
    { write: (line: string) => void file.write(redactCardNumbers(line)) },
  )
  return { log, close: () => new Promise((done) => file.end(() => done())) }
}

/** Writes nowhere; for tools and tests that have no profile. */
export const silentLog: Log = pino({ level: 'silent' })

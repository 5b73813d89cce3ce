import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { promisify } from 'node:util'
import { brotliCompress, constants } from 'node:zlib'
import { CsvError, parse } from 'csv-parse'
import iconv from 'iconv-lite'
import { KenAllFault, KenAllReader } from '../../domain/postal/ken-all'
import { encodePostalFile } from '../../domain/postal/postal-file'
import type { ChosenFile } from '../../platform/open-file'

const compress = promisify(brotliCompress)

/** Twice the largest file of Japan Post. */
const MOST_BYTES = 64 * 1024 * 1024
const PROBE_BYTES = 64 * 1024
/** Quick, and still a fifth of the text. */
const QUALITY = 5

/** The file by its beginning: UTF-8 where it is that, else the Windows form of Shift_JIS. */
async function encodingOf(path: string): Promise<'utf8' | 'cp932'> {
  const file = await open(path, 'r')
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(PROBE_BYTES), 0, PROBE_BYTES, 0)
    try {
      new TextDecoder('utf-8', { fatal: true }).decode(buffer.subarray(0, bytesRead), { stream: true })
      return 'utf8'
    } catch {
      return 'cp932'
    }
  } finally {
    await file.close()
  }
}

export interface PackedPostalData {
  readonly packed: Buffer
  readonly towns: number
  readonly codes: number
}

/**
 * Reads a file of Japan Post and packs it as the desk keeps it. Other work goes on between the pieces. Throws
 * `KenAllFault` for what is not such a file, and an `AbortError` when it was cancelled.
 */
export async function packKenAll(
  file: ChosenFile,
  about: {
    readonly date: string
    readonly signal: AbortSignal
    onProgress(percent: number, lines: number): void
  },
): Promise<PackedPostalData> {
  if (file.sizeBytes > MOST_BYTES) throw new KenAllFault('ファイルが大きすぎます(64MBまで)。', null)
  const encoding = await encodingOf(file.path)
  const reader = new KenAllReader()
  const bytes = createReadStream(file.path, { signal: about.signal })
  const records = bytes
    .pipe(iconv.decodeStream(encoding))
    .pipe(parse({ bom: true, relax_column_count: true, max_record_size: 20_000, skip_empty_lines: true }))
  bytes.on('error', (error) => records.destroy(error))
  try {
    for await (const record of records) {
      reader.push(Array.isArray(record) ? record.map(String) : [], reader.lines + 1)
      if (reader.lines % 2000 === 0) {
        about.onProgress(Math.floor((bytes.bytesRead / Math.max(file.sizeBytes, 1)) * 90), reader.lines)
      }
    }
  } catch (error) {
    if (error instanceof CsvError) throw new KenAllFault('CSVとして読めません。', reader.lines + 1)
    throw error
  } finally {
    bytes.destroy()
  }
  const { header, text } = encodePostalFile(reader.finish(), {
    source: file.name.slice(0, 200),
    date: about.date,
  })
  about.onProgress(92, reader.lines)
  const packed = await compress(text, { params: { [constants.BROTLI_PARAM_QUALITY]: QUALITY } })
  about.signal.throwIfAborted()
  return { packed, towns: header.towns, codes: header.codes }
}

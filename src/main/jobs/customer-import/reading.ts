import type { MessagePort } from 'node:worker_threads'
import { openReader } from '../../db/open-reader'
import { rowReader, type NormalRow } from '../../domain/customer-csv/normal-row'
import type { FromReader, ImportTask, ToReader } from './messages'
import type { ImportPlan } from './plan'
import { RowSource, type RowReading, type SourceRow } from '../csv-import/row-source'
import { Stager } from './stager'

/** The log is brought into the file each time so many rows have been written. */
const CHECKPOINT_ROWS = 1000

const readingOf = ({ reading, choices, skipTo }: ImportPlan): RowReading<NormalRow> => ({
  codePage: reading.codePage,
  delimiter: reading.delimiter,
  read: rowReader(reading.meanings),
  asks: (line) => choices.broken === 'ask' && line > skipTo,
})

/**
 * The reading thread of an import: reads the file ahead while others write, and hands over one chunk each time it is
 * asked. Whom the rows may already be is looked up only then, when the chunk before is in the database.
 */
export async function readForImport(task: ImportTask, port: MessagePort): Promise<void> {
  const reader = await openReader(task.config)
  const source = await RowSource.open(task.path, readingOf(task.plan), task.from)
  let numbersCame: (from: number) => void = () => undefined
  const stager = new Stager(task, reader, (count) => {
    const came = new Promise<number>((resolve) => {
      numbersCame = resolve
    })
    send({ kind: 'numbers-wanted', count })
    return came
  })
  const send = (message: FromReader) => port.postMessage(message)
  let rows: SourceRow<NormalRow>[] = []
  let written = 0
  let busy = false

  async function handOver(): Promise<void> {
    const [first] = rows
    if (!first) return send({ kind: 'end' })
    const { choices, skipTo } = task.plan
    if ('broken' in first.outcome && choices.broken === 'ask' && first.line > skipTo)
      return send({ kind: 'broken', row: first.outcome.broken })
    send({ kind: 'chunk', chunk: await stager.stage(rows) })
  }

  async function answer(message: Exclude<ToReader, { kind: 'numbers' }>): Promise<void> {
    if (message.kind === 'next') {
      written += rows.length
      if (written >= CHECKPOINT_ROWS) {
        reader.checkpoint()
        written = 0
      }
      rows = await source.take(message.limit)
    }
    await handOver()
  }

  async function readAhead(): Promise<void> {
    while (!busy && (await source.step())) await new Promise(setImmediate)
  }

  port.on('message', (message: ToReader) => {
    if (message.kind === 'numbers') return numbersCame(message.from)
    busy = true
    void working
      .then(() => answer(message))
      .then(() => {
        busy = false
        working = readAhead()
      })
      .catch(fail)
  })
  // Thrown outside of any promise, it ends the thread with this error.
  const fail = (error: unknown) =>
    setImmediate(() => {
      throw error
    })
  let working = readAhead()
}

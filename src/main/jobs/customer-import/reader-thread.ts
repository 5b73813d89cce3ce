import { once } from 'node:events'
import { takeCustomerNumbers } from '../../checkout/numbers'
import type { DeskDatabase } from '../../db/open-database'
import { openThread } from '../../platform/thread'
import type { BrokenRow } from '../csv-import/row-source'
import type { FromReader, ImportTask, StagedChunk, ToReader } from './messages'

type Handed = { readonly chunk: StagedChunk } | { readonly broken: BrokenRow } | 'end'

/** The reading thread as the import sees it. */
export interface ReaderThread {
  /** The next rows, at most so many; what came before is in the database now. */
  next(limit: number): Promise<Handed>
  /** The same rows once more, looked up anew. */
  again(): Promise<Handed>
  close(): Promise<void>
}

/** Starts the reading thread of an import. */
export function startReading(task: ImportTask, database: DeskDatabase): ReaderThread {
  const thread = openThread({
    from: import.meta.url,
    built: 'job-worker',
    source: '../job-worker.ts',
    data: task,
  })
  let waiting: { resolve(handed: Handed): void; reject(error: unknown): void } | null = null
  let broken: Error | null = null
  const settle = (handed: Handed) => {
    waiting?.resolve(handed)
    waiting = null
  }
  const fail = (error: Error) => {
    broken = error
    waiting?.reject(error)
    waiting = null
  }
  const send = (message: ToReader) => thread.postMessage(message)
  thread.on('message', (message: FromReader) => {
    switch (message.kind) {
      case 'chunk':
        return settle({ chunk: message.chunk })
      case 'broken':
        return settle({ broken: message.row })
      case 'end':
        return settle('end')
      case 'numbers-wanted': {
        const { count } = message
        takeCustomerNumbers(database.db, count).then((from) => send({ kind: 'numbers', from, count }), fail)
      }
    }
  })
  thread.on('error', (error) => fail(error instanceof Error ? error : new Error('the reading thread failed')))
  thread.on('exit', () => fail(new Error('the reading thread has ended')))
  const ask = (message: ToReader): Promise<Handed> =>
    new Promise((resolve, reject) => {
      if (broken) return reject(broken)
      waiting = { resolve, reject }
      send(message)
    })
  return {
    next: (limit) => ask({ kind: 'next', limit }),
    again: () => ask({ kind: 'again' }),
    async close() {
      const gone = broken ? Promise.resolve() : once(thread, 'exit')
      await thread.terminate()
      await gone
    },
  }
}

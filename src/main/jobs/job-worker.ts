import { parentPort, workerData } from 'node:worker_threads'
import { readForImport } from './customer-import/reading'
import type { ImportTask } from './customer-import/messages'

/** The thread of a job that reads much: what it does stands in its task. */
// The task comes from our own main thread, which typed it.
const task = workerData as ImportTask
if (!parentPort) throw new Error('started as no thread')
if (task.work === 'customer-import') await readForImport(task, parentPort)

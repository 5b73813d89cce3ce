import type { JobContext } from '../job-kind'
import { Pace } from '../pace'

/** A commit waits for the disk however little it writes: too short an aim would make many of them. */
const ALLOWED = { aimMs: 18, mostMs: 32 }

interface Work<Chunk> {
  /** Some contracts behind this id, with all that they are reckoned from; null: there are no more. */
  readonly read: (after: string, limit: number) => Promise<Chunk | null>
  /** Reckons them; the answer writes them. */
  readonly plan: (chunk: Chunk) => () => Promise<void>
}

/**
 * Goes through contracts in the order of their ids, a few at a time: while some are written, the next ones are read and
 * reckoned. Whatever ends it, what was begun to be written is written.
 */
export async function eachChunk<Chunk extends { readonly last: string }>(
  context: Pick<JobContext, 'closing' | 'cancelWanted'>,
  sizes: { readonly first: number; readonly least: number; readonly most: number },
  after: string,
  { read, plan }: Work<Chunk>,
): Promise<'end' | 'cancel' | 'closing'> {
  const pace = new Pace(sizes, ALLOWED)
  let next = read(after, pace.size)
  let writing = Promise.resolve()
  try {
    for (;;) {
      const chunk = await next
      if (context.closing.aborted) return 'closing'
      if (chunk === null) return 'end'
      if (context.cancelWanted()) return 'cancel'
      next = read(chunk.last, pace.size)
      // Whether it can be read is asked when it is needed.
      next.catch(() => undefined)
      const began = performance.now()
      const write = plan(chunk)
      const planned = performance.now() - began
      await writing
      const sent = performance.now()
      writing = write().then(() => pace.took(Math.max(planned, performance.now() - sent)))
      writing.catch(() => undefined)
    }
  } finally {
    await writing
  }
}

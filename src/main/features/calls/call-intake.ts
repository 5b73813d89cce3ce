import type { CallSource } from '../../../contract/calls'
import type { DeskEvent } from '../../../contract/system'
import type { DeskDatabase } from '../../db/open-database'
import { CallGate } from '../../domain/calls/call-gate'
import type { Caller } from '../../domain/calls/caller'
import type { Clock } from '../../platform/clock'
import type { Emitter } from '../../platform/emitter'
import { newId } from '../../platform/ids'
import type { Log } from '../../platform/log'
import { addCall, countRing } from './calls.repository'

export interface CallDeskDeps {
  readonly database: DeskDatabase
  readonly clock: Clock
  readonly log: Log
  readonly events: Emitter<DeskEvent>
  /** Name of this seat, now. */
  readonly seat: () => string
}

/** Takes what the telephone tells, and writes it down one after the other. */
export interface CallIntake {
  /** A telephone told of a call. Never throws, and holds nobody up. */
  ring(caller: Caller, source: CallSource): void
  /** Answered or passed over. */
  closed(id: string): void
  /** Calls that came too fast to be shown. */
  leftOut(): { count: number; at: number } | null
  forgetLeftOut(): void
  /** Resolves once everything that rang so far is written down. */
  settled(): Promise<void>
}

/** Repeated rings are written down, and told, at most this often. */
const REPEATS_MS = 500

export function callIntake(deps: CallDeskDeps): CallIntake {
  const { clock, events, log } = deps
  const { db } = deps.database
  const gate = new CallGate()
  const repeats = new Map<string, { times: number; at: number }>()
  let writing: Promise<void> = Promise.resolve()
  let telling: NodeJS.Timeout | null = null

  const changed = () => events.emit({ type: 'calls-changed' })
  const failed = (error: unknown) =>
    log.error({ err: error instanceof Error ? error.stack : 'unknown' }, 'a call could not be written down')
  function write(task: () => Promise<void>): void {
    writing = writing.then(task).catch(failed)
  }

  async function flushRepeats(): Promise<void> {
    const rung = [...repeats]
    repeats.clear()
    for (const [id, { times, at }] of rung) await countRing(db, id, times, at)
    changed()
  }
  /** Writes the rings that came again, together, a little later. */
  function tellSoon(): void {
    telling ??= setTimeout(() => {
      telling = null
      write(flushRepeats)
    }, REPEATS_MS)
  }

  return {
    ring(caller, source) {
      const now = clock.now()
      const verdict = gate.judge(caller, now)
      switch (verdict.kind) {
        case 'new': {
          const id = newId()
          const seat = deps.seat()
          gate.opened(id, caller, now)
          return write(async () => {
            await addCall(db, { id, seat, caller, source, now })
            changed()
          })
        }
        case 'repeat':
          repeats.set(verdict.id, { times: verdict.times, at: now })
          return tellSoon()
        case 'dropped':
          if (gate.dropped?.count === 1) log.warn({ source }, 'calls come too fast: more are only counted')
          return tellSoon()
      }
    },
    closed: (id) => gate.closed(id, clock.now()),
    leftOut: () => gate.dropped,
    forgetLeftOut: () => gate.forgetDropped(),
    async settled() {
      if (telling !== null) {
        clearTimeout(telling)
        telling = null
        write(flushRepeats)
      }
      await writing
    },
  }
}

import type { DeskEvent } from '../../contract/system'
import { readProfile, updateProfile } from '../app/profile'
import type { DeskDatabase } from '../db/open-database'
import type { CallWays } from '../features/calls/calls.router'
import { callDesk, type CallDesk } from '../features/calls/calls.service'
import { letGo, type ServingDeps } from '../features/serving/serving.service'
import type { Clock } from '../platform/clock'
import type { Emitter } from '../platform/emitter'
import { newId } from '../platform/ids'
import type { Log } from '../platform/log'
import type { SeatStore } from './seat-store'

/** What the program's surroundings do for calls. Without them (tests, tools) there is no clipboard to watch. */
export interface CallSurroundings {
  /** True when call links of the system open this program. */
  readonly linksOpenHere: () => boolean
  readonly ownCopy: (text: string) => void
}

/** The telephone of this seat, and whom it serves. */
export interface DeskCalls {
  readonly desk: CallDesk
  readonly ways: CallWays
  readonly serving: ServingDeps
  close(): Promise<void>
}

async function openWays(folder: string, surroundings: CallSurroundings | null): Promise<CallWays> {
  let { watchClipboard } = await readProfile(folder)
  return {
    view: () => ({ clipboard: watchClipboard, link: surroundings?.linksOpenHere() ?? false }),
    ownCopy: (text) => surroundings?.ownCopy(text),
    async watchClipboard(on) {
      watchClipboard = (await updateProfile(folder, { watchClipboard: on })).watchClipboard
    },
  }
}

interface CallOptions {
  readonly clock: Clock
  readonly log: Log
  readonly profileFolder: string
  readonly seat: SeatStore
  readonly callSurroundings?: CallSurroundings
}

/** Builds the telephone of a desk on its database. */
export async function openCalls(
  options: CallOptions,
  database: DeskDatabase,
  events: Emitter<DeskEvent>,
): Promise<DeskCalls> {
  const { clock, log } = options
  const desk = callDesk({ database, clock, log, events, seat: () => options.seat.name() })
  const serving: ServingDeps = { database, clock, holder: newId() }
  return {
    desk,
    ways: await openWays(options.profileFolder, options.callSurroundings ?? null),
    serving,
    async close() {
      await desk.settled()
      await letGo(serving).catch(() => undefined)
    },
  }
}

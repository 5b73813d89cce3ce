import type { CallFilter, CallSource, CallView } from '../../../contract/calls'
import { MAX_WAITING, SHOWN_MS } from '../../domain/calls/call-gate'
import { maskPhone, type Caller } from '../../domain/calls/caller'
import { Refusal } from '../../platform/refusal'
import { callIntake, type CallDeskDeps } from './call-intake'
import { phonesOf } from './callers.repository'
import {
  attachCall,
  countUnanswered,
  findCall,
  findCallOfCheckout,
  KEPT_MS,
  listCalls,
  passCall,
  purgeCalls,
  takeCall,
  waitingCalls,
} from './calls.repository'
import { callViews } from './views'

export type { CallDeskDeps }

interface CallPage {
  items: CallView[]
  next: string | null
  count: { value: number; more: boolean }
}

/** The telephone of this seat: what rings now, and who takes it. */
export interface CallDesk {
  /** A telephone told of a call. Never throws, and holds nobody up. */
  ring(caller: Caller, source: CallSource): void
  /** Resolves once everything that rang so far is written down. */
  settled(): Promise<void>
  bar(): Promise<{
    waiting: CallView[]
    unanswered: number
    leftOut: { count: number; at: number } | null
  }>
  behindLock(): Promise<{ masked: string; rangAt: number }[]>
  get(id: string): Promise<CallView>
  answer(id: string, userId: string): Promise<CallView>
  pass(id: string): Promise<void>
  hideLeftOut(): void
  history: CallHistory
}

/** 着信履歴 */
export interface CallHistory {
  attach(id: string, checkoutId: string): Promise<void>
  ofCheckout(checkoutId: string): Promise<CallView | null>
  list(input: { filter: CallFilter; cursor: string | null; limit: number }): Promise<CallPage>
  ofCustomer(input: { customerId: string; cursor: string | null; limit: number }): Promise<CallPage>
  /** Deletes calls of more than 30 days ago; answers how many. */
  purge(): Promise<number>
}

const UNANSWERED_MS = 86_400_000
const UNANSWERED_LIMIT = 100

export function callDesk(deps: CallDeskDeps): CallDesk {
  const { clock, events } = deps
  const { db } = deps.database
  const intake = callIntake(deps)
  const changed = () => events.emit({ type: 'calls-changed' })
  const waiting = () => waitingCalls(db, deps.seat(), clock.now() - SHOWN_MS, MAX_WAITING)
  async function get(id: string): Promise<CallView> {
    const row = await findCall(db, id)
    const [view] = row ? await callViews(deps, [row]) : []
    if (!view) throw new Refusal('NOT_FOUND')
    return view
  }

  return {
    ring: intake.ring,
    settled: intake.settled,
    async bar() {
      const now = clock.now()
      const span = { since: now - UNANSWERED_MS, shownSince: now - SHOWN_MS, limit: UNANSWERED_LIMIT }
      const [rows, unanswered] = await Promise.all([waiting(), countUnanswered(db, deps.seat(), span)])
      return { waiting: await callViews(deps, rows), unanswered, leftOut: intake.leftOut() }
    },
    behindLock: async () =>
      (await waiting()).map((row) => ({ masked: maskPhone(row.phone), rangAt: row.rang_at })),
    get,
    async answer(id, userId) {
      await get(id)
      if (!(await takeCall(db, id, userId, clock.now()))) throw new Refusal('ANSWERED')
      intake.closed(id)
      changed()
      return get(id)
    },
    async pass(id) {
      await passCall(db, id)
      intake.closed(id)
      changed()
    },
    hideLeftOut() {
      intake.forgetLeftOut()
      changed()
    },
    history: callHistory(deps),
  }
}

function callHistory(deps: CallDeskDeps): CallHistory {
  const { clock } = deps
  const { db } = deps.database
  async function pageOf(list: Omit<Parameters<typeof listCalls>[1], 'now'>): Promise<CallPage> {
    const page = await listCalls(db, { ...list, now: clock.now() })
    return { ...page, items: await callViews(deps, page.items) }
  }
  return {
    async attach(id, checkoutId) {
      if (!(await attachCall(db, id, checkoutId))) throw new Refusal('NOT_FOUND')
    },
    async ofCheckout(checkoutId) {
      const row = await findCallOfCheckout(db, checkoutId)
      return row ? ((await callViews(deps, [row]))[0] ?? null) : null
    },
    list: (input) => pageOf({ ...input, phones: null }),
    async ofCustomer({ customerId, cursor, limit }) {
      const phones = await phonesOf(db, customerId)
      if (phones.length === 0) return { items: [], next: null, count: { value: 0, more: false } }
      return pageOf({ filter: { text: '', state: [] }, cursor, limit, phones })
    },
    purge: () => purgeCalls(db, clock.now() - KEPT_MS),
  }
}

import { implement } from '@orpc/server'
import type { Kysely } from 'kysely'
import { calls } from '../../../contract/calls'
import type { Database } from '../../db/database.types'
import { sessionOf, type CallContext } from '../../platform/call-context'
import { candidatesFor } from './callers.repository'
import type { CallDesk } from './calls.service'

const os = implement(calls).$context<CallContext>()

/** The ways by which calls reach this PC, kept in its profile. */
export interface CallWays {
  view(): { clipboard: boolean; link: boolean }
  watchClipboard(on: boolean): Promise<void>
  /** The window copies this text itself: it is no call. */
  ownCopy(text: string): void
}

export interface CallsDeps {
  readonly desk: CallDesk
  readonly db: Kysely<Database>
  readonly ways: CallWays
}

export function callsRouter(deps: () => CallsDeps) {
  const desk = () => deps().desk
  return os.router({
    bar: os.bar.handler(() => desk().bar()),
    behindLock: os.behindLock.handler(() => desk().behindLock()),
    get: os.get.handler(({ input }) => desk().get(input.id)),
    answer: os.answer.handler(({ input, context }) => desk().answer(input.id, sessionOf(context).userId)),
    pass: os.pass.handler(async ({ input }) => {
      await desk().pass(input.id)
      return null
    }),
    hideLeftOut: os.hideLeftOut.handler(() => {
      desk().hideLeftOut()
      return null
    }),
    candidates: os.candidates.handler(async ({ input }) =>
      candidatesFor(deps().db, (await desk().get(input.id)).phone),
    ),
    attach: os.attach.handler(async ({ input }) => {
      await desk().history.attach(input.id, input.checkoutId)
      return null
    }),
    ofCheckout: os.ofCheckout.handler(({ input }) => desk().history.ofCheckout(input.checkoutId)),
    list: os.list.handler(({ input }) => desk().history.list(input)),
    ofCustomer: os.ofCustomer.handler(({ input }) => desk().history.ofCustomer(input)),
    ways: os.ways.handler(() => deps().ways.view()),
    copied: os.copied.handler(({ input }) => {
      deps().ways.ownCopy(input.text)
      return null
    }),
    saveWays: os.saveWays.handler(async ({ input }) => {
      await deps().ways.watchClipboard(input.clipboard)
      return null
    }),
  })
}

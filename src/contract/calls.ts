import { z } from 'zod'
import { procedure } from './procedure'
import { Id, Instant, page, PageInput, text } from './values'

/** Longest clipboard text that could be a telephone number alone, in characters. */
export const MAX_COPIED = 24

/** Whether the telephone told a number, or why not: 非通知, 公衆電話, 表示圏外, or nothing at all. */
export const CallerKind = z.enum(['number', 'withheld', 'payphone', 'out-of-area', 'none'])
export type CallerKind = z.infer<typeof CallerKind>

/** By which way a call came in. */
export const CallSource = z.enum(['link', 'argument', 'clipboard'])
export type CallSource = z.infer<typeof CallSource>

export const CallState = z.enum(['waiting', 'answered', 'unanswered'])
export type CallState = z.infer<typeof CallState>

/** Customers who have this number, now. */
export const CallMatch = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('one'), customerId: Id, name: z.string() }),
  z.object({ kind: z.literal('several'), count: z.int() }),
  /** The number is nobody's. */
  z.object({ kind: z.literal('unknown') }),
  /** The call came without a number. */
  z.object({ kind: z.literal('no-number') }),
])
export type CallMatch = z.infer<typeof CallMatch>

export const CallView = z.object({
  id: Id,
  kind: CallerKind,
  /** Digits; empty without a number. */
  phone: z.string(),
  match: CallMatch,
  rangAt: Instant,
  lastRangAt: Instant,
  /** How often the telephone told of this call. */
  times: z.int(),
  seat: z.string(),
  state: CallState,
  answeredBy: z.string().nullable(),
  answeredAt: Instant.nullable(),
  /** The order that was opened for it. */
  checkoutId: Id.nullable(),
  /** After this it is deleted. */
  keptUntil: Instant,
})
export type CallView = z.infer<typeof CallView>

export const CallCandidate = z.object({
  id: Id,
  number: z.int(),
  name: z.string(),
  kana: z.string(),
  phone: z.string(),
  address: z.string(),
})
export type CallCandidate = z.infer<typeof CallCandidate>

export const CallFilter = z.object({
  /** Digits of the number, or the end of it. */
  text: text(30).default(''),
  state: z
    .array(z.enum(['answered', 'unanswered']))
    .max(2)
    .default([]),
})
export type CallFilter = z.infer<typeof CallFilter>

const one = z.object({ id: Id })

export const calls = {
  /** What waits at this seat, the oldest first, and what was missed. */
  bar: procedure('call.use').output(
    z.object({
      waiting: z.array(CallView),
      /** Unanswered calls of this seat within the last 24 hours; at most 100 are counted. */
      unanswered: z.int(),
      /** Calls that came faster than anyone could answer: not shown, only counted. */
      leftOut: z.object({ count: z.int(), at: Instant }).nullable(),
    }),
  ),
  /** For the locked screen: that somebody rings, without telling who. */
  behindLock: procedure('session').output(z.array(z.object({ masked: z.string(), rangAt: Instant }))),
  get: procedure('call.use').input(one).output(CallView),
  /** 応答: this person takes the call. Repeating it is harmless. */
  answer: procedure('call.use')
    .input(one)
    .output(CallView)
    .errors({ ANSWERED: { message: 'この着信は、ほかの担当者が応答済みです。' } }),
  /** 見送る: out of the bar; it stays unanswered in 着信履歴. */
  pass: procedure('call.use').input(one).output(z.null()),
  /** Takes the words about left-out calls off the bar. */
  hideLeftOut: procedure('call.use').output(z.null()),
  /** Customers who have the number of this call. */
  candidates: procedure('call.use').input(one).output(z.array(CallCandidate).max(20)),
  /** Notes which order was opened for an answered call. */
  attach: procedure('call.use')
    .input(one.extend({ checkoutId: Id }))
    .output(z.null()),
  /** The call for which an order was opened. */
  ofCheckout: procedure('call.use')
    .input(z.object({ checkoutId: Id }))
    .output(CallView.nullable()),
  /** 着信履歴: the calls of the last 30 days at all seats, newest first. */
  list: procedure('call.use')
    .input(PageInput.extend({ filter: CallFilter.default({ text: '', state: [] }) }))
    .output(page(CallView)),
  /** Calls from any number of a customer, newest first. */
  ofCustomer: procedure('call.use')
    .input(PageInput.extend({ customerId: Id }))
    .output(page(CallView)),
  /** By which ways calls reach this PC besides the command line. */
  ways: procedure('call.use').output(
    z.object({
      /** Watches the clipboard for telephone numbers. */
      clipboard: z.boolean(),
      /** Call links open this program. */
      link: z.boolean(),
    }),
  ),
  /** This window is copying this text itself: as a number on the clipboard it is no call. */
  copied: procedure('call.use')
    .input(z.object({ text: text(MAX_COPIED) }))
    .output(z.null()),
  saveWays: procedure('settings.write')
    .input(z.object({ clipboard: z.boolean() }))
    .output(z.null()),
}

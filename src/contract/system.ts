import { eventIterator } from '@orpc/contract'
import { z } from 'zod'
import { DeskMode } from './auth'
import { JobView } from './jobs'
import { KeypadLamp } from './keypad'
import { procedure } from './procedure'
import { Id } from './values'

/** Facts of the program that the first screen needs. */
export const SystemInfo = z.object({
  version: z.string(),
  /** Null before the first-run wizard. */
  mode: DeskMode.nullable(),
  /** Sign-in data of the sample shop; only in training with sample data. */
  sampleAccount: z.object({ email: z.string(), password: z.string() }).nullable(),
  supportContact: z.string(),
})
export type SystemInfo = z.infer<typeof SystemInfo>

export const ServiceLamp = z.object({
  state: z.enum(['connected', 'trouble', 'not-set-up']),
  /** Why, in words for the operator; null when connected. */
  reason: z.string().nullable(),
  name: z.string().nullable(),
})
export type ServiceLamp = z.infer<typeof ServiceLamp>

/** What main tells an open window without being asked. */
export const DeskEvent = z.discriminatedUnion('type', [
  z.object({ type: z.literal('keypad'), lamp: KeypadLamp }),
  z.object({ type: z.literal('service'), lamp: ServiceLamp }),
  /** A keypad was seen, lost, registered, stopped, or something happened to it. */
  z.object({ type: z.literal('keypad-changed'), keypadId: Id }),
  /** Long work has begun, gone on, or ended. */
  z.object({ type: z.literal('job'), job: JobView }),
  z.object({ type: z.literal('locked') }),
  /** A call came in at this seat, or one was answered. Who calls is asked for apart: a locked screen hears this too. */
  z.object({ type: z.literal('calls-changed') }),
  /** A contact, a callback, a pinned note or a check of identity has changed. */
  z.object({ type: z.literal('contacts-changed'), customerId: Id }),
  /** 定期: somebody is to be called about a turn or instead of a mail, or is not any more. */
  z.object({ type: z.literal('attention-changed') }),
  z.object({ type: z.literal('order-made'), orderId: Id, orderNumber: z.int() }),
  /** A payment of this checkout has moved (reconciled, expired, voided). */
  z.object({ type: z.literal('payment-moved'), checkoutId: Id }),
])
export type DeskEvent = z.infer<typeof DeskEvent>

export const system = {
  info: procedure('public').output(SystemInfo),
  /** Events for this window; begins with the present state of both lamps. */
  events: procedure('session').output(eventIterator(DeskEvent)),
  /** The one door to the world's pages: only addresses on a fixed list open, in the person's browser. */
  openExternal: procedure('session')
    .input(z.object({ link: z.enum(['postal-code-search', 'keypad-provider']) }))
    .output(z.null()),
  /** The renderer's crash screen reports here; main answers with the support code of the log line. */
  reportCrash: procedure('public')
    .input(z.object({ message: z.string().max(2000), stack: z.string().max(8000) }))
    .output(z.object({ supportCode: z.string() })),
}

import { eventIterator } from '@orpc/contract'
import { z } from 'zod'
import { Failure } from './failures'
import { procedure } from './procedure'
import { Id, Instant } from './values'

/** The lamp of the top bar. */
export const KeypadLamp = z.object({
  state: z.enum(['off', 'connected', 'busy', 'trouble', 'checking']),
  /** Serial number of the device, when known. */
  serial: z.string().nullable(),
  /** Who holds it, when busy at another seat. */
  holder: z.string().nullable(),
  /** Why and what to do, when in trouble. */
  failure: Failure.nullable(),
})
export type KeypadLamp = z.infer<typeof KeypadLamp>

/** A card as a screen may see it: brand, last 3 digits, expiry. */
export const ShownCard = z.object({
  cardId: Id,
  brand: z.string(),
  last3: z.string(),
  /** YYMM */
  expiryYYMM: z.string(),
  /** `soon`: over by the end of the next month, 期限間近. */
  validity: z.enum(['good', 'soon', 'over']),
  onFile: z.boolean(),
})
export type ShownCard = z.infer<typeof ShownCard>

/** From which menu the keypad is opened, and for what. One popup and one code path serve all of them. */
export const KeypadIntent = z.object({
  /** 注文登録, 注文一覧(検索), 顧客一覧(検索), 定期注文マスター. */
  menu: z.enum(['order-entry', 'order-list', 'customers', 'subscription-master']),
  checkoutId: Id,
})
export type KeypadIntent = z.infer<typeof KeypadIntent>

/** The steps of one card entry. The stream ends after done, cancelled, timed-out or failed. */
export const KeypadEntryEvent = z.discriminatedUnion('step', [
  z.object({
    step: z.literal('waiting'),
    deadline: Instant,
    timeoutMs: z.int(),
    serial: z.string().nullable(),
  }),
  z.object({ step: z.literal('receiving') }),
  /** A read was refused and the entry goes on: the operator keys the card again. */
  z.object({ step: z.literal('misread'), failure: Failure }),
  z.object({ step: z.literal('tokenizing') }),
  z.object({ step: z.literal('done'), card: ShownCard }),
  z.object({ step: z.literal('cancelled') }),
  z.object({ step: z.literal('timed-out'), failure: Failure }),
  z.object({ step: z.literal('failed'), failure: Failure }),
])
export type KeypadEntryEvent = z.infer<typeof KeypadEntryEvent>

export const keypad = {
  lamp: procedure('keypad.use').output(KeypadLamp),
  /** Opens one card entry and tells its steps. Ending the stream cancels the entry; a later frame is wiped. */
  enterCard: procedure('keypad.use')
    .input(z.object({ intent: KeypadIntent }))
    .output(eventIterator(KeypadEntryEvent)),
}

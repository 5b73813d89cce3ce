import { z } from 'zod'
import { CheckoutPurpose, CheckoutStage, CheckoutView } from './checkout'
import { procedure } from './procedure'
import { Id, Instant } from './values'

/** Orders that one person can have open at once: as many as Ctrl+1 … Ctrl+9 reach. */
export const MAX_TABS = 9

/** An order that is open as a tab, as its last save left it. */
export const OrderTab = z.object({
  checkoutId: Id,
  purpose: CheckoutPurpose,
  stage: CheckoutStage,
  /** Name of the customer; null while there is none. */
  customerName: z.string().nullable(),
  /** A customer of the file. */
  customerId: Id.nullable(),
  /** Digits as typed so far. */
  phone: z.string(),
  /** The order that is being changed. */
  changesNumber: z.int().nullable(),
  heldUntil: Instant.nullable(),
  /** Nothing was entered yet. */
  isEmpty: z.boolean(),
  openedAt: Instant,
  /** Last save. */
  updatedAt: Instant,
})
export type OrderTab = z.infer<typeof OrderTab>

const tooMany = {
  TOO_MANY: {
    message: '注文を同時に開けるのは9件までです。開いている注文を閉じてから、もう一度お試しください。',
  },
} as const

/** The tab that was closed to make room: its draft stays among 途中の注文. */
const parked = OrderTab.nullable()

/**
 * A tenth order makes room by itself, so that no caller waits: the order that rested longest is closed, unless it is on
 * hold, a change, or past its form. TOO_MANY when there is none.
 */
export const orderTabs = {
  /** The open orders of this person, in the order in which they were opened. Finished ones are gone. */
  list: procedure('checkout.use').output(z.array(OrderTab).max(MAX_TABS)),
  /** Makes a draft a tab; one that is open stays where it is. */
  open: procedure('checkout.use')
    .input(z.object({ checkoutId: Id }))
    .output(z.object({ parked }))
    .errors(tooMany),
  /** A new order in a tab of its own: the open one in which nothing was entered, or an empty draft. */
  begin: procedure('checkout.use')
    .output(z.object({ view: CheckoutView, parked }))
    .errors(tooMany),
  /** Closes a tab. The draft stays among 途中の注文; one in which nothing was entered is discarded. */
  close: procedure('checkout.use')
    .input(z.object({ checkoutId: Id }))
    .output(z.array(OrderTab).max(MAX_TABS)),
}

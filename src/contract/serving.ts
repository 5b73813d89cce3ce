import { z } from 'zod'
import { procedure } from './procedure'
import { Id, Instant } from './values'

/** Where a customer is open: in the form of an order, or in 顧客詳細. */
export const ServingPlace = z.enum(['order', 'detail'])
export type ServingPlace = z.infer<typeof ServingPlace>

/** Somebody else who serves a customer now. It informs; it never stands in the way of anything. */
export const Serving = z.object({
  customerId: Id,
  operatorName: z.string(),
  seat: z.string(),
  place: ServingPlace,
  since: Instant,
})
export type Serving = z.infer<typeof Serving>

/** How often a seat says that it still serves, milliseconds. */
export const SERVING_BEAT_MS = 20_000

export const serving = {
  /**
   * Says which customers are open at this seat, for the next 60 seconds, and answers who else serves them. Customers
   * that are no longer named are let go.
   */
  beat: procedure('customer.read')
    .input(z.object({ customers: z.array(z.object({ id: Id, place: ServingPlace })).max(20) }))
    .output(z.array(Serving)),
}

import { z } from 'zod'
import { UnfinishedCheckout } from './checkout'
import { procedure } from './procedure'
import { PlainDate, Yen } from './values'

export const home = {
  /** Today and the last 14 days of the shop, and what was left half-done. */
  summary: procedure('home.read').output(
    z.object({
      today: z.object({ date: PlainDate, orders: z.int(), total: Yen }),
      byDay: z.array(z.object({ date: PlainDate, orders: z.int(), total: Yen })),
      unfinished: z.array(UnfinishedCheckout),
    }),
  ),
}

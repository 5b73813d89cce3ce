import { z } from 'zod'
import { UnfinishedCheckout } from './checkout'
import { procedure } from './procedure'
import { Instant, PlainDate, Yen } from './values'

/** Something that waits for somebody at this desk, with where it is done. */
export const HomeTodo = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('inspections-failed'), count: z.int() }),
  z.object({ kind: z.literal('inspections-overdue'), count: z.int(), oldestDueOn: PlainDate }),
  z.object({ kind: z.literal('keypads-unregistered'), count: z.int() }),
  /** 更新失敗: the desk does not try again by itself. */
  z.object({ kind: z.literal('keypad-updates-failed'), count: z.int() }),
  /** 折り返し予約 of this person or of anyone that are due. */
  z.object({ kind: z.literal('callbacks-overdue'), count: z.int(), oldestDueAt: Instant }),
  /** SVエスカレーション without an answer, for supervisors. */
  z.object({ kind: z.literal('escalations-open'), count: z.int() }),
  /** This person's escalations that were answered and wait to be told. */
  z.object({ kind: z.literal('escalations-answered'), count: z.int() }),
  /** 確認待ち: held by the blacklist, for those who may let them go. */
  z.object({ kind: z.literal('orders-held'), count: z.int(), oldestAt: Instant }),
  /** 要対応 of 定期 whose customers nobody has called yet. */
  z.object({ kind: z.literal('turns-attention'), count: z.int(), nextShipOn: PlainDate }),
  /** 電話で連絡: mails of 定期 that can or may reach nobody. */
  z.object({ kind: z.literal('mails-phone'), count: z.int() }),
  z.object({ kind: z.literal('option-answer-overdue'), dueOn: PlainDate }),
  z.object({ kind: z.literal('option-mail'), state: z.enum(['stuck', 'unknown']) }),
])
export type HomeTodo = z.infer<typeof HomeTodo>

export const home = {
  /** Today and the last 14 days of the shop, and what was left half-done. */
  summary: procedure('home.read').output(
    z.object({
      today: z.object({ date: PlainDate, orders: z.int(), total: Yen }),
      byDay: z.array(z.object({ date: PlainDate, orders: z.int(), total: Yen })),
      unfinished: z.array(UnfinishedCheckout),
      /** For this person: the most urgent first. */
      todos: z.array(HomeTodo),
    }),
  ),
}

import { businessDate, tokyoHour } from '../../domain/calendar/tokyo'
import { Refusal } from '../../platform/refusal'
import { startRun, type SubscriptionRunsDeps } from './subscription-runs.service'

/**
 * Starts the run of today at the shop's hour, or as soon after it as a desk is open. Once a day, whatever seats are open;
 * what people start besides does not count. True when it has started one.
 */
export async function startDueRun(deps: SubscriptionRunsDeps, seat: string): Promise<boolean> {
  const { checkout } = deps
  const { db } = checkout.database
  const { runAtHour } = await checkout.subscriptionSettings()
  const now = checkout.clock.now()
  if (runAtHour === null || tokyoHour(now) < runAtHour) return false
  const made = await db
    .selectFrom('subscription_run')
    .select('id')
    .where('business_date', '=', businessDate(now))
    .where('started_by', 'is', null)
    .executeTakeFirst()
  if (made) return false
  // A job belongs to somebody; the report says that nobody has started it.
  const admin = await db
    .selectFrom('staff_user')
    .select('id')
    .where('role', '=', 'admin')
    .where('status', '=', 'active')
    .orderBy('created_at')
    .orderBy('id')
    .executeTakeFirst()
  if (!admin) return false
  try {
    await startRun(deps, { userId: admin.id, shownAs: null, seat }, { date: null })
    return true
  } catch (error) {
    if (error instanceof Refusal && error.code === 'RUN_GOES_ON') return false
    throw error
  }
}

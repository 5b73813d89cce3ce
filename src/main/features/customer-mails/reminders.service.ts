import { queueMail } from '../../checkout/subscription-mail'
import { addDays, businessDate } from '../../domain/calendar/tokyo'
import type { CustomerMailsDeps } from './deps'
import { kindsOn, mailDays } from './mail-templates.service'
import { endingCards, nearDeadlines } from './reminders.repository'

/** Reminders that one transaction queues. */
const AT_ONCE = 200

/**
 * Queues the mails that no event of a run begins: of cards that are over before the next turn, and of 変更期限 that are
 * near. Each contract is reminded once of each card and turn, whatever seats are open. The answer: how many.
 */
export async function queueReminders(deps: CustomerMailsDeps): Promise<number> {
  const { db } = deps.database
  const [on, { settings }] = await Promise.all([kindsOn(db), mailDays(db)])
  const today = businessDate(deps.clock.now())
  const readers = {
    'card-expiring': () =>
      endingCards(db, { until: addDays(today, settings.cardDaysBefore), limit: AT_ONCE }),
    'change-deadline': () =>
      nearDeadlines(db, { today, until: addDays(today, settings.deadlineDaysBefore), limit: AT_ONCE }),
  } as const
  let queued = 0
  for (const kind of ['card-expiring', 'change-deadline'] as const) {
    while (on.has(kind)) {
      const found = await readers[kind]()
      const results = await deps.database.batch(
        found.map((one) => queueMail(deps, { ...one, kind, cycleId: null })),
      )
      queued += results.filter(({ changes }) => changes === 1).length
      // Another seat, or a kind that was switched off meanwhile: the next timer looks again.
      if (found.length < AT_ONCE || results.every(({ changes }) => changes === 0)) break
    }
  }
  // Some of them may be for customers whom no mail reaches.
  if (queued > 0) deps.events.emit({ type: 'attention-changed' })
  return queued
}

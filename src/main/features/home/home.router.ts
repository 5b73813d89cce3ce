import { implement } from '@orpc/server'
import { home, type HomeTodo } from '../../../contract/home'
import { yen } from '../../../contract/values'
import type { Session } from '../../../contract/auth'
import type { CheckoutDeps } from '../../checkout/deps'
import { unfinishedCheckouts } from '../../checkout/unfinished'
import { addDays, businessDate } from '../../domain/calendar/tokyo'
import { sessionOf, type CallContext } from '../../platform/call-context'
import { mailsToCall } from '../customer-mails/customer-mails.service'
import { overdueCallbacks } from '../callbacks/callbacks.service'
import { waitingEscalations } from '../contact-log/contact-log.service'
import { inspectionReminders } from '../inspections/inspections.service'
import { failedUpdates, unregisteredKeypads } from '../keypad-monitor/keypad-monitor.service'
import { optionReminders, type OptionsDeps } from '../options/options.service'
import { waitingOrders } from '../orders/orders.service'
import { waitingTurns } from '../subscription-runs/attention.service'
import { salesByDay } from './home.repository'

const os = implement(home).$context<CallContext>()

/** Days of the chart on ホーム, today included. */
const DAYS = 14

/** Promises to customers come first: somebody waits for them. */
async function contactTodos({ database: { db }, clock }: OptionsDeps, session: Session): Promise<HomeTodo[]> {
  if (!session.permissions.includes('contact.use')) return []
  const todos: HomeTodo[] = []
  const { count, oldestDueAt } = await overdueCallbacks(db, session.userId, clock.now())
  if (oldestDueAt !== null) todos.push({ kind: 'callbacks-overdue', count, oldestDueAt })
  const { open, answered } = await waitingEscalations(db, session.userId)
  if (open > 0 && session.permissions.includes('contact.supervise'))
    todos.push({ kind: 'escalations-open', count: open })
  if (answered > 0) todos.push({ kind: 'escalations-answered', count: answered })
  return todos
}

/** Customers of 定期 who are to be called: about a card that was refused, or because no mail reaches them. */
async function subscriptionTodos({ database: { db } }: OptionsDeps, session: Session): Promise<HomeTodo[]> {
  if (!session.permissions.includes('subscription.write')) return []
  const [{ count, nextShipOn }, toCall] = await Promise.all([waitingTurns(db), mailsToCall(db)])
  const todos: HomeTodo[] = []
  if (nextShipOn !== null) todos.push({ kind: 'turns-attention', count, nextShipOn })
  if (toCall > 0) todos.push({ kind: 'mails-phone', count: toCall })
  return todos
}

/** What waits for this person, the most urgent first. */
async function todosOf(options: OptionsDeps, session: Session): Promise<HomeTodo[]> {
  const todos = [...(await contactTodos(options, session)), ...(await subscriptionTodos(options, session))]
  if (session.permissions.includes('order.release')) {
    const { count, oldestAt } = await waitingOrders(options.database.db)
    if (oldestAt !== null) todos.push({ kind: 'orders-held', count, oldestAt })
  }
  if (session.permissions.includes('keypad.inspect')) {
    const { failed, overdue, oldestDueOn } = await inspectionReminders(options, session)
    if (failed > 0) todos.push({ kind: 'inspections-failed', count: failed })
    if (oldestDueOn !== null) todos.push({ kind: 'inspections-overdue', count: overdue, oldestDueOn })
  }
  if (session.permissions.includes('keypad.manage')) {
    const { db } = options.database
    const [count, failed] = await Promise.all([unregisteredKeypads(db), failedUpdates(db)])
    if (count > 0) todos.push({ kind: 'keypads-unregistered', count })
    if (failed > 0) todos.push({ kind: 'keypad-updates-failed', count: failed })
  }
  if (session.permissions.includes('option.apply')) {
    const { mail, answerDueOn } = await optionReminders(options)
    if (mail !== null) todos.push({ kind: 'option-mail', state: mail })
    if (answerDueOn !== null) todos.push({ kind: 'option-answer-overdue', dueOn: answerDueOn })
  }
  return todos
}

export function homeRouter(deps: () => CheckoutDeps, options: () => OptionsDeps) {
  return os.router({
    summary: os.summary.handler(async ({ context }) => {
      const today = businessDate(deps().clock.now())
      const [sales, unfinished, todos] = await Promise.all([
        salesByDay(deps().database.db, addDays(today, 1 - DAYS), today),
        unfinishedCheckouts(deps()),
        todosOf(options(), sessionOf(context)),
      ])
      const byDay = Array.from({ length: DAYS }, (_, index) => {
        const date = addDays(today, index + 1 - DAYS)
        const day = sales.get(date)
        return { date, orders: day?.orders ?? 0, total: yen(day?.total ?? 0) }
      })
      const last = byDay.at(-1) ?? { date: today, orders: 0, total: yen(0) }
      return { today: last, byDay, unfinished, todos }
    }),
  })
}

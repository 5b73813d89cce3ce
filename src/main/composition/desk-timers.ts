import type { CheckoutDeps } from '../checkout/deps'
import type { KeypadSeat } from '../checkout/keypad-seat'
import { reconcile } from '../checkout/reconcile'
import {
  purgeOldEvents,
  watchUpdates,
  type KeypadRegistry,
} from '../features/keypad-monitor/keypad-monitor.service'
import { queueReminders } from '../features/customer-mails/reminders.service'
import { sendDueMails } from '../features/customer-mails/sending.service'
import type { OptionsDeps } from '../features/options/deps'
import { sendDueMail } from '../features/options/outbox.service'
import { startDueRun } from '../features/subscription-runs/scheduled-run.service'
import type { Jobs } from '../platform/jobs.port'
import { repeat } from '../platform/timers'
import type { DeskCalls } from './desk-calls'

const RECONCILE_EVERY_MS = 10_000
const LAMP_EVERY_MS = 5_000
/** The sign-in screen comes first; nobody has signed in so soon. */
const FIRST_LAMP_MS = 400
const MAIL_EVERY_MS = 15_000
const REMIND_EVERY_MS = 600_000
const SEEN_EVERY_MS = 60_000
const UPDATES_EVERY_MS = 20_000
/** The run of 定期 begins at an hour of the shop. */
const RUN_EVERY_MS = 60_000
const PURGE_EVERY_MS = 86_400_000

/** What a desk does by the clock while it is open; the answer stops it and waits for what runs. */
export function startTimers(desk: {
  readonly checkout: CheckoutDeps
  readonly options: OptionsDeps
  readonly registry: KeypadRegistry
  readonly keypad: KeypadSeat
  readonly calls: DeskCalls
  readonly jobs: Jobs
  seatName(): string
  lightServiceLamp(): Promise<void>
}): () => Promise<void> {
  const { checkout, registry, keypad } = desk
  const { log } = checkout
  const failed = (error: unknown) =>
    log.error({ err: error instanceof Error ? error.stack : 'unknown' }, 'timer failed')
  const mails = { ...desk.options, events: checkout.events }
  const purge = async () => {
    const gone = await purgeOldEvents(checkout)
    if (gone > 0) log.info({ gone }, 'keypad events older than twelve months removed')
    const calls = await desk.calls.desk.history.purge()
    if (calls > 0) log.info({ calls }, 'calls older than thirty days removed')
  }
  const atStart = [
    reconcile(checkout, { atStart: true })
      .then((report) => log.info(report, 'reconciled at start'))
      .catch(failed),
    purge().catch(failed),
    queueReminders(mails).catch(failed),
  ]
  const firstLamp = setTimeout(() => void desk.lightServiceLamp().catch(failed), FIRST_LAMP_MS)
  const timers = [
    repeat(async () => void (await reconcile(checkout, { atStart: false })), RECONCILE_EVERY_MS, failed),
    repeat(desk.lightServiceLamp, LAMP_EVERY_MS, failed),
    repeat(() => sendDueMail(desk.options), MAIL_EVERY_MS, failed),
    repeat(() => sendDueMails(mails), MAIL_EVERY_MS, failed),
    repeat(async () => void (await queueReminders(mails)), REMIND_EVERY_MS, failed),
    repeat(() => registry.touch(keypad.port()?.place().latencyMs ?? null), SEEN_EVERY_MS, failed),
    repeat(() => watchUpdates(checkout), UPDATES_EVERY_MS, failed),
    repeat(async () => void (await startDueRun(desk, desk.seatName())), RUN_EVERY_MS, failed),
    repeat(purge, PURGE_EVERY_MS, failed),
  ]
  return async () => {
    clearTimeout(firstLamp)
    await Promise.all([...atStart, ...timers.map((stop) => stop())])
  }
}

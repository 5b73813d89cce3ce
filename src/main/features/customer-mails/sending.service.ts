import { sql } from 'kysely'
import { ExpectationFailed, UniqueViolation } from '../../db/errors'
import type { Statement } from '../../db/open-database'
import { businessDate } from '../../domain/calendar/tokyo'
import { retryAfterMs } from '../../domain/options/retry'
import type { MailOutcome, MailPort } from '../../gateways/mail.port'
import { newId } from '../../platform/ids'
import { mailServer, readMailSettings } from '../options/mail-settings.service'
import {
  changeStatement,
  markAbandoned,
  nextDueMail,
  putOff,
  readyAgain,
  unwrittenMails,
  type MailChange,
  type MailRow,
} from './customer-mails.repository'
import type { CustomerMailsDeps } from './deps'
import { isStillSo, reachFault, textOf } from './mail-text'
import { kindsOn, textsInUse } from './mail-templates.service'

/** A mail that has been "sending" for so long was left by a program that ended: longer than any visit takes. */
const ABANDONED_AFTER_MS = 5 * 60_000
/** Mails that one call sends at most; the timer comes again. */
const AT_ONCE = 50
const WRITTEN_AT_ONCE = 100
/** Temporary refusals of one mail, before a person has to act. */
const MOST_TRIES = 8
/** A server that is away is asked again after this at the latest. */
const LONGEST_WAIT_MS = 60 * 60_000

/** 定期購入 among the 用件 that a shop begins with. */
const TOPIC_ID = '0c0de000-0000-4000-8000-000000010005'

/** Says that the server cannot be used at all, whatever mail it is. */
const OF_SERVER: ReadonlySet<string> = new Set([
  'host-not-found',
  'connection-refused',
  'connection-lost',
  'timeout',
  'tls',
  'sign-in',
  'sender-refused',
])

/** Why this mail is not to go out, although it waits; null: it is. */
function stopOf(row: MailRow, on: ReadonlySet<string>, today: string): MailChange | null {
  if (!isStillSo(row, today)) return { state: 'cancelled', cause: 'outdated', next_try_at: null }
  // What a person has sent again goes out whatever the shop sends by itself.
  if (row.updated_by === null && !on.has(row.kind)) {
    return { state: 'cancelled', cause: 'kind-off', next_try_at: null }
  }
  const fault = reachFault(row)
  return fault === null ? null : { state: 'phone', cause: fault, next_try_at: null }
}

/** True when the change was kept; false when another seat was faster. */
async function tryBatch(deps: CustomerMailsDeps, statements: readonly Statement[]): Promise<boolean> {
  try {
    await deps.database.batch(statements)
    return true
  } catch (error) {
    if (error instanceof ExpectationFailed) return false
    throw error
  }
}

/** Somebody has to call this customer now: the screens that count them follow. */
function tellToCall({ events }: CustomerMailsDeps, row: MailRow, { state }: MailChange): void {
  if (state === 'phone') events.emit({ type: 'contacts-changed', customerId: row.customer_id })
}

/** Writes the texts of mails that wait, also while nothing can be sent: a person sees what would go out. */
export async function writeMails(deps: CustomerMailsDeps): Promise<void> {
  const { db } = deps.database
  const rows = await unwrittenMails(db, WRITTEN_AT_ONCE)
  if (rows.length === 0) return
  const [on, texts] = await Promise.all([kindsOn(db), textsInUse(db)])
  const now = deps.clock.now()
  const today = businessDate(now)
  for (const row of rows) {
    const change: MailChange = stopOf(row, on, today) ?? {
      ...(await textOf(db, row, texts, today)),
      recipient: row.email,
    }
    const kept = await tryBatch(deps, [changeStatement(db, row, { ...change, updated_at: now })])
    if (kept) tellToCall(deps, row, change)
  }
}

/** 対応履歴 says what the customer was written. */
function contactStatements(deps: CustomerMailsDeps, row: MailRow, now: number): Statement[] {
  const { db } = deps.database
  const id = newId()
  const contact = db.insertInto('contact_log').values({
    id,
    customer_id: row.customer_id,
    kind: 'contact',
    at: now,
    channel: 'mail',
    direction: 'out',
    topic_id: sql<string | null>`(select id from contact_master where id = ${TOPIC_ID})`,
    result_id: null,
    status: 'done',
    body: `件名: ${row.subject ?? ''}\n\n${row.body ?? ''}`.slice(0, 4000),
    due_on: null,
    // Nobody pressed a key: it stands under the name of whoever answers for the contract.
    operator_id: row.updated_by ?? row.operator_id,
    escalation: null,
    escalation_reason: null,
    escalated_at: null,
    escalated_by: null,
    escalation_answer: null,
    answered_at: null,
    answered_by: null,
    updated_at: now,
    version: 1,
  })
  const link = { log_id: id, order_id: row.order_id ?? '' }
  return [
    { query: contact.compile() },
    ...(row.order_id === null ? [] : [{ query: db.insertInto('contact_log_order').values(link).compile() }]),
  ]
}

/** What becomes of a mail after an attempt. */
function after(outcome: MailOutcome, tries: number, now: number): MailChange {
  switch (outcome.kind) {
    case 'accepted':
      return { state: 'sent', sent_at: now, next_try_at: null, cause: null, smtp_code: null }
    case 'unknown':
      return { state: 'unknown', next_try_at: null, cause: outcome.cause, smtp_code: null }
    case 'failed': {
      const { cause, smtpCode: smtp_code } = outcome
      const wait = Math.min(retryAfterMs(tries), LONGEST_WAIT_MS)
      if (OF_SERVER.has(cause)) return { state: 'waiting', next_try_at: now + wait, cause, smtp_code }
      // There is no such mailbox: the customer is called.
      if (outcome.permanent && cause === 'recipient-refused') {
        return { state: 'phone', next_try_at: null, cause, smtp_code }
      }
      if (outcome.permanent || tries >= MOST_TRIES) {
        return { state: 'failed', next_try_at: null, cause, smtp_code }
      }
      return { state: 'waiting', next_try_at: now + retryAfterMs(tries), cause, smtp_code }
    }
  }
}

/** Takes a mail for sending: `busy` when another one is under way anywhere. */
async function claim(deps: CustomerMailsDeps, row: MailRow): Promise<'taken' | 'lost' | 'busy'> {
  const now = deps.clock.now()
  const change = { state: 'sending', claimed_at: now, tries: row.tries + 1, updated_at: now } as const
  try {
    return (await tryBatch(deps, [changeStatement(deps.database.db, row, change)])) ? 'taken' : 'lost'
  } catch (error) {
    if (error instanceof UniqueViolation) return 'busy'
    throw error
  }
}

/** Ids and codes only: no address, no name, no word of the server. */
function tell({ log }: CustomerMailsDeps, row: MailRow, tries: number, outcome: MailOutcome): void {
  const told = {
    customerMailId: row.id,
    kind: row.kind,
    tries,
    outcome: outcome.kind,
    ...(outcome.kind === 'accepted' ? {} : { cause: outcome.cause }),
    ...(outcome.kind === 'failed' ? { smtpCode: outcome.smtpCode } : {}),
  }
  if (outcome.kind === 'accepted') log.info(told, 'customer mail sent')
  else log.warn(told, 'customer mail not sent')
}

/** Sends one mail that is taken, and marks it; false when the server cannot be used now. */
async function sendTaken(
  deps: CustomerMailsDeps,
  port: MailPort,
  from: string,
  row: MailRow,
): Promise<boolean> {
  const { db } = deps.database
  const outcome = await port.send({
    messageId: `<${row.id}@${from.slice(from.lastIndexOf('@') + 1)}>`,
    from,
    to: row.recipient ?? '',
    subject: row.subject ?? '',
    body: row.body ?? '',
    at: row.created_at,
  })
  const now = deps.clock.now()
  const tries = row.tries + 1
  const change = after(outcome, tries, now)
  const taken = { id: row.id, version: row.version + 1 }
  const isSent = outcome.kind === 'accepted'
  await tryBatch(deps, [
    changeStatement(db, taken, { ...change, updated_at: now }),
    ...(isSent ? contactStatements(deps, row, now) : []),
  ])
  tell(deps, row, tries, outcome)
  tellToCall(deps, row, change)
  if (isSent) {
    deps.events.emit({ type: 'contacts-changed', customerId: row.customer_id })
    if (row.cause !== null && OF_SERVER.has(row.cause)) await readyAgain(db, now, [...OF_SERVER])
    return true
  }
  if (outcome.kind !== 'failed' || !OF_SERVER.has(outcome.cause)) return true
  await putOff(db, change.next_try_at ?? now, outcome.cause)
  return false
}

/** Whether mail can be sent from this seat, with the address that it comes from. */
export async function senderOf(deps: CustomerMailsDeps) {
  const { db } = deps.database
  const [reached, { values }] = await Promise.all([mailServer(db, deps.box), readMailSettings(db)])
  if (!reached.ready) return { ready: false, stopped: reached.cause, from: values.senderAddress } as const
  if (values.senderAddress === '') return { ready: false, stopped: 'not-set-up', from: '' } as const
  return { ready: true, server: reached.server, from: values.senderAddress } as const
}

/** Sends what is due, one mail at a time over all seats, and stops at a server that cannot be used. */
export async function sendDueMails(deps: CustomerMailsDeps): Promise<void> {
  const { db } = deps.database
  const now = deps.clock.now()
  await markAbandoned(db, now, now - ABANDONED_AFTER_MS)
  await writeMails(deps)
  const sender = await senderOf(deps)
  if (!sender.ready) return
  const port = deps.openMail(sender.server)
  const on = await kindsOn(db)
  for (let sent = 0; sent < AT_ONCE; sent++) {
    const row = await nextDueMail(db, deps.clock.now())
    if (!row) return
    // It may have waited for hours since it was written.
    const stop = stopOf(row, on, businessDate(deps.clock.now()))
    if (stop !== null) {
      const change = { ...stop, updated_at: deps.clock.now() }
      if (await tryBatch(deps, [changeStatement(db, row, change)])) tellToCall(deps, row, stop)
      continue
    }
    const taken = await claim(deps, row)
    if (taken === 'busy') return
    if (taken === 'taken' && !(await sendTaken(deps, port, sender.from, row))) return
  }
}

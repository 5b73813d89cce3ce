import { MailCause, type MailView } from '../../../contract/options'
import { retryAfterMs } from '../../domain/options/retry'
import type { MailOutcome } from '../../gateways/mail.port'
import { Refusal } from '../../platform/refusal'
import type { OptionsDeps } from './deps'
import { mailServer } from './mail-settings.service'
import { changeMail, dueMails, mailById, markAbandoned, type MailRow } from './outbox.repository'

/** A mail that has been "sending" for so long was left by a program that ended: longer than any visit takes. */
const ABANDONED_AFTER_MS = 5 * 60_000

/** A mail as the screen sees it. */
export function mailView(row: MailRow): MailView {
  const cause = MailCause.safeParse(row.cause)
  return {
    id: row.id,
    version: row.version,
    state: row.state,
    to: row.recipient,
    subject: row.subject,
    attempts: row.attempts,
    createdAt: row.created_at,
    sentAt: row.sent_at,
    nextAttemptAt: row.next_attempt_at,
    cause: cause.success ? cause.data : null,
    smtpCode: row.smtp_code,
  }
}

/** What becomes of a mail after an attempt. */
function after(outcome: MailOutcome, attempts: number, now: number): Partial<MailRow> {
  switch (outcome.kind) {
    case 'accepted':
      return { state: 'sent', sent_at: now, next_attempt_at: null, cause: null, smtp_code: null }
    case 'unknown':
      return { state: 'unknown', next_attempt_at: null, cause: outcome.cause, smtp_code: null }
    case 'failed':
      return {
        state: 'queued',
        // A refusal for good is not repeated by itself: somebody has to mend an address or a password first.
        next_attempt_at: outcome.permanent ? null : now + retryAfterMs(attempts),
        cause: outcome.cause,
        smtp_code: outcome.smtpCode,
      }
  }
}

async function attempt(deps: OptionsDeps, row: MailRow): Promise<void> {
  const { db } = deps.database
  const attempts = row.attempts + 1
  const claim = { state: 'sending', claimed_at: deps.clock.now(), attempts } as const
  if (!(await changeMail(db, row, claim))) return
  const reached = await mailServer(db, deps.box)
  const outcome: MailOutcome = reached.ready
    ? await deps.openMail(reached.server).send({
        messageId: row.message_id,
        from: row.sender,
        to: row.recipient,
        subject: row.subject,
        body: row.body,
        at: row.created_at,
      })
    : { kind: 'failed', cause: reached.cause, smtpCode: null, permanent: false }
  await changeMail(db, { id: row.id, version: row.version + 1 }, after(outcome, attempts, deps.clock.now()))
  const told = {
    mailId: row.id,
    attempts,
    outcome: outcome.kind,
    ...(outcome.kind === 'accepted' ? {} : { cause: outcome.cause }),
    ...(outcome.kind === 'failed' ? { smtpCode: outcome.smtpCode } : {}),
  }
  if (outcome.kind === 'accepted') deps.log.info(told, 'mail sent')
  else deps.log.warn(told, 'mail not sent')
}

/** Sends what is due, each mail at most once at a time over all seats. */
export async function sendDueMail(deps: OptionsDeps): Promise<void> {
  const { db } = deps.database
  await markAbandoned(db, deps.clock.now() - ABANDONED_AFTER_MS)
  for (const row of await dueMails(db, deps.clock.now())) await attempt(deps, row)
}

/** 再送: puts a mail that waits, or whose fate is not known, in the queue for now. */
export async function resendMail(deps: OptionsDeps, mailId: string, version: number): Promise<void> {
  const { db } = deps.database
  const row = await mailById(db, mailId)
  if (!row) throw new Refusal('NOT_FOUND')
  const waits = row.state === 'queued' || row.state === 'unknown'
  const queued = { state: 'queued', next_attempt_at: deps.clock.now() } as const
  if (row.version !== version || !waits || !(await changeMail(db, row, queued))) {
    throw new Refusal('STALE', { version: row.version })
  }
  await sendDueMail(deps)
}

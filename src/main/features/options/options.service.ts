import type { OptionEvent, OptionView } from '../../../contract/options'
import { addBusinessDays } from '../../domain/calendar/business-days'
import { businessDate } from '../../domain/calendar/tokyo'
import { applicationMail } from '../../domain/options/application-mail'
import { optionAfter, optionEventsFrom } from '../../domain/options/option-states'
import { newId } from '../../platform/ids'
import { Refusal } from '../../platform/refusal'
import type { OptionsDeps } from './deps'
import { isComplete, readMailSettings } from './mail-settings.service'
import { applicantOf, contractRow, moveContract, stepRows, type Step } from './options.repository'
import { dropWaiting, insertMail, newestMail } from './outbox.repository'
import { mailView, sendDueMail } from './outbox.service'

export type { OptionsDeps }

/** The provider answers within so many business days (提供元の案内による). */
const ANSWER_BUSINESS_DAYS = 3

/** The contract with its steps and its mail, as an admin works on it. */
export async function optionView(deps: OptionsDeps): Promise<OptionView> {
  const { db } = deps.database
  const [contract, steps, mail, settings] = await Promise.all([
    contractRow(db),
    stepRows(db),
    newestMail(db),
    readMailSettings(db),
  ])
  const due = contract.answer_due_on
  return {
    state: contract.state,
    version: contract.version,
    answerDueOn: due,
    overdue: due !== null && businessDate(deps.clock.now()) > due,
    allowed: optionEventsFrom(contract.state),
    steps: steps.map((row) => ({
      id: row.id,
      event: row.event,
      from: row.from_state,
      to: row.to_state,
      at: row.at,
      by: row.done_by_name,
      note: row.note,
    })),
    mail: mail ? mailView(mail) : null,
    mailReady: isComplete(settings.values),
  }
}

/** The mail of an application made now by this person. */
export async function writeApplication(deps: OptionsDeps, userId: string, note: string) {
  const { db } = deps.database
  const { values } = await readMailSettings(db)
  if (!isComplete(values)) throw new Refusal('MAIL_NOT_SET_UP')
  const [who, contract] = await Promise.all([applicantOf(db, userId), contractRow(db)])
  const on = businessDate(deps.clock.now())
  const answerDueOn = addBusinessDays(on, ANSWER_BUSINESS_DAYS)
  const { subject, body } = applicationMail({
    shop: {
      name: who.shop_name,
      code: who.code,
      postalCode: who.postal_code,
      address: who.address,
      phone: who.phone,
    },
    applicant: { name: who.user_name, email: who.email },
    on,
    answerDueOn,
    note,
    again: contract.state === 'stopped',
  })
  return { from: values.senderAddress, to: values.providerAddress, subject, body, answerDueOn }
}

/** The step that an event makes of the contract as it stands; refuses what the machine does not know. */
async function stepFor(
  deps: OptionsDeps,
  event: OptionEvent,
  userId: string,
  note: string,
  version: number,
): Promise<Step> {
  const contract = await contractRow(deps.database.db)
  if (contract.version !== version) throw new Refusal('STALE', { version: contract.version })
  const from = contract.state
  const to = optionAfter(from, event)
  if (to === null) throw new Refusal('NOT_ALLOWED')
  return { id: newId(), event, from, to, at: deps.clock.now(), by: userId, note: note.trim() }
}

/** 確定: the state and its mail in one transaction; the sending follows, and never undoes the application. */
export async function applyForOption(
  deps: OptionsDeps,
  input: { version: number; note: string; userId: string },
): Promise<OptionView> {
  const step = await stepFor(deps, 'apply', input.userId, input.note, input.version)
  const { answerDueOn, ...mail } = await writeApplication(deps, input.userId, input.note)
  const domain = mail.from.slice(mail.from.lastIndexOf('@') + 1)
  await deps.database.db.transaction().execute(async (trx) => {
    await dropWaiting(trx)
    await moveContract(trx, input.version, step, answerDueOn)
    await insertMail(trx, {
      id: newId(),
      step_id: step.id,
      message_id: `<${step.id}@${domain}>`,
      sender: mail.from,
      recipient: mail.to,
      subject: mail.subject,
      body: mail.body,
      state: 'queued',
      attempts: 0,
      next_attempt_at: step.at,
      claimed_at: null,
      cause: null,
      smtp_code: null,
      created_at: step.at,
      sent_at: null,
      version: 1,
    })
  })
  // In the background: a slow server must not hold the screen; the timer takes up what is left.
  void sendDueMail(deps).catch((error: unknown) =>
    deps.log.error({ err: error instanceof Error ? error.stack : 'unknown' }, 'mail queue failed'),
  )
  return optionView(deps)
}

/** 取下げ, 回答を記録, 停止. A withdrawn application's mail does not go out if it has not yet. */
export async function stepOption(
  deps: OptionsDeps,
  input: { version: number; event: OptionEvent; note: string; userId: string },
): Promise<OptionView> {
  const step = await stepFor(deps, input.event, input.userId, input.note, input.version)
  await deps.database.db.transaction().execute(async (trx) => {
    await moveContract(trx, input.version, step, null)
    if (input.event !== 'stop') await dropWaiting(trx)
  })
  return optionView(deps)
}

/** What keeps cards from being keyed at a desk of this mode: training is free of the contract. */
export async function cardEntryBlock(deps: OptionsDeps): Promise<'not-applied' | 'stopped' | null> {
  if (deps.mode === 'training') return null
  const { state } = await contractRow(deps.database.db)
  return state === 'not-applied' || state === 'stopped' ? state : null
}

/** What ホーム reminds of: an answer that is late, a mail that has not gone out. */
export async function optionReminders(
  deps: OptionsDeps,
): Promise<{ answerDueOn: string | null; mail: 'stuck' | 'unknown' | null }> {
  const { state, overdue, answerDueOn, mail } = await optionView(deps)
  const failed = mail?.state === 'queued' && mail.cause !== null
  return {
    answerDueOn: overdue ? answerDueOn : null,
    mail: state !== 'applied' ? null : mail?.state === 'unknown' ? 'unknown' : failed ? 'stuck' : null,
  }
}

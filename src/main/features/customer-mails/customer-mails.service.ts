import {
  CustomerMailCause,
  type CustomerMailDetail,
  type CustomerMailFilter,
  type CustomerMailRow,
  type CustomerMailState,
  type MailQueueState,
} from '../../../contract/customer-mails'
import { MailCause } from '../../../contract/options'
import { ExpectationFailed } from '../../db/errors'
import { businessDate } from '../../domain/calendar/tokyo'
import { Refusal } from '../../platform/refusal'
import {
  changeStatement,
  countToCall,
  findMail,
  listMails,
  queueCounts,
  type MailChange,
  type MailRow,
} from './customer-mails.repository'
import type { CustomerMailsDeps } from './deps'
import { reachFault, textOf } from './mail-text'
import { kindsOn, textsInUse } from './mail-templates.service'
import { sendDueMails, senderOf } from './sending.service'

export type { CustomerMailsDeps }

type Action = 'resend' | 'cancel' | 'markCalled'

/** States out of which a person may bring a mail. */
const ALLOWED: Readonly<Record<Action, readonly CustomerMailState[]>> = {
  resend: ['waiting', 'failed', 'unknown', 'cancelled', 'phone'],
  cancel: ['waiting', 'failed', 'unknown', 'phone'],
  markCalled: ['phone', 'failed', 'unknown'],
}

function rowView(row: MailRow): CustomerMailRow {
  const cause = CustomerMailCause.safeParse(row.cause)
  return {
    id: row.id,
    version: row.version,
    kind: row.kind,
    state: row.state,
    customer: {
      id: row.customer_id,
      number: row.customer_number,
      name: `${row.family_name} ${row.given_name}`.trim(),
      phone: row.phone,
    },
    subscription: { id: row.subscription_id, number: row.contract_number },
    turn: row.turn,
    order:
      row.order_id === null || row.order_number === null
        ? null
        : { id: row.order_id, number: row.order_number },
    to: row.recipient,
    subject: row.subject,
    cause: cause.success ? cause.data : null,
    smtpCode: row.smtp_code,
    tries: row.tries,
    createdAt: row.created_at,
    sentAt: row.sent_at,
    nextTryAt: row.next_try_at,
  }
}

export async function list(
  deps: CustomerMailsDeps,
  wish: { filter: CustomerMailFilter; cursor: string | null; limit: number },
) {
  const found = await listMails(deps.database.db, wish)
  return { ...found, items: found.items.map(rowView) }
}

async function need({ database }: CustomerMailsDeps, id: string): Promise<MailRow> {
  const row = await findMail(database.db, id)
  if (!row) throw new Refusal('NOT_FOUND')
  return row
}

async function detailOf(deps: CustomerMailsDeps, row: MailRow): Promise<CustomerMailDetail> {
  const { db } = deps.database
  const { from } = await senderOf(deps)
  const written =
    row.subject !== null && row.body !== null
      ? { subject: row.subject, body: row.body }
      : await textOf(db, row, await textsInUse(db), businessDate(deps.clock.now()))
  const may = (action: Action) => ALLOWED[action].includes(row.state)
  return {
    ...rowView(row),
    text: { from, ...written },
    can: { resend: may('resend'), cancel: may('cancel'), markCalled: may('markCalled') },
  }
}

/** 電話で連絡: how many customers wait for a call. */
export const mailsToCall = countToCall

export const get = async (deps: CustomerMailsDeps, id: string) => detailOf(deps, await need(deps, id))

export async function queue(deps: CustomerMailsDeps): Promise<MailQueueState> {
  const { db } = deps.database
  const [sender, on, counts] = await Promise.all([senderOf(deps), kindsOn(db), queueCounts(db)])
  const { cause, ...shown } = counts
  const trouble = MailCause.safeParse(cause)
  return {
    ...shown,
    stopped: sender.ready ? null : sender.stopped,
    kindsOn: on.size,
    trouble: trouble.success ? trouble.data : null,
  }
}

interface Wish {
  readonly id: string
  readonly version: number
}

/** Brings a mail out of a state that allows it, over the version that was seen. */
async function act(
  deps: CustomerMailsDeps,
  { id, version }: Wish,
  action: Action,
  changeOf: (row: MailRow) => MailChange,
  by: string,
): Promise<CustomerMailDetail> {
  const { database, clock } = deps
  const row = await need(deps, id)
  if (row.version !== version) throw new Refusal('STALE', { version: row.version })
  if (!ALLOWED[action].includes(row.state)) throw new Refusal('NOT_NOW')
  const change = { ...changeOf(row), updated_at: clock.now(), updated_by: by }
  try {
    await database.batch([changeStatement(database.db, row, change)])
  } catch (error) {
    if (!(error instanceof ExpectationFailed)) throw error
    throw new Refusal('STALE', { version: (await need(deps, id)).version })
  }
  return get(deps, id)
}

/** 再送: in the queue for now, to the address that the customer's file has now. */
export async function resend(deps: CustomerMailsDeps, wish: Wish, by: string): Promise<CustomerMailDetail> {
  const now = deps.clock.now()
  const answer = await act(
    deps,
    wish,
    'resend',
    (row) => {
      if (reachFault(row) !== null) throw new Refusal('NO_ADDRESS')
      // Handed over before, perhaps taken: then the same text again, under the same Message-ID.
      const kept = row.state === 'unknown' ? {} : { subject: null, body: null }
      const fresh = { cause: null, smtp_code: null, tries: 0, next_try_at: now }
      return { state: 'waiting', recipient: row.email, ...fresh, ...kept }
    },
    by,
  )
  // In the background: a slow server must not hold the screen; the timer takes up what is left.
  void sendDueMails(deps).catch((error: unknown) =>
    deps.log.error({ err: error instanceof Error ? error.stack : 'unknown' }, 'customer mails failed'),
  )
  return answer
}

export const cancel = (deps: CustomerMailsDeps, wish: Wish, by: string) =>
  act(
    deps,
    wish,
    'cancel',
    () => ({ state: 'cancelled', cause: 'by-person', smtp_code: null, next_try_at: null }),
    by,
  )

export const markCalled = (deps: CustomerMailsDeps, wish: Wish, by: string) =>
  act(deps, wish, 'markCalled', () => ({ state: 'called', next_try_at: null }), by)

import type { Selectable } from 'kysely'
import { IdentitySettings, type IdentityQuestion, type IdentityState } from '../../../contract/identity-check'
import { formatPhone } from '../../../contract/text'
import type { CustomerTable } from '../../db/database.types'
import { businessDate } from '../../domain/calendar/tokyo'
import { newId } from '../../platform/ids'
import { Refusal } from '../../platform/refusal'
import { addContact, needCustomer, type ContactDeps } from '../contact-log/contact-log.service'
import { readSetting, writeSetting } from '../settings/settings.service'

const KEY = 'identity-check'

export const DEFAULT_IDENTITY: IdentitySettings = {
  enabled: true,
  questions: ['name-kana', 'phone', 'address', 'birthday'],
  required: 2,
  validMinutes: 30,
}

const WORDS: Readonly<Record<IdentityQuestion, string>> = {
  'name-kana': 'お名前(カナ)',
  phone: '電話番号',
  address: '住所',
  birthday: '生年月日',
  email: 'メールアドレス',
  'last-order': '直近のご注文',
}

/** The operator and the place where the caller is on the telephone. */
export interface AtTelephone {
  readonly userId: string
  readonly seat: string
}

export async function identitySettings({ database: { db } }: ContactDeps) {
  const { value, version } = await readSetting(db, KEY, IdentitySettings, DEFAULT_IDENTITY)
  return { version, values: value }
}

export async function saveIdentitySettings(
  deps: ContactDeps,
  change: { version: number; values: IdentitySettings },
  by: string,
) {
  const questions = [...new Set(change.values.questions)]
  const value = { ...change.values, questions, required: Math.min(change.values.required, questions.length) }
  const seen = { key: KEY, value, seenVersion: change.version, by, now: deps.clock.now() }
  const version = await writeSetting(deps.database.db, seen)
  return { version, values: value }
}

async function expectedOf(
  { database: { db } }: ContactDeps,
  row: Selectable<CustomerTable>,
): Promise<Readonly<Record<IdentityQuestion, string>>> {
  const last = await db
    .selectFrom('sales_order')
    .select(['number', 'ordered_at'])
    .where('customer_id', '=', row.id)
    .orderBy('ordered_at', 'desc')
    .limit(1)
    .executeTakeFirst()
  const others = await db
    .selectFrom('customer_other_phone')
    .select('digits')
    .where('customer_id', '=', row.id)
    .orderBy('position')
    .execute()
  return {
    'name-kana': `${row.family_kana} ${row.given_kana}`.trim(),
    phone: [row.phone, ...others.map(({ digits }) => digits)].filter(Boolean).map(formatPhone).join('、'),
    address: [row.prefecture, row.city, row.address, row.building ?? ''].join(''),
    birthday: row.birthday?.replaceAll('-', '/') ?? '',
    email: row.email ?? '',
    'last-order': last ? `${businessDate(last.ordered_at).replaceAll('-', '/')} 注文番号 ${last.number}` : '',
  }
}

/** What to ask this caller, and whether they were confirmed in this call. */
export async function identityState(
  deps: ContactDeps,
  customerId: string,
  at: AtTelephone,
): Promise<IdentityState> {
  const { db } = deps.database
  const row = await needCustomer(db, customerId)
  const [{ values }, expected, checks] = await Promise.all([
    identitySettings(deps),
    expectedOf(deps, row),
    db
      .selectFrom('identity_check')
      .innerJoin('staff_user', 'staff_user.id', 'identity_check.operator_id')
      .selectAll('identity_check')
      .select('staff_user.name as by')
      .where('customer_id', '=', customerId)
      .orderBy('at', 'desc')
      .orderBy('identity_check.id', 'desc')
      .limit(20)
      .execute(),
  ])
  const questions = values.questions
    .map((question) => ({ question, expected: expected[question] }))
    .filter((one) => one.expected !== '')
  const now = deps.clock.now()
  const here = checks.find((check) => check.operator_id === at.userId && check.seat === at.seat)
  const isStanding =
    here !== undefined && here.outcome === 'verified' && here.ended_at === null && here.valid_until > now
  const [last] = checks
  return {
    enabled: values.enabled,
    required: Math.min(values.required, Math.max(questions.length, 1)),
    questions,
    verifiedUntil: isStanding ? here.valid_until : null,
    last: last ? { at: last.at, by: last.by, outcome: last.outcome } : null,
  }
}

/** Notes a check and what came of it, also among the contacts. The answers are not handed over, and not kept. */
export async function recordCheck(
  deps: ContactDeps,
  check: {
    readonly customerId: string
    readonly asked: readonly { readonly question: IdentityQuestion; readonly matched: boolean }[]
  },
  at: AtTelephone,
): Promise<IdentityState> {
  const { customerId } = check
  const before = await identityState(deps, customerId, at)
  const asked = [...new Map(check.asked.map((one) => [one.question, one])).values()]
  const known = new Set(before.questions.map(({ question }) => question))
  if (asked.some(({ question }) => !known.has(question))) throw new Refusal('NOT_ASKED')
  const matched = asked.filter((one) => one.matched)
  const outcome = matched.length >= before.required ? 'verified' : 'failed'
  const now = deps.clock.now()
  const { values } = await identitySettings(deps)
  await deps.database.db
    .insertInto('identity_check')
    .values({
      id: newId(),
      customer_id: customerId,
      at: now,
      operator_id: at.userId,
      seat: at.seat,
      asked: JSON.stringify(asked),
      outcome,
      valid_until: now + values.validMinutes * 60_000,
      ended_at: null,
    })
    .execute()
  await addContact(deps, { ...contactOf(asked, outcome), customerId }, at.userId)
  return identityState(deps, customerId, at)
}

function contactOf(
  asked: readonly { readonly question: IdentityQuestion; readonly matched: boolean }[],
  outcome: 'verified' | 'failed',
) {
  const names = (matched: boolean) =>
    asked.filter((one) => one.matched === matched).map(({ question }) => WORDS[question])
  const part = (head: string, list: readonly string[]) =>
    list.length === 0 ? [] : [`${head}: ${list.join('、')}`]
  const body = [
    outcome === 'verified' ? '本人確認ができました。' : '本人確認ができませんでした。',
    ...part('一致', names(true)),
    ...part('不一致', names(false)),
  ].join('\n')
  return {
    kind: 'identity-check' as const,
    channel: 'phone' as const,
    direction: 'in' as const,
    topicId: null,
    resultId: null,
    status: 'done' as const,
    body,
    dueOn: null,
    orderIds: [],
  }
}

/** The call is over: whoever calls next is asked again. */
export async function endCall(
  deps: ContactDeps,
  customerId: string,
  at: AtTelephone,
): Promise<IdentityState> {
  await deps.database.db
    .updateTable('identity_check')
    .set({ ended_at: deps.clock.now() })
    .where('customer_id', '=', customerId)
    .where('operator_id', '=', at.userId)
    .where('seat', '=', at.seat)
    .where('ended_at', 'is', null)
    .execute()
  deps.events.emit({ type: 'contacts-changed', customerId })
  return identityState(deps, customerId, at)
}

import { z } from 'zod'
import type { DuplicateCandidate, DuplicatePair, PairsBy } from '../../../contract/customer-merge'
import { decodeCursor, encodeCursor } from '../../db/page'
import { factsOf, levelOf, SHOWN_FROM, scoreOf, type TooCommon } from '../../domain/customers/duplicate-score'
import { Refusal } from '../../platform/refusal'
import {
  distinctPairs,
  membersOf,
  pairKey,
  peopleOf,
  repeatedKeys,
  sideOf,
  type Key,
  type Person,
} from './candidates.repository'
import type { MergeDeps } from './deps'

const CANDIDATES = 50

const facts = (person: Person) => factsOf(person.row, person.otherPhones)

/** What one customer is looked up by. */
function keysOf({ row, otherPhones }: Person): { by: PairsBy; key: Key }[] {
  const phones = [...new Set([row.phone, ...otherPhones])].filter((phone) => phone !== '')
  const { postal_code: postalCode, family_kana: family, given_kana: given, email } = row
  return [
    ...phones.map((phone) => ({ by: 'phone' as const, key: [phone] })),
    ...(email ? [{ by: 'email' as const, key: [email] }] : []),
    ...(postalCode !== '' && family !== ''
      ? [{ by: 'kana' as const, key: [postalCode, family, given] }]
      : []),
  ]
}

/** Who may be the same person, the likeliest first: a few look-ups by index, whatever the number of customers. */
export async function candidatesOf(
  { database: { db } }: MergeDeps,
  customerId: string,
): Promise<DuplicateCandidate[]> {
  const self = (await peopleOf(db, [customerId])).get(customerId)
  if (!self) throw new Refusal('NOT_FOUND')
  const common = { phones: new Set<string>(), emails: new Set<string>() }
  const ids = new Set<string>()
  for (const { by, key } of keysOf(self)) {
    const members = await membersOf(db, by, key)
    for (const id of members ?? []) if (id !== customerId) ids.add(id)
    if (members === null && by === 'phone') common.phones.add(key[0] ?? '')
    if (members === null && by === 'email') common.emails.add(key[0] ?? '')
  }
  const [people, distinct] = await Promise.all([peopleOf(db, [...ids]), distinctPairs(db, [customerId])])
  const own = facts(self)
  return [...people.values()]
    .filter(({ row }) => !distinct.has(pairKey(row.id, customerId)))
    .map((person) => ({ person, ...scoreOf(own, facts(person), common) }))
    .filter(({ score }) => score >= SHOWN_FROM)
    .toSorted((a, b) => b.score - a.score || a.person.row.number - b.person.row.number)
    .slice(0, CANDIDATES)
    .map(({ person, score, reasons }) => ({
      customer: sideOf(person),
      score,
      level: levelOf(score),
      reasons: [...reasons],
    }))
}

const Cursor = z.array(z.string().max(300)).min(1).max(3)

/** Customers with one key, two by two; those of an earlier key in common stand there. */
async function pairsOf({ database: { db } }: MergeDeps, by: PairsBy, key: Key): Promise<DuplicatePair[]> {
  const members = await membersOf(db, by, key)
  if (members === null || members.length < 2) return []
  const [people, distinct] = await Promise.all([peopleOf(db, members), distinctPairs(db, members)])
  const sorted = [...people.values()].toSorted((a, b) => a.row.number - b.row.number)
  const pairs: DuplicatePair[] = []
  for (const [at, older] of sorted.entries()) {
    for (const newer of sorted.slice(at + 1)) {
      if (distinct.has(pairKey(older.row.id, newer.row.id))) continue
      const [one, other] = [facts(older), facts(newer)]
      const common = await commonOf(db, one, other)
      if (by === 'phone' && earlierPhone(one.phones, other.phones, common, key)) continue
      const { score, reasons } = scoreOf(one, other, common)
      if (score < SHOWN_FROM) continue
      pairs.push({
        older: sideOf(older),
        newer: sideOf(newer),
        score,
        level: levelOf(score),
        reasons: [...reasons],
      })
    }
  }
  return pairs
}

/** Whether the two have a smaller number in common, under which they were shown already. */
const earlierPhone = (
  one: ReadonlySet<string>,
  other: ReadonlySet<string>,
  common: TooCommon,
  [key = '']: Key,
): boolean => [...one].some((phone) => phone < key && other.has(phone) && !common.phones.has(phone))

/** Which of the phones and e-mail addresses that two have in common tell nothing. */
async function commonOf(
  db: MergeDeps['database']['db'],
  one: ReturnType<typeof facts>,
  other: ReturnType<typeof facts>,
): Promise<TooCommon> {
  const phones = new Set<string>()
  for (const phone of one.phones) {
    if (other.phones.has(phone) && (await membersOf(db, 'phone', [phone])) === null) phones.add(phone)
  }
  const sameMail = one.email !== '' && one.email === other.email
  const isCommon = sameMail && (await membersOf(db, 'email', [one.email])) === null
  return { phones, emails: new Set(isCommon ? [one.email] : []) }
}

/** Windows of an index that one page looks through at most: an answer comes soon, also where nobody is twice. */
const WINDOWS = 8

/**
 * A page of pairs that have one kind of key in common, in the order of the keys. It ends with the key that fills it, or
 * short of that, even empty, when it has looked long enough: then `next` goes on.
 */
export async function pairsPage(
  deps: MergeDeps,
  wish: { by: PairsBy; cursor: string | null; limit: number },
): Promise<{ items: DuplicatePair[]; next: string | null }> {
  const { by, limit } = wish
  const parts = by === 'kana' ? 3 : 1
  let after: Key | null = decodeCursor(wish.cursor, Cursor.length(parts))
  const items: DuplicatePair[] = []
  for (let windows = 0; windows < WINDOWS; windows++) {
    const window: Awaited<ReturnType<typeof repeatedKeys>> = await repeatedKeys(deps.database.db, by, after)
    for (const key of window.keys) {
      if (by === 'kana' && (key[0] === '' || key[1] === '')) continue
      items.push(...(await pairsOf(deps, by, key)))
      if (items.length >= limit) return { items, next: encodeCursor(key) }
    }
    if (window.end === null) return { items, next: null }
    after = window.end
  }
  return { items, next: after === null ? null : encodeCursor(after) }
}

/** Keeps that two customers are not one person, or forgets it. */
export async function setDistinct(
  { database: { db }, clock }: MergeDeps,
  [one, other]: readonly [string, string],
  distinct: boolean,
  userId: string,
): Promise<{ distinct: boolean }> {
  if (one === other) throw new Refusal('SAME_CUSTOMER')
  const people = await peopleOf(db, [one, other])
  if (people.size !== 2) throw new Refusal('NOT_FOUND')
  const [oneId = '', otherId = ''] = [one, other].toSorted((a, b) => (a < b ? -1 : 1))
  if (distinct) {
    await db
      .insertInto('customer_distinct')
      .values({ one_id: oneId, other_id: otherId, said_at: clock.now(), said_by: userId })
      .onConflict((conflict) => conflict.doNothing())
      .execute()
  } else {
    await db
      .deleteFrom('customer_distinct')
      .where('one_id', '=', oneId)
      .where('other_id', '=', otherId)
      .execute()
  }
  return { distinct }
}

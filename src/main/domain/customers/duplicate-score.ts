import { normalizeForSearch, normalizePhone, normalizePostalCode } from '../../../contract/text'
import type { DuplicateLevel, DuplicateReason } from '../../../contract/customer-merge'
import { addressKey } from './address-key'

/**
 * What two customers have in common is worth these points. Both of `address` and `postal-code` never count together.
 * A pair is shown from `SHOWN_FROM` points. Without a phone, an e-mail address, or kana with the postal code in common no
 * pair comes so far: these three are what the database looks candidates up by.
 */
export const SCORES: Readonly<Record<DuplicateReason, number>> = {
  phone: 40,
  email: 40,
  address: 30,
  kana: 25,
  'postal-code': 15,
  name: 8,
}

export const SHOWN_FROM = 40

/** From so many points on a pair is named 高い or 中くらい; below, 低い. */
export const LEVELS = { high: 80, middle: 60 } as const

/** More customers than this with one phone or e-mail address: it tells nothing of who they are (a switchboard, a dummy). */
export const TOO_COMMON = 20

/** A customer as stored. */
export interface DuplicateRow {
  readonly family_name: string
  readonly given_name: string
  readonly family_kana: string
  readonly given_kana: string
  readonly email: string | null
  readonly phone: string
  readonly postal_code: string
  readonly prefecture: string
  readonly city: string
  readonly address: string
  readonly building: string | null
}

/** What is compared, in the form in which it is compared; empty texts agree with nothing. */
export interface DuplicateFacts {
  readonly phones: ReadonlySet<string>
  readonly email: string
  readonly kana: string
  readonly name: string
  readonly postalCode: string
  readonly address: string
}

export function factsOf(row: DuplicateRow, otherPhones: readonly string[]): DuplicateFacts {
  return {
    phones: new Set([row.phone, ...otherPhones].map(normalizePhone).filter((phone) => phone !== '')),
    email: (row.email ?? '').normalize('NFKC').trim().toLowerCase(),
    kana: normalizeForSearch(row.family_kana + row.given_kana),
    name: normalizeForSearch(row.family_name + row.given_name),
    postalCode: normalizePostalCode(row.postal_code),
    address: addressKey(row.prefecture, row.city, row.address, row.building ?? ''),
  }
}

const agree = (one: string, other: string): boolean => one !== '' && one === other

/** What of a customer is too common to count. */
export interface TooCommon {
  readonly phones: ReadonlySet<string>
  readonly emails: ReadonlySet<string>
}

export const NOTHING_COMMON: TooCommon = { phones: new Set(), emails: new Set() }

export interface DuplicateScore {
  readonly score: number
  readonly reasons: readonly DuplicateReason[]
}

/** How likely two customers are one person, and why. The order of the two does not matter. */
export function scoreOf(
  one: DuplicateFacts,
  other: DuplicateFacts,
  common: TooCommon = NOTHING_COMMON,
): DuplicateScore {
  const samePhone = [...one.phones].some((phone) => other.phones.has(phone) && !common.phones.has(phone))
  const samePostalCode = agree(one.postalCode, other.postalCode)
  const sameAddress = samePostalCode && agree(one.address, other.address)
  const found: Readonly<Record<DuplicateReason, boolean>> = {
    phone: samePhone,
    email: agree(one.email, other.email) && !common.emails.has(one.email),
    address: sameAddress,
    kana: agree(one.kana, other.kana),
    'postal-code': samePostalCode && !sameAddress,
    name: agree(one.name, other.name),
  }
  const all: readonly DuplicateReason[] = ['phone', 'email', 'address', 'kana', 'postal-code', 'name']
  const reasons = all.filter((reason) => found[reason])
  return { reasons, score: reasons.reduce((sum, reason) => sum + SCORES[reason], 0) }
}

export const levelOf = (score: number): DuplicateLevel =>
  score >= LEVELS.high ? 'high' : score >= LEVELS.middle ? 'middle' : 'low'

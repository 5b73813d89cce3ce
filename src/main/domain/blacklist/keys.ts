import type { BlacklistField } from '../../../contract/blacklist'
import { normalizeForSearch, normalizePhone, normalizePostalCode } from '../../../contract/text'

/** What is known of one person of an order, or asked for by a condition. Empty: not known. */
export interface PersonData {
  readonly name: string
  readonly kana: string
  readonly phones: readonly string[]
  readonly email: string
  readonly postalCode: string
  /** From the prefecture to the house number, without the building. */
  readonly address: string
}

/** The dashes that people type between the numbers of an address. */
const DASHES = /[\p{Pd}−ー]/gu
/** 1丁目2番地の3号, 1番3 and 1-2-3 are the same place. */
const NUMBER_WORDS = /(?<=[0-9])(?:丁目|番地の?|番|号)/gu

/** An address in the one form in which it is compared. */
export function normalizeAddress(text: string): string {
  return normalizeForSearch(text)
    .replace(DASHES, '-')
    .replace(NUMBER_WORDS, '-')
    .replace(/-+/g, '-')
    .replace(/-(?![0-9])/g, '')
}

const normal: Readonly<Record<BlacklistField, (text: string) => string>> = {
  name: normalizeForSearch,
  kana: normalizeForSearch,
  phone: normalizePhone,
  email: normalizeForSearch,
  'postal-code': normalizePostalCode,
  address: normalizeAddress,
}

/** One value as it is looked up: field and normalised text. */
export interface BlacklistKey {
  readonly key: string
  readonly field: BlacklistField
}

/** The keys of a person, each once; what is empty has none. */
export function keysOf(person: PersonData): readonly BlacklistKey[] {
  const values: readonly (readonly [BlacklistField, string])[] = [
    ['name', person.name],
    ['kana', person.kana],
    ...person.phones.map((phone) => ['phone', phone] as const),
    ['email', person.email],
    ['postal-code', person.postalCode],
    ['address', person.address],
  ]
  const keys = new Map<string, BlacklistKey>()
  for (const [field, text] of values) {
    const value = normal[field](text)
    if (value !== '') keys.set(`${field}:${value}`, { key: `${field}:${value}`, field })
  }
  return [...keys.values()]
}

/** How many fields of a source have a value: one with fewer than are required matches when all of its own do. */
export const neededOf = (fields: Iterable<BlacklistField>, required: number): number =>
  Math.min(required, Math.max(new Set(fields).size, 1))

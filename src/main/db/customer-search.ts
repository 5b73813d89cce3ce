import { sql, type Kysely } from 'kysely'
import { bigramRuns, digitTrigrams, normalizeForSearch } from '../../contract/text'
import type { Database } from './database.types'
import type { DeskDatabase, Statement } from './open-database'

/** What of a customer can be found by fragments. */
export interface Searchable {
  readonly number: number
  readonly familyName: string
  readonly givenName: string
  readonly familyKana: string
  readonly givenKana: string
  readonly phone: string
  /** Further phones, digits only. */
  readonly otherPhones?: readonly string[]
  readonly email: string
  readonly postalCode: string
  readonly prefecture: string
  readonly city: string
  readonly address: string
  readonly building: string
}

/** Kinds of digits; each has its own tokens, so that a phone number is not met by a postal code. */
const PHONE = 'p'
const POSTAL_CODE = 'z'
const NUMBER = 'n'
const DIGITS = [PHONE, POSTAL_CODE, NUMBER] as const
/** The last four digits of a phone number, and whole numbers: one token each, found at once. */
const PHONE_END = 'e'
const WHOLE_PHONE = 'w'
const WHOLE_POSTAL_CODE = 'y'
const WHOLE_NUMBER = 'm'

const PHONE_END_LENGTH = 4
const POSTAL_CODE_LENGTH = 7

const phoneRuns = (phone: string): string[][] => [
  digitTrigrams(PHONE, phone),
  [PHONE_END + phone.slice(-PHONE_END_LENGTH)],
  [WHOLE_PHONE + phone],
]

/** The tokens of a customer, run by run: two characters of text, three digits of a number. The same on both databases. */
export function customerRuns(customer: Searchable): string[][] {
  const texts = [
    customer.familyName + customer.givenName,
    customer.familyKana + customer.givenKana,
    customer.email,
    customer.prefecture + customer.city + customer.address + customer.building,
  ]
  return [
    ...texts.flatMap(bigramRuns),
    digitTrigrams(NUMBER, String(customer.number)),
    [WHOLE_NUMBER + String(customer.number)],
    digitTrigrams(POSTAL_CODE, customer.postalCode),
    [WHOLE_POSTAL_CODE + customer.postalCode],
    ...[customer.phone, ...(customer.otherPhones ?? [])].flatMap(phoneRuns),
  ].filter((run) => run.length > 0)
}

/** Stands between runs, so that no phrase reaches from one into the next. */
const GAP = 'zgapz'

const sqliteDocument = (runs: readonly string[][]): string =>
  runs.map((run) => run.join(' ')).join(` ${GAP} `)

const lexeme = (token: string): string => `'${token.replaceAll("'", "''")}'`

/** A tsvector in its text form, with positions that leave a gap between runs. */
function postgresDocument(runs: readonly string[][]): string {
  const positions = new Map<string, number[]>()
  let at = 0
  for (const run of runs) {
    for (const token of run) positions.set(token, [...(positions.get(token) ?? []), ++at])
    at += 2
  }
  return [...positions].map(([token, places]) => `${lexeme(token)}:${places.join(',')}`).join(' ')
}

/** The tokens as the index of a database takes them. */
export const searchDocument = (kind: DeskDatabase['kind'], runs: readonly string[][]): string =>
  kind === 'sqlite' ? sqliteDocument(runs) : postgresDocument(runs)

/** Statements that make a customer findable, for the batch that writes the customer. */
export function indexCustomer(database: DeskDatabase, customer: Searchable): Statement[] {
  const runs = customerRuns(customer)
  const { number } = customer
  if (database.kind === 'sqlite') {
    const tokens = searchDocument('sqlite', runs)
    return [
      { query: sql`delete from customer_search where rowid = ${number}`.compile(database.db) },
      {
        query: sql`insert into customer_search (rowid, tokens) values (${number}, ${tokens})`.compile(
          database.db,
        ),
      },
    ]
  }
  return [
    {
      query:
        sql`insert into customer_search (customer_number, tokens) values (${number}, ${searchDocument('postgres', runs)}::tsvector)
        on conflict (customer_number) do update set tokens = excluded.tokens`.compile(database.db),
    },
  ]
}

/** One thing that a customer must contain: tokens side by side; the last may be the beginning of one. */
interface Phrase {
  readonly tokens: readonly string[]
  readonly open: boolean
}

/** A word: one of these phrases is enough. */
type Word = readonly Phrase[]

const whole = (kind: string, digits: string): Phrase => ({ tokens: [kind + digits], open: false })
const part = (kind: string, digits: string): Phrase => ({ tokens: digitTrigrams(kind, digits), open: false })

const text = (tokens: readonly string[]): Phrase => ({ tokens, open: false })

/** Of what digits may be the whole or a part: fewer than seven of an address or e-mail address, too. */
function digitWord(digits: string): Word {
  if (/^0\d{9,10}$/.test(digits)) return [whole(WHOLE_PHONE, digits)]
  const number = whole(WHOLE_NUMBER, digits)
  if (digits.length > POSTAL_CODE_LENGTH) return [part(PHONE, digits), number]
  if (digits.length === POSTAL_CODE_LENGTH) {
    return [part(PHONE, digits), whole(WHOLE_POSTAL_CODE, digits), number]
  }
  return [...DIGITS.map((kind) => part(kind, digits)), ...bigramRuns(digits).map(text)]
}

/** The tokens that the end of a phone number has to itself: for four digits, else null. */
export function phoneEndQuery(kind: DeskDatabase['kind'], text: string): string | null {
  const digits = text.normalize('NFKC').trim()
  if (!/^\d{4}$/.test(digits)) return null
  const phrase = whole(PHONE_END, digits)
  return kind === 'sqlite' ? sqlitePhrase(phrase) : postgresPhrase(phrase)
}

const isSingle = ([token = '']: readonly string[]): boolean => [...token].length === 1
const isSingleSign = (run: readonly string[]): boolean => isSingle(run) && /^[0-9a-z]$/.test(run[0] ?? '')

/**
 * Runs of a word that are looked up. A single digit or letter at either end of several runs (本町3-1) may be a piece of
 * more (本町3-12), and beginnings of tokens as common as those are slow to look up: the other runs decide.
 */
function runsOf(word: string): string[][] {
  const runs = bigramRuns(word)
  const kept = runs.filter((run, at) => !isSingleSign(run) || (at > 0 && at < runs.length - 1))
  return kept.length > 0 ? kept : runs.slice(0, 1)
}

/**
 * The phrases that a typed word asks for: three and more digits a part of a phone number, postal code or customer
 * number. One character begins a token; one digit is a token of its own, since a tenth of all tokens begin with it.
 */
function wordsOf(word: string): Word[] {
  const plain = normalizeForSearch(word).replace(/[-ー()+]/gu, '')
  if (/^[0-9]{3,}$/.test(plain)) {
    const digits = plain.startsWith('81') && word.includes('+') ? `0${plain.slice(2)}` : plain
    return [digitWord(digits)]
  }
  const runs = runsOf(word)
  return runs.map((tokens) => {
    const exact = isSingleSign(tokens) && (runs.length > 1 || /^[0-9]$/.test(tokens[0] ?? ''))
    return [{ tokens, open: isSingle(tokens) && !exact }]
  })
}

const sqlitePhrase = ({ tokens, open }: Phrase): string =>
  `"${tokens.join(' ').replaceAll('"', '""')}"${open ? '*' : ''}`
const postgresPhrase = ({ tokens, open }: Phrase): string =>
  tokens.map(lexeme).join(' <-> ') + (open ? ':*' : '')

/** What a typed fragment asks of the index, in the index's own language; null: nothing. */
export function searchQuery(kind: DeskDatabase['kind'], text: string): string | null {
  // A number is read and typed in groups: 03 1234 5678 is one word.
  const groups = /^[\d\s()+-]+$/u.test(text.normalize('NFKC')) ? [text] : text.split(/[\s\u3000]+/u)
  const words = groups.filter((word) => word.trim() !== '').flatMap(wordsOf)
  if (words.length === 0) return null
  const [phrase, or, and] =
    kind === 'sqlite' ? ([sqlitePhrase, ' OR ', ' AND '] as const) : ([postgresPhrase, ' | ', ' & '] as const)
  return words.map((word) => `(${word.map(phrase).join(or)})`).join(and)
}

export type CustomerDb = Kysely<Database>

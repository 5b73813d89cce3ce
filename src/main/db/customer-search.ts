import { sql, type Kysely, type RawBuilder, type SqlBool } from 'kysely'
import { bigramRuns, digitsOnly, normalizeForSearch, phoneTrigrams } from '../../contract/text'
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
  readonly email: string
  readonly postalCode: string
  readonly prefecture: string
  readonly city: string
  readonly address: string
  readonly building: string
}

/** The tokens of a customer, run by run: two characters of text, three digits of the phone. The same on both databases. */
export function customerRuns(customer: Searchable): string[][] {
  const texts = [
    customer.familyName + customer.givenName,
    customer.familyKana + customer.givenKana,
    customer.email,
    customer.prefecture + customer.city + customer.address + customer.building,
    String(customer.number),
    customer.postalCode,
  ]
  return [...texts.flatMap(bigramRuns), phoneTrigrams(customer.phone)]
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

/** Statements that make a customer findable, for the batch that writes the customer. */
export function indexCustomer(database: DeskDatabase, customer: Searchable): Statement[] {
  const runs = customerRuns(customer)
  const { number } = customer
  if (database.kind === 'sqlite') {
    const tokens = sqliteDocument(runs)
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
        sql`insert into customer_search (customer_number, tokens) values (${number}, ${postgresDocument(runs)}::tsvector)
        on conflict (customer_number) do update set tokens = excluded.tokens`.compile(database.db),
    },
  ]
}

/** One thing that a customer must contain: tokens side by side; the last may be the beginning of one. */
interface Phrase {
  readonly tokens: readonly string[]
  readonly open: boolean
}

/** The phrases that a typed word asks for. Three digits and more mean a phone number; one character begins a token. */
function phrasesOf(word: string): Phrase[] {
  const plain = normalizeForSearch(word).replace(/[-ー()+]/gu, '')
  if (/^[0-9]{3,}$/.test(plain)) return [{ tokens: phoneTrigrams(digitsOnly(word)), open: false }]
  return bigramRuns(word).map((tokens) => ({
    tokens,
    open: tokens.length === 1 && [...(tokens[0] ?? '')].length === 1,
  }))
}

const sqlitePhrase = ({ tokens, open }: Phrase): string =>
  `"${tokens.join(' ').replaceAll('"', '""')}"${open ? '*' : ''}`
const postgresPhrase = ({ tokens, open }: Phrase): string =>
  tokens.map(lexeme).join(' <-> ') + (open ? ':*' : '')

/** The condition under which a customer contains every word of the fragment; null: no condition. */
export function matchesFragment(database: DeskDatabase, text: string): RawBuilder<SqlBool> | null {
  const words = text.split(/[\s\u3000]+/u).filter((word) => word !== '')
  const phrases = words.flatMap(phrasesOf)
  if (phrases.length === 0) return null
  if (database.kind === 'sqlite') {
    const query = phrases.map(sqlitePhrase).join(' AND ')
    return sql<SqlBool>`customer.number in (select rowid from customer_search where customer_search match ${query})`
  }
  const query = phrases.map((phrase) => `(${postgresPhrase(phrase)})`).join(' & ')
  return sql<SqlBool>`customer.number in (
    select customer_number from customer_search where tokens @@ ${query}::tsquery)`
}

export type CustomerDb = Kysely<Database>

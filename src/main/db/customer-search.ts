import { sql, type Kysely, type RawBuilder, type SqlBool } from 'kysely'
import { bigrams, digitsOnly, normalizeForSearch, phoneTrigrams } from '../../contract/text'
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

/** The tokens of a customer: two characters of text, three digits of the phone. The same on both databases. */
export function customerTokens(customer: Searchable): string[] {
  const texts = [
    customer.familyName + customer.givenName,
    customer.familyKana + customer.givenKana,
    customer.email,
    customer.prefecture + customer.city + customer.address + customer.building,
  ]
  const tokens = [
    ...texts.flatMap(bigrams),
    ...phoneTrigrams(customer.phone),
    ...bigrams(String(customer.number)),
  ]
  return [...new Set([...tokens, ...bigrams(customer.postalCode)])]
}

/** Statements that make a customer findable, for the batch that writes the customer. */
export function indexCustomer(database: DeskDatabase, customer: Searchable): Statement[] {
  const tokens = customerTokens(customer).join(' ')
  const { number } = customer
  if (database.kind === 'sqlite') {
    return [
      { query: sql`delete from customer_search where rowid = ${number}`.compile(database.db) },
      {
        query: sql`insert into customer_search (rowid, tokens) values (${number}, ${tokens})`.compile(
          database.db,
        ),
      },
    ]
  }
  const vector = sql`array_to_tsvector(string_to_array(${tokens}, ' '))`
  return [
    {
      query: sql`insert into customer_search (customer_number, tokens) values (${number}, ${vector})
        on conflict (customer_number) do update set tokens = excluded.tokens`.compile(database.db),
    },
  ]
}

/** Tokens that a typed fragment asks for; null when it is too short to be looked up by pieces. */
function wantedTokens(fragment: string): { all: string[]; prefix: string | null } {
  const digits = digitsOnly(fragment)
  if (digits.length >= 3 && digits.length === normalizeForSearch(fragment).replace(/[-ー()+]/g, '').length) {
    return { all: phoneTrigrams(digits), prefix: null }
  }
  const tokens = bigrams(fragment)
  const [only] = tokens
  return tokens.length === 1 && only !== undefined && [...only].length === 1
    ? { all: [], prefix: only }
    : { all: tokens, prefix: null }
}

const quoted = (token: string): string => `"${token.replaceAll('"', '""')}"`

/** The condition under which a customer contains every word of the fragment; null: no condition. */
export function matchesFragment(database: DeskDatabase, text: string): RawBuilder<SqlBool> | null {
  const words = text.split(/[\s\u3000]+/u).filter((word) => word !== '')
  const wanted = words.map(wantedTokens)
  const all = [...new Set(wanted.flatMap((word) => word.all))]
  const prefixes = wanted.flatMap((word) => (word.prefix === null ? [] : [word.prefix]))
  if (all.length === 0 && prefixes.length === 0) return null
  if (database.kind === 'sqlite') {
    const query = [...all.map(quoted), ...prefixes.map((prefix) => `${quoted(prefix)}*`)].join(' AND ')
    return sql<SqlBool>`customer.number in (select rowid from customer_search where customer_search match ${query})`
  }
  const lexeme = (token: string, suffix: string) => `'${token.replaceAll("'", "''")}'${suffix}`
  const query = [
    ...all.map((token) => lexeme(token, '')),
    ...prefixes.map((prefix) => lexeme(prefix, ':*')),
  ].join(' & ')
  return sql<SqlBool>`customer.number in (
    select customer_number from customer_search where tokens @@ ${query}::tsquery)`
}

export type CustomerDb = Kysely<Database>

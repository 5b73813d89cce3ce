import type { CompiledQuery, Kysely, Selectable } from 'kysely'
import type { BlacklistField, BlacklistMatch, BlacklistSettings } from '../../contract/blacklist'
import { personOfFields } from '../db/blacklist-keys'
import { otherPhonesOf } from '../db/customer-write'
import type { CustomerTable, Database } from '../db/database.types'
import { prepared } from '../db/prepared'
import { keysOf, neededOf, type PersonData } from '../domain/blacklist/keys'
import type { CheckoutDeps } from './deps'
import type { CheckedForm } from './form-check'

/** What a match means for an order. */
export interface HoldDecision {
  readonly kind: 'hold' | 'mark'
  readonly matches: readonly BlacklistMatch[]
}

interface Person extends PersonData {
  readonly shipment: number | null
}

/** The caller and everybody to whom something is sent. */
function personsOf({ customer: { fields }, ...form }: CheckedForm, others: readonly string[]): Person[] {
  return [
    { shipment: null, ...personOfFields(fields, others) },
    ...form.shipments.map(({ shipTo }, index) => ({
      shipment: index + 1,
      name: shipTo.name,
      kana: '',
      phones: [shipTo.phone],
      email: '',
      postalCode: shipTo.postalCode,
      address: `${shipTo.prefecture}${shipTo.city}${shipTo.address}`,
    })),
  ]
}

type Listed = Pick<BlacklistMatch, 'source' | 'sourceId' | 'standing' | 'reason'> & {
  readonly fields: readonly BlacklistField[]
}

/** The entries and marked customers behind these ids, with the fields that each is known by. */
async function sourcesOf({ database: { db } }: CheckoutDeps, ids: readonly string[]): Promise<Listed[]> {
  const [entries, customers, keys] = await Promise.all([
    db
      .selectFrom('blacklist_entry')
      .select(['id', 'standing', 'reason'])
      .where('id', 'in', [...ids])
      .where('removed_at', 'is', null)
      .execute(),
    db
      .selectFrom('customer')
      .select(['id', 'blacklist', 'blacklist_reason'])
      .where('id', 'in', [...ids])
      .where('blacklist', '!=', 'none')
      .execute(),
    db
      .selectFrom('blacklist_key')
      .select(['source', 'field'])
      .where('source', 'in', [...ids])
      .execute(),
  ])
  const fieldsOf = (id: string) => keys.filter(({ source }) => source === id).map(({ field }) => field)
  return [
    ...entries.map(({ id, standing, reason }) => ({
      source: 'entry' as const,
      sourceId: id,
      standing,
      reason,
      fields: fieldsOf(id),
    })),
    ...customers.flatMap(({ id, blacklist, blacklist_reason: reason }) =>
      blacklist === 'none'
        ? []
        : [
            {
              source: 'customer' as const,
              sourceId: id,
              standing: blacklist,
              reason: reason ?? '',
              fields: fieldsOf(id),
            },
          ],
    ),
  ]
}

/** Who of an order meets whom of the list, in how many fields. */
function matchesOf(
  persons: readonly Person[],
  hits: readonly { readonly key: string; readonly source: string }[],
  { sources, required, ownId }: { sources: readonly Listed[]; required: number; ownId: string | null },
): BlacklistMatch[] {
  return persons.flatMap((person) => {
    const keys = new Map(keysOf(person).map(({ key, field }) => [key, field]))
    return sources.flatMap(({ fields: known, ...source }): BlacklistMatch[] => {
      // The marked customer itself is named once, whatever its data were when it was marked.
      if (source.sourceId === ownId)
        return person.shipment === null ? [{ shipment: null, ...source, fields: [] }] : []
      const matched = hits.flatMap((hit) => {
        const field = hit.source === source.sourceId ? keys.get(hit.key) : undefined
        return field ? [field] : []
      })
      const fields = [...new Set(matched)]
      if (fields.length === 0 || fields.length < neededOf(known, required)) return []
      return [{ shipment: person.shipment, ...source, fields }]
    })
  })
}

/** A delivery to the customer's own address says nothing new. */
function withoutEchoes(matches: readonly BlacklistMatch[]): BlacklistMatch[] {
  const own = new Set(matches.filter(({ shipment }) => shipment === null).map(({ sourceId }) => sourceId))
  return matches.filter(({ shipment, sourceId }) => shipment === null || !own.has(sourceId))
}

const decide = (matches: readonly BlacklistMatch[], rules: BlacklistSettings): HoldDecision | null => {
  if (matches.length === 0) return null
  const holds = rules.candidates === 'hold' || matches.some(({ standing }) => standing === 'listed')
  return { kind: holds ? 'hold' : 'mark', matches }
}

const standingOf = prepared<'id', Pick<Selectable<CustomerTable>, 'blacklist'>>((db, slot) =>
  db.selectFrom('customer').select('blacklist').where('id', '=', slot('id')),
)

const hitsBySize = new Map<number, ReturnType<typeof prepared<string, { key: string; source: string }>>>()

/** Who of the list is known by one of these keys; one statement for each number of keys. */
function hitsOf(
  db: Kysely<Database>,
  keys: readonly string[],
): CompiledQuery<{ key: string; source: string }> {
  const query =
    hitsBySize.get(keys.length) ??
    prepared<string, { key: string; source: string }>((kysely, slot) =>
      kysely
        .selectFrom('blacklist_key')
        .select(['key', 'source'])
        .where(
          'key',
          'in',
          keys.map((_key, at) => slot(`${at}`)),
        ),
    )
  hitsBySize.set(keys.length, query)
  return query(db, Object.fromEntries(keys.entries()))
}

/** What is known of a caller beside the form, and what the shop wants of a match. */
export interface BlacklistBasis {
  readonly customerId: string | null
  readonly others: readonly string[]
  readonly own: Pick<Selectable<CustomerTable>, 'blacklist'> | null
  readonly rules: BlacklistSettings
}

/** Reads it; `customerId` is null for a new customer. */
export async function blacklistBasis(deps: CheckoutDeps, customerId: string | null): Promise<BlacklistBasis> {
  const { database } = deps
  const [others, rules, own] = await Promise.all([
    customerId === null ? [] : otherPhonesOf(database, customerId),
    deps.blacklistRules(),
    customerId === null ? null : database.db.executeQuery(standingOf(database.db, { id: customerId })),
  ])
  return { customerId, others, rules, own: own?.rows[0] ?? null }
}

/**
 * Whether an order must be looked at before it ships: its customer or somebody that it is sent to is on the list.
 * Looked up by the keys of these persons, whatever the length of the list.
 */
export async function checkBlacklist(
  deps: CheckoutDeps,
  form: CheckedForm,
  basis?: BlacklistBasis,
): Promise<HoldDecision | null> {
  const { db } = deps.database
  const ownId = form.customer.id
  // The form's customer may have been merged into another since the basis was asked.
  const known = basis?.customerId === ownId ? basis : await blacklistBasis(deps, ownId)
  const { others, rules, own } = known
  const persons = personsOf(form, others)
  const keys = [...new Set(persons.flatMap((person) => keysOf(person).map(({ key }) => key)))]
  const hits = keys.length === 0 ? [] : (await db.executeQuery(hitsOf(db, keys))).rows
  const ids = new Set(hits.map(({ source }) => source))
  if (ownId !== null && own && own.blacklist !== 'none') ids.add(ownId)
  if (ids.size === 0) return null
  const sources = await sourcesOf(deps, [...ids])
  const matches = matchesOf(persons, hits, { sources, required: rules.required, ownId })
  return decide(withoutEchoes(matches), rules)
}

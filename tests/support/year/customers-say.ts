import type { CheckoutDeps } from '../../../src/main/checkout/deps'
import { retryNow } from '../../../src/main/features/subscription-runs/retry-now.service'
import type { Jobs } from '../../../src/main/platform/jobs.port'
import { Refusal } from '../../../src/main/platform/refusal'
import type { Random } from '../random'
import { dateOf, dayOf, type Owners } from '../subscription-rows'
import type { SubscriptionDesk } from '../subscription-world'
import { dayAt, type Said, type YearItem } from './books'
import { cardRow, drawItems, type Tokens } from './plant'

export interface Talk {
  readonly deps: CheckoutDeps
  readonly desk: SubscriptionDesk
  readonly random: Random
  readonly owner: Owners
  readonly tokens: Tokens
  readonly ids: readonly string[]
  readonly said: Said[]
  /** Refusals by their code: a year in which everything is refused shows nothing. */
  readonly refused: Map<string, number>
}

const noJobs: Jobs = {
  start: () => Promise.reject(new Error('no jobs here')),
  cancel: () => Promise.reject(new Error('no jobs here')),
  wake: () => Promise.reject(new Error('no jobs here')),
  live: () => [],
  view: () => null,
}

type Wanted =
  | { readonly kind: 'skip'; readonly index: number }
  | { readonly kind: 'move'; readonly index: number; readonly to: string }
  | { readonly kind: 'items'; readonly index: number; readonly items: readonly YearItem[] }
  | { readonly kind: 'restore'; readonly index: number; readonly what: 'skip' | 'move' | 'items' }
  | { readonly kind: 'items-for-good'; readonly sets: readonly (readonly YearItem[])[] }
  | { readonly kind: 'pause'; readonly from: string; readonly until: string | null }
  | { readonly kind: 'resume' }
  | { readonly kind: 'cancel' }
  | { readonly kind: 'card' }

const contractOf = ({ deps }: Talk, id: string) =>
  deps.database.db.selectFrom('subscription').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
type Contract = Awaited<ReturnType<typeof contractOf>>

/** A card that comes on file in the place of another. */
async function newCard({ deps, tokens, random }: Talk, customerId: string, service: string): Promise<string> {
  const token = random.once(12) ? tokens.soft : tokens.good
  const card = cardRow(customerId, service, token, random.once(8) ? '2709' : '3012', deps.clock.now())
  await deps.database.db.insertInto('card').values(card).execute()
  return card.id
}

function wantedOf({ random, owner }: Talk, row: Contract, today: string): Wanted {
  if (row.status === 'paused' || row.status === 'payment-stopped')
    return random.once(8) ? { kind: 'cancel' } : { kind: 'resume' }
  const index = row.next_index + random.int(3)
  const dice = random.int(100)
  if (dice < 26) return { kind: 'skip', index }
  if (dice < 46) {
    const near = dayOf(row.next_deliver_on ?? today) + random.int(7) - 3
    return { kind: 'move', index: row.next_index, to: dateOf(near) }
  }
  if (dice < 58) return { kind: 'items', index, items: drawItems(random, owner.products) }
  if (dice < 64) return { kind: 'restore', index, what: random.pick(['skip', 'move', 'items'] as const) }
  if (dice < 70) return { kind: 'items-for-good', sets: [drawItems(random, owner.products)] }
  if (dice < 84) {
    const from = dateOf(dayOf(today) + random.int(40))
    return { kind: 'pause', from, until: random.once(3) ? null : dateOf(dayOf(from) + 20 + random.int(70)) }
  }
  if (dice < 90) return { kind: 'resume' }
  if (dice < 93) return { kind: 'cancel' }
  return { kind: 'card' }
}

const named = (items: readonly YearItem[]) => items.map((item) => ({ ...item }))

async function doIt(talk: Talk, row: Contract, wanted: Wanted): Promise<unknown> {
  const { desk } = talk
  const change = { id: row.id, version: row.version }
  switch (wanted.kind) {
    case 'skip':
      return desk.skip({ ...change, ruleIndex: wanted.index })
    case 'move':
      return desk.move({ ...change, ruleIndex: wanted.index, to: wanted.to })
    case 'items': {
      const goods = { itemMode: 'fixed' as const, sets: [named(wanted.items)] }
      return desk.changeItems({ ...change, ruleIndex: wanted.index, ...goods })
    }
    case 'restore':
      return desk.restore({ ...change, ruleIndex: wanted.index, what: wanted.what })
    case 'items-for-good': {
      const goods = { itemMode: row.item_mode, sets: wanted.sets.map(named) }
      return desk.changeItems({ ...change, ruleIndex: null, ...goods })
    }
    case 'pause':
      return desk.pause({ ...change, from: wanted.from, until: wanted.until })
    case 'resume':
      return desk.resume(change)
    case 'cancel':
      return desk.cancel({ ...change, reason: 'price', note: '', offered: false, belowMinimum: false })
    case 'card': {
      const old = row.card_id ?? ''
      const card = await talk.deps.database.db
        .selectFrom('card')
        .select('service')
        .where('id', '=', old)
        .executeTakeFirst()
      const cardId = await newCard(talk, row.customer_id, card?.service ?? '')
      return desk.useCard({ ...change, cardId })
    }
  }
}

function note(talk: Talk, row: Contract, wanted: Wanted, indexAfter: number): void {
  const at = talk.deps.clock.now()
  const base = { id: row.id, at, day: dayAt(at) }
  talk.said.push(
    wanted.kind === 'resume'
      ? { ...base, kind: 'resume', passedFrom: row.next_index, passedTo: indexAfter }
      : { ...base, ...wanted },
  )
}

/** The desk has said no, which is its right; anything else is a fault. */
function countRefusal({ refused }: Talk, kind: string, error: unknown): void {
  if (!(error instanceof Refusal)) throw error
  const name = `${kind} ${error.code}`
  refused.set(name, (refused.get(name) ?? 0) + 1)
}

/** One customer calls about one contract. */
export async function customerCalls(talk: Talk): Promise<void> {
  const row = await contractOf(talk, talk.random.pick(talk.ids))
  if (row.status === 'cancelled' || row.status === 'finished') return
  const wanted = wantedOf(talk, row, dayAt(talk.deps.clock.now()))
  if (wanted.kind === 'card' && row.payment_method !== 'card') return
  try {
    await doIt(talk, row, wanted)
  } catch (error) {
    countRefusal(talk, wanted.kind, error)
    return
  }
  note(talk, row, wanted, (await contractOf(talk, row.id)).next_index)
}

/** Staff go through 要対応: a card is keyed anew, and the turn is authorized at once. */
export async function staffHelps(talk: Talk, most: number): Promise<void> {
  const { deps, said } = talk
  const { db } = deps.database
  const turns = await db
    .selectFrom('subscription_cycle')
    .innerJoin('subscription', 'subscription.id', 'subscription_cycle.subscription_id')
    .innerJoin('card', 'card.id', 'subscription.card_id')
    .select(['subscription_cycle.id', 'subscription_cycle.version', 'subscription_id', 'card.service'])
    .select('subscription.customer_id')
    .where('subscription_cycle.status', '=', 'auth-failed')
    .where('attention', 'is not', null)
    .orderBy('subscription_cycle.id', 'desc')
    .limit(most)
    .execute()
  for (const turn of turns) {
    await db
      .updateTable('customer')
      .set({ card_blocked_at: null, card_failures: 0 })
      .where('id', '=', turn.customer_id)
      .execute()
    const cardId = await newCard(talk, turn.customer_id, turn.service)
    const at = deps.clock.now()
    try {
      await retryNow({ checkout: deps, jobs: noJobs }, { cycleId: turn.id, version: turn.version, cardId })
    } catch (error) {
      countRefusal(talk, 'retry', error)
      continue
    }
    said.push({ id: turn.subscription_id, at, day: dayAt(at), kind: 'retry', cycleId: turn.id })
  }
}

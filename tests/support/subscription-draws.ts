import type { CycleRule } from '../../src/contract/cycle-rule'
import type { DeskDatabase } from '../../src/main/db/open-database'
import { randomFrom, type Random } from './random'
import {
  contractRow,
  dateOf,
  dayOf,
  insertContracts,
  insertItems,
  openEveryDay,
  walkRule,
  type ContractRow,
  type Owners,
} from './subscription-rows'

/** The shop's day in these tests, and the last one of its forecast. */
export const NOW = Date.UTC(2026, 10, 28, 1)
export const TODAY = '2026-11-28'
export const UNTIL = '2027-02-25'

/** A contract that was drawn, and what was asked for its turns. */
export interface Drawn {
  readonly row: ContractRow
  readonly rule: CycleRule
  readonly sets: readonly (readonly { productId: string; quantity: number }[])[]
  readonly skips: readonly number[]
  readonly moves: ReadonlyMap<number, string>
  readonly ownItems: ReadonlyMap<number, readonly { productId: string; quantity: number }[]>
}

const drawRule = (random: Random): CycleRule => {
  const every = 1 + random.int(3)
  switch (random.int(4)) {
    case 0:
      return { kind: 'days', every: 7 + random.int(50) }
    case 1:
      return { kind: 'weeks', every, weekday: 1 + random.int(7) }
    case 2:
      return { kind: 'months', every, day: random.once(4) ? 'last' : 1 + random.int(31) }
    default:
      return {
        kind: 'month-weekday',
        every,
        nth: 1 + random.int(5),
        weekday: 1 + random.int(7),
        missing: random.once(2) ? 'last' : 'pass-over',
      }
  }
}

/** The first date of a rule on or after a day, by walking. */
function firstDate(rule: CycleRule, from: string): string {
  for (let day = dayOf(from); ; day++) if (walkRule(rule, dateOf(day), dateOf(day)).get(0)) return dateOf(day)
}

function draw(random: Random, owner: Owners, number: number): Drawn {
  const rule = drawRule(random)
  const started = dateOf(dayOf('2025-10-01') + random.int(420))
  const anchor = firstDate(rule, started)
  const dates = walkRule(rule, anchor, '2027-12-31')
  const ahead = [...dates].filter(([, date]) => date >= '2026-12-08')
  const nextIndex = ahead[0]?.[0] ?? 0
  const status = random.pick([
    'active',
    'active',
    'active',
    'paused',
    'cancelled',
    'finished',
    'pending',
  ] as const)
  const over = status === 'cancelled' || status === 'finished'
  const endedOn = dateOf(Math.min(dayOf(TODAY), dayOf(started) + random.int(300)))
  const endedAt = Date.parse(`${endedOn}T20:00:00+09:00`)
  const mode = random.pick(['fixed', 'alternating', 'course'] as const)
  const setCount = mode === 'fixed' ? 1 : 2 + random.int(2)
  const items = () => [{ productId: random.pick(owner.products).id, quantity: 1 + random.int(4) }]
  const nextTurn = 1 + random.int(9)
  const pausedFrom = random.once(3) || status === 'paused' ? '2026-12-20' : null
  return {
    rule,
    sets: Array.from({ length: setCount }, items),
    skips: random.once(4) && ahead[1] ? [ahead[1][0]] : [],
    moves:
      random.once(4) && rule.kind === 'months' && ahead[0]
        ? new Map([[ahead[0][0], dateOf(dayOf(ahead[0][1]) + random.int(5) - 2)]])
        : new Map(),
    ownItems: random.once(4) && ahead[0] ? new Map([[ahead[0][0], items()]]) : new Map(),
    row: contractRow(owner, {
      number,
      status,
      rule: JSON.stringify(rule),
      anchor,
      item_mode: mode,
      started_on: started,
      next_index: nextIndex,
      next_turn: nextTurn,
      last_turn: random.once(5) ? nextTurn + 1 : null,
      ship_prefecture: random.pick(['東京都', '北海道', '沖縄県']),
      payment_method: random.pick(['card', 'cod'] as const),
      pause_from: pausedFrom,
      pause_until: pausedFrom !== null && random.once(2) ? '2027-01-20' : null,
      cancelled_at: status === 'cancelled' ? endedAt : null,
      cancel_reason: status === 'cancelled' ? random.pick(['price', 'effect', 'stock-left', null]) : null,
      updated_at: over ? endedAt : NOW,
    }),
  }
}

/** What one contract sends, by walking its calendar. */
export function walk({ row, rule, sets, skips, moves, ownItems }: Drawn, lead: number) {
  if (row.status !== 'active' && !(row.status === 'paused' && row.pause_until !== null)) return []
  const sent: {
    shipOn: string
    deliverOn: string
    items: readonly { productId: string; quantity: number }[]
  }[] = []
  let turn = row.next_turn
  const { last_turn = null, pause_from = null, pause_until = null } = row
  for (const [index, date] of walkRule(rule, row.anchor, '2027-12-31')) {
    if (index < row.next_index || (last_turn !== null && turn > last_turn)) continue
    if (pause_from !== null && date >= pause_from) {
      if (pause_until === null) break
      if (date < pause_until) continue
    }
    if (skips.includes(index)) continue
    const deliverOn = moves.get(index) ?? date
    const shipOn = dateOf(dayOf(deliverOn) - lead)
    const set =
      row.item_mode === 'fixed'
        ? 0
        : row.item_mode === 'alternating'
          ? (turn - 1) % sets.length
          : Math.min(turn, sets.length) - 1
    if (shipOn <= UNTIL) sent.push({ shipOn, deliverOn, items: ownItems.get(index) ?? sets[set] ?? [] })
    turn += 1
  }
  return sent
}

/** Draws contracts and writes them, in a shop that never closes. */
export async function drawMany(
  { database, owner }: { database: DeskDatabase; owner: Owners },
  seed: number,
  count: number,
): Promise<Drawn[]> {
  await openEveryDay(database)
  const random = randomFrom(seed)
  const drawn = Array.from({ length: count }, (_, at) => draw(random, owner, 900_000 + at))
  await insertContracts(
    database,
    drawn.map(({ row }) => row),
  )
  await insertItems(
    database,
    drawn.flatMap(({ row, sets }) =>
      sets.flatMap((set, set_no) =>
        set.map(({ productId, quantity }, position) => ({
          subscription_id: row.id,
          set_no,
          position,
          product_id: productId,
          quantity,
          unit_price: null,
        })),
      ),
    ),
  )
  const changes = drawn.flatMap(({ row, skips, moves, ownItems }) => {
    const common = { subscription_id: row.id, by_person: null, at: NOW }
    return [
      ...skips.map((index) => ({
        ...common,
        rule_index: index,
        kind: 'skip' as const,
        move_to: null,
        items: null,
      })),
      ...[...moves].map(([index, to]) => ({
        ...common,
        rule_index: index,
        kind: 'move' as const,
        move_to: to,
        items: null,
      })),
      ...[...ownItems].map(([index, items]) => ({
        ...common,
        rule_index: index,
        kind: 'items' as const,
        move_to: null,
        items: JSON.stringify(items),
      })),
    ]
  })
  for (const change of changes)
    await database.db.insertInto('subscription_turn_change').values(change).execute()
  return drawn
}

import { addDays } from './calendar'
import { by, dayAt, type YearBooks } from './books'
import {
  askedFor,
  goodsOf,
  leavesOn,
  livesOf,
  nameOf,
  pausesOf,
  paymentsByTurn,
  priceOf,
  wantedOn,
  type Life,
  type Turn,
} from './model'
import { cardsAreGood, retriesKeepTheDays } from './retries'

export interface Invariant {
  readonly name: string
  /** What is wrong, in words; empty: nothing. */
  readonly faults: (books: YearBooks, lives: readonly Life[]) => string[]
}

/** Says for each turn of each contract what is wrong with it. */
const perTurn =
  (wrong: (life: Life, turn: Turn, before: Turn | undefined) => string | null) =>
  (_books: YearBooks, lives: readonly Life[]): string[] =>
    lives.flatMap((life) =>
      life.turns.flatMap((turn, at) => {
        const fault = wrong(life, turn, life.turns[at - 1])
        return fault === null ? [] : [`${nameOf(life, turn)}: ${fault}`]
      }),
    )

function oneOrder(books: YearBooks, lives: readonly Life[]): string[] {
  const orders = by(books.orders, (row) => row.checkout_id)
  return perTurn((_life, turn) => {
    const own = orders.get(turn.checkout_id) ?? []
    return own.length === 1 && own[0]?.id === turn.order_id ? null : `${own.length} orders`
  })(books, lives)
}

function noneLost(books: YearBooks, lives: readonly Life[]): string[] {
  const { shop, lastDay } = books
  return lives.flatMap((life) => {
    const { row, said, cycles, dates } = life
    const met = new Set(cycles.map(({ rule_index: index }) => index))
    const passed = (index: number) =>
      said.some((one) => one.kind === 'resume' && index >= one.passedFrom && index < one.passedTo)
    const lost = [...dates.keys()].filter(
      (index) => index < row.next_index && !met.has(index) && !passed(index),
    )
    const faults = lost.map((index) => `${nameOf(life)}: index ${index} is lost`)
    if (row.status !== 'active') return faults
    const inPause = (date: string) =>
      row.pause_from !== null &&
      date >= row.pause_from &&
      (row.pause_until === null || date < row.pause_until)
    const ahead = [...dates].find(
      ([index, date]) => index >= row.next_index && !inPause(date) && !askedFor(life, index).skip,
    )
    const wanted = ahead ? wantedOn(life, ahead[0]) : null
    if (wanted === null) return faults
    const makeOn = addDays(leavesOn(books, life, wanted), -shop.generateDaysBefore)
    return makeOn > lastDay ? faults : [...faults, `${nameOf(life)}: was due on ${makeOn}`]
  })
}

function noneDoubled(_books: YearBooks, lives: readonly Life[]): string[] {
  return lives.flatMap((life) => {
    const indexes = life.cycles.map(({ rule_index: index }) => index)
    const twice = indexes.filter((index, at) => indexes.indexOf(index) !== at)
    const last = life.planted.lastTurn ?? Infinity
    return [
      ...twice.map((index) => `${nameOf(life)}: index ${index} twice`),
      ...life.turns.flatMap((turn, at) =>
        turn.turn === at + 1 && turn.turn <= last ? [] : [`${nameOf(life, turn)}: is turn ${turn.turn}`],
      ),
    ]
  })
}

function chargedOnce(books: YearBooks, lives: readonly Life[]): string[] {
  const ours = paymentsByTurn(books)
  const theirs = by(books.acquirer, (row) => row.payment_id)
  return perTurn((_life, turn) => {
    const own = ours.get(turn.checkout_id ?? '') ?? []
    const here = own.filter(({ status }) => status === 'authorized').length
    const there = own.flatMap(({ id }) => theirs.get(id) ?? []).filter(({ state }) => state === 'authorized')
    return here > 1 || there.length > 1 ? `charged ${here} times here, ${there.length} there` : null
  })(books, lives)
}

const onOpenDays = (books: YearBooks, lives: readonly Life[]): string[] =>
  perTurn((_life, { ship_on: day }) =>
    day !== null && books.shop.isOpen(day) ? null : `ships on ${day}, which is closed`,
  )(books, lives)

/** It leaves in time for the day that is wanted; only when that day was not to be reached any more it comes later. */
const onTheirDay = (books: YearBooks, lives: readonly Life[]): string[] =>
  perTurn((life, turn, before) => {
    const wanted = wantedOn(life, turn.rule_index)
    const { ship_on: ship, deliver_on: deliver } = turn
    if (wanted === null || ship === null || deliver === null) return 'has no day'
    const first =
      [dayAt(turn.created_at), addDays(before?.ship_on ?? '2000-01-01', 1)].toSorted().at(-1) ?? ''
    const inTime = leavesOn(books, life, wanted)
    if (inTime >= first) return deliver === wanted ? null : `comes on ${deliver}, wanted on ${wanted}`
    const soonest = addDays(ship, books.shop.leadOf(life.planted.prefecture))
    const comes = soonest > wanted ? soonest : wanted
    return deliver === comes ? null : `comes on ${deliver}, could on ${comes}`
  })(books, lives)

const noneAfterCancel = (books: YearBooks, lives: readonly Life[]): string[] =>
  perTurn(({ row }, turn) =>
    row.cancelled_at !== null && turn.created_at > row.cancelled_at
      ? `is ordered after the contract was cancelled`
      : null,
  )(books, lives)

/** Neither dates of a pause, nor anything at all while nobody pays. */
const noneInPause = (books: YearBooks, lives: readonly Life[]): string[] => {
  const giveUps = by(
    books.events.filter(({ kind }) => kind === 'turn-given-up'),
    (row) => row.subscription_id,
  )
  return lives.flatMap((life) => {
    const stops =
      life.row.status === 'payment-stopped' ? (giveUps.get(life.row.id) ?? []).map(({ at }) => at) : []
    const stoppedAt = Math.max(0, ...stops)
    return life.turns.flatMap((turn) => {
      const at = turn.created_at
      const pause = pausesOf(life).find(
        ({ at: from, end, from: first, until }) =>
          at > from && at < end && turn.rule_date >= first && (until === null || turn.rule_date < until),
      )
      const stopped = stops.length > 0 && at > stoppedAt
      return pause || stopped ? [`${nameOf(life, turn)}: is ordered in a pause`] : []
    })
  })
}

const skipsAreKept = (_books: YearBooks, lives: readonly Life[]): string[] =>
  lives.flatMap((life) =>
    life.cycles.flatMap((cycle) => {
      const { skip } = askedFor(life, cycle.rule_index)
      if (!skip || (cycle.status === 'skipped' && cycle.order_id === null)) return []
      return [`${nameOf(life, cycle)}: is ${cycle.status}, and was to be skipped`]
    }),
  )

function goodsAreRight(books: YearBooks, lives: readonly Life[]): string[] {
  const lines = by(
    books.lines.filter(({ kind }) => kind === 'product'),
    (row) => row.order_id,
  )
  const listed = (items: readonly { id: string | null; quantity: number }[]) =>
    items
      .map(({ id, quantity }) => `${id} ${quantity}`)
      .toSorted()
      .join()
  return perTurn((life, turn) => {
    const own = (lines.get(turn.order_id ?? '') ?? []).map((row) => ({
      id: row.product_id,
      quantity: row.quantity,
    }))
    const wanted = goodsOf(life, turn).map(({ productId, quantity }) => ({ id: productId, quantity }))
    return own.length === 0 || listed(own) === listed(wanted) ? null : `holds ${listed(own)}`
  })(books, lives)
}

function pricesAreRight(books: YearBooks, lives: readonly Life[]): string[] {
  const totals = new Map(books.orders.map(({ id, total }) => [id, total]))
  return perTurn((life, turn) => {
    const total = totals.get(turn.order_id ?? '')
    const price = priceOf(books, life, turn)
    return total === undefined || total === price ? null : `costs ${total}, should be ${price}`
  })(books, lives)
}

/** Every charge is for the total of its order. */
function chargesAreTotals(books: YearBooks): string[] {
  const orders = by(books.orders, (row) => row.checkout_id)
  return books.payments.flatMap(({ id, checkout_id: checkout, amount }) => {
    const [order] = orders.get(checkout) ?? []
    return !order || order.total === amount ? [] : [`${id}: ${amount} for an order of ${order.total}`]
  })
}

/** What the acquirer has booked is what we say, and the other way round. */
function booksAgree(books: YearBooks): string[] {
  const theirs = new Map(books.acquirer.map((row) => [row.payment_id, row]))
  const ours = new Set(books.payments.map(({ id }) => id))
  const states = { authorized: 'authorized', failed: 'declined' } as const
  return [
    ...books.acquirer.flatMap(({ payment_id: id }) => (ours.has(id) ? [] : [`${id}: is unknown here`])),
    ...books.payments.flatMap((row) => {
      const booked = theirs.get(row.id)
      if (!booked) return row.status === 'failed' && row.code === null ? [] : [`${row.id}: is unknown there`]
      const state = row.status === 'authorized' || row.status === 'failed' ? states[row.status] : row.status
      const same =
        booked.state === state &&
        booked.amount === row.amount &&
        (state === 'declined' || booked.transaction_id === row.service_transaction_id)
      return same && booked.moto === 1 ? [] : [`${row.id}: ${row.status} here, ${booked.state} there`]
    }),
  ]
}

/** No answer is open at the end, and no turn waits for one. */
const nothingOpen = (books: YearBooks, lives: readonly Life[]): string[] => [
  ...books.operations.flatMap(({ id, status }) => (status === 'unknown' ? [`${id}: is open`] : [])),
  ...perTurn(({ planted }, { status, amount }) =>
    status === 'ordered' && planted.method === 'card' && amount !== 0 ? 'waits for an answer' : null,
  )(books, lives),
]

const WORDS: Readonly<Record<string, readonly string[]>> = {
  skip: ['skipped'],
  move: ['moved'],
  items: ['turn-items-changed'],
  'items-for-good': ['items-changed'],
  restore: ['restored'],
  pause: ['paused'],
  resume: ['resumed', 'pause-lifted'],
  cancel: ['cancelled'],
  card: ['card-changed'],
}

/** The history of a contract has a line for everything that was said, and for everything that became of its turns. */
function historyIsWhole(books: YearBooks, lives: readonly Life[]): string[] {
  const events = by(books.events, (row) => row.subscription_id)
  const payments = paymentsByTurn(books)
  return lives.flatMap((life) => {
    const own = events.get(life.row.id) ?? []
    const count = (kinds: readonly string[], part = '') =>
      own.filter(({ kind, content }) => kinds.includes(kind) && content.includes(part)).length
    const asked = Object.entries(WORDS).flatMap(([kind, words]) => {
      const said = life.said.filter((one) => one.kind === kind).length
      return count(words) === said ? [] : [`${nameOf(life)}: ${kind} ${said} times, told ${count(words)}`]
    })
    const turns = life.turns.flatMap((turn) => {
      const paid = payments.get(turn.checkout_id ?? '') ?? []
      const told = [
        count(['turn-ordered'], turn.id),
        Math.min(1, count(['turn-authorized'], turn.id)),
        count(['turn-declined', 'turn-given-up'], turn.id),
        count(['turn-not-booked'], turn.id),
      ]
      const true_ = [
        1,
        Math.min(1, paid.filter(({ status }) => status === 'authorized').length),
        paid.filter(({ status, code }) => status === 'failed' && code !== null).length,
        paid.filter(({ status, code }) => status === 'failed' && code === null).length,
      ]
      return told.join() === true_.join()
        ? []
        : [`${nameOf(life, turn)}: ${true_.join()}, told ${told.join()}`]
    })
    return [...asked, ...turns]
  })
}

/** What has to hold of every year, one by one. */
export const INVARIANTS = [
  { name: 'every turn has exactly one order', faults: oneOrder },
  { name: 'no turn is lost', faults: noneLost },
  { name: 'no turn is doubled', faults: noneDoubled },
  { name: 'no turn is charged twice', faults: chargedOnce },
  { name: 'nothing ships on a closed day', faults: onOpenDays },
  { name: 'a turn comes on the day that is wanted', faults: onTheirDay },
  { name: 'nothing is ordered after a cancellation', faults: noneAfterCancel },
  { name: 'a pause makes no orders', faults: noneInPause },
  { name: 'a skipped date makes no order', faults: skipsAreKept },
  { name: 'an order holds the goods of its turn', faults: goodsAreRight },
  { name: 'an order costs what the contract costs at that turn', faults: pricesAreRight },
  { name: 'a charge is for the total of its order', faults: chargesAreTotals },
  { name: 'retries keep to the days of the shop, and end before the next turn', faults: retriesKeepTheDays },
  { name: 'a card that is over or refused for good is not charged by itself', faults: cardsAreGood },
  { name: 'the books of the acquirer agree with ours', faults: booksAgree },
  { name: 'no answer stays open', faults: nothingOpen },
  { name: 'the history is whole', faults: historyIsWhole },
] as const satisfies readonly Invariant[]

export type InvariantName = (typeof INVARIANTS)[number]['name']

/** What is wrong with a year, by the invariant that says so. */
export function auditYear(books: YearBooks): Map<InvariantName, string[]> {
  const lives = livesOf(books)
  const found = new Map<InvariantName, string[]>()
  for (const { name, faults } of INVARIANTS) {
    const wrong = faults(books, lives)
    if (wrong.length > 0) found.set(name, wrong)
  }
  return found
}

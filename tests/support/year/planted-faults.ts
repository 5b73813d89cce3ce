import type { YearBooks } from './books'
import { addDays } from './calendar'
import type { InvariantName } from './invariants'
import { askedFor, livesOf, pausesOf, paymentsByTurn, type Life, type Turn } from './model'

type Plant = (books: YearBooks) => YearBooks

type Lists = 'cycles' | 'orders' | 'lines' | 'payments' | 'operations' | 'events' | 'acquirer' | 'contracts'
type RowOf<K extends Lists> = YearBooks[K][number]

function found<T>(wanted: T | undefined, what: string): T {
  if (wanted === undefined) throw new Error(`the year has no ${what}: make it longer`)
  return wanted
}

const change = <K extends Lists>(
  books: YearBooks,
  list: K,
  row: RowOf<K>,
  to: Partial<RowOf<K>>,
): YearBooks => ({
  ...books,
  [list]: books[list].map((one) => (one === row ? { ...one, ...to } : one)),
})
const add = <K extends Lists>(books: YearBooks, list: K, row: RowOf<K>): YearBooks => ({
  ...books,
  [list]: [...books[list], row],
})
const remove = <K extends Lists>(books: YearBooks, list: K, row: RowOf<K>): YearBooks => ({
  ...books,
  [list]: books[list].filter((one) => one !== row),
})

/** The first turn of the year for which something holds. */
function aTurn(books: YearBooks, holds: (turn: Turn, life: Life) => boolean, what: string): Turn {
  for (const life of livesOf(books)) {
    const turn = life.turns.find((one) => holds(one, life))
    if (turn) return turn
  }
  throw new Error(`the year has no ${what}: make it longer`)
}

const anAuthorized = (books: YearBooks): Turn =>
  aTurn(books, ({ status }) => status === 'authorized', 'turn that was paid')

function paymentOf(books: YearBooks, turn: Turn) {
  const own = paymentsByTurn(books).get(turn.checkout_id ?? '') ?? []
  return found(
    own.find(({ status }) => status === 'authorized'),
    'payment',
  )
}

const orderOf = (books: YearBooks, turn: Turn) =>
  found(
    books.orders.find(({ id }) => id === turn.order_id),
    'order',
  )

const bookedOf = (books: YearBooks, paymentId: string) =>
  found(
    books.acquirer.find(({ payment_id: id }) => id === paymentId),
    'booking',
  )

const loseOrder: Plant = (books) => {
  const unpaid = aTurn(books, (turn) => turn.order_id !== null, 'order')
  return remove(books, 'orders', orderOf(books, unpaid))
}

const passedOver = (books: YearBooks) =>
  found(
    books.cycles.find(({ turn, status }) => turn === null && status === 'skipped'),
    'date that was passed over',
  )

const chargeTwice: Plant = (books) => {
  const payment = paymentOf(books, anAuthorized(books))
  const again = { ...payment, id: 'again', service_transaction_id: 'txn_again' }
  const booked = bookedOf(books, payment.id)
  const bookedAgain = { ...booked, payment_id: 'again', transaction_id: 'txn_again' }
  return add(add(books, 'payments', again), 'acquirer', bookedAgain)
}

function shipOnClosedDay(books: YearBooks): YearBooks {
  const turn = anAuthorized(books)
  let day = turn.ship_on ?? books.lastDay
  while (books.shop.isOpen(day)) day = addDays(day, -1)
  return change(books, 'cycles', turn, { ship_on: day })
}

function orderAfterCancel(books: YearBooks): YearBooks {
  const life = found(
    livesOf(books).find(({ row, turns }) => row.status === 'cancelled' && turns.length > 0),
    'contract that was cancelled',
  )
  const first = life.turns[0]?.created_at ?? 0
  return change(books, 'contracts', life.row, { cancelled_at: first - 1 })
}

function orderInPause(books: YearBooks): YearBooks {
  for (const life of livesOf(books)) {
    for (const { at, end, from } of pausesOf(life)) {
      const turn = life.turns.find(({ created_at: made }) => made > at && made < end)
      if (turn) return change(books, 'cycles', turn, { rule_date: from })
    }
  }
  throw new Error('the year has no order while a pause stands: make it longer')
}

function orderOfSkipped(books: YearBooks): YearBooks {
  for (const life of livesOf(books)) {
    const cycle = life.cycles.find((one) => one.turn === null && askedFor(life, one.rule_index).skip)
    if (cycle) return change(books, 'cycles', cycle, { status: 'ordered' })
  }
  throw new Error('the year has no skipped date: make it longer')
}

const otherGoods: Plant = (books) => {
  const { order_id: order } = anAuthorized(books)
  const line = found(
    books.lines.find((row) => row.order_id === order && row.kind === 'product'),
    'line',
  )
  return change(books, 'lines', line, { quantity: line.quantity + 1 })
}

/** Dearer everywhere: nobody notices who does not know the contract. */
const dearer: Plant = (books) => {
  const turn = anAuthorized(books)
  const order = orderOf(books, turn)
  const own = paymentsByTurn(books).get(turn.checkout_id ?? '') ?? []
  let made = change(books, 'orders', order, { total: order.total + 1 })
  for (const payment of own) {
    made = change(made, 'payments', payment, { amount: payment.amount + 1 })
    const booked = made.acquirer.find(({ payment_id: id }) => id === payment.id)
    if (booked) made = change(made, 'acquirer', booked, { amount: booked.amount + 1 })
  }
  return made
}

/** Both books say the same, and the order another sum. */
const chargeMore: Plant = (books) => {
  const payment = paymentOf(books, anAuthorized(books))
  const more = change(books, 'payments', payment, { amount: payment.amount + 1 })
  const booked = bookedOf(more, payment.id)
  return change(more, 'acquirer', booked, { amount: booked.amount + 1 })
}

/** The second try of a turn on the very day of the first. */
function retryTooSoon(books: YearBooks): YearBooks {
  const hands = new Set(books.said.flatMap((one) => (one.kind === 'retry' ? [one.cycleId] : [])))
  for (const life of livesOf(books)) {
    for (const turn of life.turns) {
      if (hands.has(turn.id)) continue
      const own = paymentsByTurn(books).get(turn.checkout_id ?? '') ?? []
      const [first, second] = own
      if (first?.code == null || !second) continue
      return change(books, 'payments', second, { created_at: first.created_at + 1 })
    }
  }
  throw new Error('the year has no second try: make it longer')
}

const chargeOldCard: Plant = (books) => {
  const hands = new Set(books.said.flatMap((one) => (one.kind === 'retry' ? [one.cycleId] : [])))
  const turn = aTurn(books, ({ status, id }) => status === 'authorized' && !hands.has(id), 'paid turn')
  return change(books, 'payments', paymentOf(books, turn), { expiry_yymm: '2001' })
}

const otherBooks: Plant = (books) => {
  const booked = bookedOf(books, paymentOf(books, anAuthorized(books)).id)
  return change(books, 'acquirer', booked, { amount: booked.amount + 1 })
}

const leaveOpen: Plant = (books) => {
  const { id } = paymentOf(books, anAuthorized(books))
  const operation = found(
    books.operations.find((row) => row.payment_id === id),
    'operation',
  )
  return change(books, 'operations', operation, { status: 'unknown' })
}

const forget: Plant = (books) =>
  remove(
    books,
    'events',
    found(
      books.events.find(({ kind }) => kind === 'moved'),
      'line of a move',
    ),
  )

/** For each invariant a fault that it, and it alone, has to find. */
export const PLANTED_FAULTS: Readonly<Record<InvariantName, Plant>> = {
  'every turn has exactly one order': loseOrder,
  'no turn is lost': (books) => remove(books, 'cycles', passedOver(books)),
  'no turn is doubled': (books) => add(books, 'cycles', { ...passedOver(books), id: 'again' }),
  'no turn is charged twice': chargeTwice,
  'nothing ships on a closed day': shipOnClosedDay,
  'a turn comes on the day that is wanted': (books) => {
    const turn = anAuthorized(books)
    return change(books, 'cycles', turn, { deliver_on: addDays(turn.deliver_on ?? '', 1) })
  },
  'nothing is ordered after a cancellation': orderAfterCancel,
  'a pause makes no orders': orderInPause,
  'a skipped date makes no order': orderOfSkipped,
  'an order holds the goods of its turn': otherGoods,
  'an order costs what the contract costs at that turn': dearer,
  'a charge is for the total of its order': chargeMore,
  'retries keep to the days of the shop, and end before the next turn': retryTooSoon,
  'a card that is over or refused for good is not charged by itself': chargeOldCard,
  'the books of the acquirer agree with ours': otherBooks,
  'no answer stays open': leaveOpen,
  'the history is whole': forget,
}

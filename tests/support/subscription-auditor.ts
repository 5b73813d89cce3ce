import type { AcquirerBooks } from './acquirer'
import { by } from './year/books'

/** What both sides say of the turns, as rows. */
export interface TurnBooks {
  /** Turns that were due, by contract and number. */
  readonly due: readonly { readonly subscriptionId: string; readonly turn: number }[]
  readonly cycles: readonly {
    readonly subscription_id: string
    readonly turn: number | null
    readonly status: string
    readonly order_id: string | null
    readonly checkout_id: string | null
  }[]
  readonly orders: readonly {
    readonly id: string
    readonly checkout_id: string | null
    readonly total: number
  }[]
  readonly payments: readonly {
    readonly id: string
    readonly checkout_id: string
    readonly order_id: string | null
    readonly status: string
    readonly amount: number
  }[]
  readonly acquirer: AcquirerBooks['payments']
}

/** What is wrong, in words; empty when every due turn has one order that was authorized once, for its total. */
export function auditTurns(books: TurnBooks): string[] {
  const faults: string[] = []
  const cyclesOf = by(books.cycles, (row) => `${row.subscription_id} ${row.turn}`)
  const ordersOf = by(books.orders, (row) => row.checkout_id)
  const paymentsOf = by(books.payments, (row) => row.checkout_id)
  const bookedOf = by(
    books.acquirer.filter(({ state }) => state === 'authorized'),
    (row) => row.payment_id,
  )
  for (const { subscriptionId, turn } of books.due) {
    const name = `${subscriptionId} turn ${turn}`
    const cycles = cyclesOf.get(`${subscriptionId} ${turn}`) ?? []
    const [cycle] = cycles
    if (!cycle || cycles.length > 1) {
      faults.push(`${name}: ${cycles.length} cycles`)
      continue
    }
    const orders = ordersOf.get(cycle.checkout_id) ?? []
    const [order] = orders
    if (!order || orders.length > 1 || order.id !== cycle.order_id) {
      faults.push(`${name}: ${orders.length} orders`)
      continue
    }
    const payments = paymentsOf.get(cycle.checkout_id ?? '') ?? []
    const held = payments.filter((row) => row.status === 'authorized')
    const theirs = payments.flatMap((row) => bookedOf.get(row.id) ?? [])
    if (cycle.status !== 'authorized') faults.push(`${name}: ${cycle.status}`)
    if (held.length !== 1) faults.push(`${name}: authorized ${held.length} times here`)
    if (theirs.length !== 1) faults.push(`${name}: authorized ${theirs.length} times there`)
    if (held.some((row) => row.order_id !== order.id)) faults.push(`${name}: paid for another order`)
    if (theirs.some((row) => row.amount !== order.total)) faults.push(`${name}: another amount there`)
    if (theirs.some((row) => row.initiator !== 'merchant')) faults.push(`${name}: not by the merchant`)
  }
  const known = new Set(books.payments.map((row) => row.id))
  for (const row of books.acquirer)
    if (row.state === 'authorized' && !known.has(row.payment_id))
      faults.push(`${row.payment_id}: unknown here`)
  const due = new Set(books.due.map(({ subscriptionId, turn }) => `${subscriptionId} ${turn}`))
  for (const row of books.cycles)
    if (row.turn !== null && !due.has(`${row.subscription_id} ${row.turn}`))
      faults.push(`${row.subscription_id} turn ${row.turn}: was not due`)
  return faults
}

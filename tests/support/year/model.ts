import { walkRule } from '../subscription-rows'
import { addDays, openOnOrBefore } from './calendar'
import { by, dayAt, type Planted, type Said, type YearBooks, type YearItem } from './books'

export type Contract = YearBooks['contracts'][number]
export type Cycle = YearBooks['cycles'][number]
/** A turn (回), as opposed to a date that was passed over. */
export type Turn = Cycle & { readonly turn: number }

const isTurn = (row: Cycle): row is Turn => row.turn !== null

/** One contract with all that is known of it. */
export interface Life {
  readonly planted: Planted
  readonly row: Contract
  readonly said: readonly Said[]
  readonly cycles: readonly Cycle[]
  /** In their order. */
  readonly turns: readonly Turn[]
  /** Dates of its rule by their index, walked day by day. */
  readonly dates: ReadonlyMap<number, string>
}

/** How far a rule is walked: a turn that is moved, paused or late has its date behind the last day. */
const BEHIND_DAYS = 200

export function livesOf(books: YearBooks): Life[] {
  const rows = new Map(books.contracts.map((row) => [row.id, row]))
  const said = by(books.said, ({ id }) => id)
  const cycles = by(books.cycles, (row) => row.subscription_id)
  const until = addDays(books.lastDay, BEHIND_DAYS)
  return books.planted.flatMap((planted) => {
    const row = rows.get(planted.id)
    if (!row) return []
    const own = cycles.get(planted.id) ?? []
    return [
      {
        planted,
        row,
        said: said.get(planted.id) ?? [],
        cycles: own,
        turns: own.filter(isTurn).toSorted((a, b) => a.turn - b.turn),
        dates: walkRule(planted.rule, planted.anchor, until),
      },
    ]
  })
}

/** What was asked for one date in the end: whoever takes something back takes it back. */
export function askedFor({ said }: Life, index: number) {
  let skip = false
  let move: string | null = null
  let items: readonly YearItem[] | null = null
  for (const one of said) {
    if (!('index' in one) || one.index !== index) continue
    if (one.kind === 'skip') skip = true
    else if (one.kind === 'move') move = one.to
    else if (one.kind === 'items') ({ items } = one)
    else if (one.what === 'skip') skip = false
    else if (one.what === 'move') move = null
    else items = null
  }
  return { skip, move, items }
}

/** The day on which a date of the rule was wanted. */
export const wantedOn = (life: Life, index: number): string | null =>
  askedFor(life, index).move ?? life.dates.get(index) ?? null

/** The open day on which a delivery that is wanted on a day has to leave. */
export const leavesOn = ({ shop }: YearBooks, { planted }: Life, wanted: string): string =>
  openOnOrBefore(shop, addDays(wanted, -shop.leadOf(planted.prefecture)))

/** The goods of a turn: what was asked for it alone, else the set of its number as the contract stood then. */
export function goodsOf(life: Life, turn: Turn): readonly YearItem[] {
  const own = askedFor(life, turn.rule_index).items
  if (own) return own
  let { sets } = life.planted
  for (const one of life.said) if (one.kind === 'items-for-good' && one.at < turn.created_at) ({ sets } = one)
  const { itemMode } = life.planted
  const at =
    itemMode === 'fixed'
      ? 0
      : itemMode === 'alternating'
        ? (turn.turn - 1) % sets.length
        : Math.min(turn.turn, sets.length) - 1
  return sets[at] ?? []
}

/** What a turn costs: goods less the step of its number, the parcel, and cash on delivery. */
export function priceOf({ shop }: YearBooks, life: Life, turn: Turn): number {
  const { step, prefecture, method } = life.planted
  const goods = goodsOf(life, turn).reduce((sum, item) => sum + item.unitPrice * item.quantity, 0)
  const off = step && turn.turn <= step.toTurn ? Math.floor((goods * step.percent) / 100) : 0
  const whole = goods - off
  if (whole === 0) return 0
  return (
    whole + (whole >= shop.freeFrom ? 0 : shop.shippingOf(prefecture)) + (method === 'cod' ? shop.codFee : 0)
  )
}

/** Spans in which dates of the rule were paused, each from when it was said until it was taken back. */
export function pausesOf({ said, row }: Life) {
  const pauses: { at: number; end: number; from: string; until: string | null }[] = []
  const close = (at: number) => {
    const open = pauses.at(-1)
    if (open && open.end === Infinity) open.end = at
  }
  for (const one of said) {
    if (one.kind === 'pause' || one.kind === 'resume' || one.kind === 'cancel') close(one.at)
    if (one.kind === 'pause') pauses.push({ at: one.at, end: Infinity, from: one.from, until: one.until })
  }
  if (row.cancelled_at !== null) close(row.cancelled_at)
  return pauses
}

/** The first day on which a run without trouble was made, this day or later; null: there was none. */
export const firstGoodRun = ({ runs }: YearBooks, day: string): string | null =>
  runs.find((run) => run.day >= day && !run.trouble)?.day ?? null

export const paymentsByTurn = (books: YearBooks) => by(books.payments, (row) => row.checkout_id)

export const nameOf = ({ row }: Life, turn?: Cycle): string =>
  turn ? `${row.number} index ${turn.rule_index} (${dayAt(turn.created_at)})` : String(row.number)

import { addDays } from './calendar'
import { dayAt, type YearBooks } from './books'
import { firstGoodRun, nameOf, paymentsByTurn, type Life, type Turn } from './model'

type Payment = YearBooks['payments'][number]

/** Refusals that another try does not change. */
const HARD = new Set(['106', '109', '301'])

const isHard = ({ status, code }: Payment): boolean => status === 'failed' && code !== null && HARD.has(code)
const isDeclined = ({ status, code }: Payment): boolean => status === 'failed' && code !== null
const dayOfPayment = (payment: Payment): string => dayAt(payment.created_at)

/** A person has asked for this attempt. */
const byHand = (life: Life, turn: Turn, payment: Payment): boolean =>
  life.said.some(
    (one) =>
      one.kind === 'retry' && one.cycleId === turn.id && Math.abs(one.at - payment.created_at) < 60_000,
  )

/** Goes through the attempts of every turn in their order. */
function perAttempt(
  books: YearBooks,
  lives: readonly Life[],
  wrong: (step: {
    readonly life: Life
    readonly turn: Turn
    readonly next: Turn | undefined
    readonly before: readonly Payment[]
    readonly payment: Payment
  }) => string | null,
): string[] {
  const payments = paymentsByTurn(books)
  return lives.flatMap((life) =>
    life.turns.flatMap((turn, at) => {
      const own = payments.get(turn.checkout_id ?? '') ?? []
      return own.flatMap((payment, attempt) => {
        if (byHand(life, turn, payment)) return []
        const step = { life, turn, next: life.turns[at + 1], before: own.slice(0, attempt), payment }
        const fault = wrong(step)
        return fault === null ? [] : [`${nameOf(life, turn)}, attempt ${attempt + 1}: ${fault}`]
      })
    }),
  )
}

/** When a turn may be tried again after these attempts, at the soonest. */
function dueAgain({ shop }: YearBooks, before: readonly Payment[]): string | null {
  const declined = before.filter(isDeclined)
  const [first, last] = [declined[0], declined.at(-1)]
  if (!first || !last) return null
  const days = shop.retryDays[declined.length - 1]
  if (days === undefined) return '9999-12-31'
  const planned = addDays(dayOfPayment(first), days)
  const tomorrow = addDays(dayOfPayment(last), 1)
  return planned > tomorrow ? planned : tomorrow
}

export const retriesKeepTheDays = (books: YearBooks, lives: readonly Life[]): string[] =>
  perAttempt(books, lives, ({ next, before, payment }) => {
    const day = dayOfPayment(payment)
    const due = dueAgain(books, before)
    if (due === null) return null
    if (next && day >= dayAt(next.created_at)) return `on ${day}, when the next turn had been made`
    if (day < due) return `on ${day}, due on ${due}`
    const last = firstGoodRun(books, due)
    return last !== null && day > last ? `on ${day}, could be on ${last}` : null
  })

export const cardsAreGood = (books: YearBooks, lives: readonly Life[]): string[] =>
  perAttempt(books, lives, ({ before, payment }) => {
    const day = dayOfPayment(payment)
    const month = `${day.slice(2, 4)}${day.slice(5, 7)}`
    if ((payment.expiry_yymm ?? '') < month) return `a card of ${payment.expiry_yymm} in ${month}`
    const refused = before.some((one) => isHard(one) && one.card_id === payment.card_id)
    return refused ? 'after a refusal for good' : null
  })

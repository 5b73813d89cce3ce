import type { CheckoutForm, CheckoutView, Quote, ReadBack, ShownPayment } from '../../contract/checkout'
import type { Failure } from '../../contract/failures'
import type { ShownCard } from '../../contract/keypad'
import { yen } from '../../contract/values'
import { businessDate } from '../domain/calendar/tokyo'
import { cardValidity } from '../domain/payments/card-validity'
import { checkBlacklist, type HoldDecision } from './blacklist-check'
import type { CheckoutDeps } from './deps'
import { currentPayment, loadCheckout, readForm, type CheckoutRow, type PaymentRow } from './drafts'
import { declineOf, failureOf } from './failures'
import { checkForm, followMerges, type CheckedForm } from './form-check'
import { planOfPayment } from './plan'
import { quoteOf } from './pricing'
import { readBackOf } from './read-back'
import type { StoredVerdict } from './settle'

/** A card as a screen may see it; the token stays here. */
export function shownCard(
  row: {
    id: string
    brand: string
    last3: string
    expiry_yymm: string
    on_file: number
  },
  now: number,
): ShownCard {
  return {
    cardId: row.id,
    brand: row.brand,
    last3: row.last3,
    expiryYYMM: row.expiry_yymm,
    validity: cardValidity(row.expiry_yymm, businessDate(now)),
    onFile: row.on_file === 1,
  }
}

export function shownPayment(row: PaymentRow): ShownPayment {
  return {
    number: row.number,
    state: row.status,
    amount: yen(row.amount),
    plan: planOfPayment(row),
    brand: row.brand,
    masked: row.masked,
    last3: row.last3,
    code: row.code,
    approvalCode: row.approval_code,
    holdUntil: row.hold_until,
    createdAt: row.created_at,
  }
}

/** What must be said of the last payment when the form is opened again. */
export async function failureOfPayment(
  deps: CheckoutDeps,
  row: CheckoutRow,
  payment: PaymentRow | null,
): Promise<Failure | null> {
  if (!payment || row.status === 'completed' || row.status === 'discarded') return null
  if (payment.status === 'unknown') return failureOf('result-unknown')
  const open = await deps.database.db
    .selectFrom('payment_operation')
    .select(['kind', 'status', 'cause'])
    .where('payment_id', '=', payment.id)
    .orderBy('started_at', 'desc')
    .orderBy('id', 'desc')
    .executeTakeFirst()
  if (payment.status === 'authorized') {
    return open?.kind === 'void' && open.status === 'unknown' ? failureOf('void-pending') : null
  }
  if (payment.status !== 'failed') return null
  if (payment.code !== null) return declineOf(payment.code)
  switch (open?.cause) {
    case 'refused':
    case 'unreachable':
    case 'certificate':
    case 'rejected':
    case 'busy':
      return failureOf(`service-${open.cause}`)
    default:
      return failureOf('never-booked')
  }
}

async function customerName(deps: CheckoutDeps, form: CheckoutForm): Promise<string | null> {
  if (form.customer.kind === 'none') return null
  if (form.customer.kind === 'new') {
    const name = `${form.customer.fields.familyName} ${form.customer.fields.givenName}`.trim()
    return name === '' ? null : name
  }
  const row = await deps.database.db
    .selectFrom('customer')
    .select(['family_name', 'given_name'])
    .where('id', '=', form.customer.customerId)
    .executeTakeFirst()
  return row ? `${row.family_name} ${row.given_name}` : null
}

async function cardOfForm(deps: CheckoutDeps, form: CheckoutForm): Promise<ShownCard | null> {
  if (form.payment.cardId === null) return null
  const row = await deps.database.db
    .selectFrom('card')
    .select(['id', 'brand', 'last3', 'expiry_yymm', 'on_file'])
    .where('id', '=', form.payment.cardId)
    .where('removed_at', 'is', null)
    .executeTakeFirst()
  return row ? shownCard(row, deps.clock.now()) : null
}

interface ReadParts {
  readonly readBack: ReadBack | null
  readonly review: boolean
}

/** What is read aloud of a checked form, and whether its order will be looked at before it ships. */
const readPartsOf = (checked: CheckedForm, quote: Quote, listed: HoldDecision | null): ReadParts => ({
  readBack: readBackOf(checked, quote),
  review: listed?.kind === 'hold',
})

async function readBackFor(
  deps: CheckoutDeps,
  row: CheckoutRow,
  form: CheckoutForm,
  quote: Quote,
): Promise<ReadParts> {
  if (row.status !== 'read-back') return NOT_READ
  const checked = await checkForm(deps, row, form, quote)
  if (!('ok' in checked)) return NOT_READ
  return readPartsOf(checked.ok, quote, await checkBlacklist(deps, checked.ok))
}

const NOT_READ: ReadParts = { readBack: null, review: false }

async function orderOf(deps: CheckoutDeps, row: CheckoutRow) {
  if (row.status !== 'completed') return null
  const order = await deps.database.db
    .selectFrom('sales_order')
    .select(['id', 'number', 'status'])
    .where((eb) => (row.order_id === null ? eb('checkout_id', '=', row.id) : eb('id', '=', row.order_id)))
    .executeTakeFirst()
  return order ?? null
}

async function changedOrder(deps: CheckoutDeps, row: CheckoutRow): Promise<CheckoutView['changes']> {
  if (row.order_id === null) return null
  const { id, number, total } = await deps.database.db
    .selectFrom('sales_order')
    .select(['id', 'number', 'total'])
    .where('id', '=', row.order_id)
    .executeTakeFirstOrThrow()
  return { id, number, total: yen(total) }
}

/** What the caller has worked out a moment ago, so that the view need not ask the database for it again. */
export interface JustChecked {
  readonly form: CheckoutForm
  readonly quote: Quote
  readonly checked: CheckedForm
  readonly listed: HoldDecision | null
  /** Rows that a verdict has just been stored in. */
  readonly stored: StoredVerdict | null
}

/** The parts of a view that follow from a form that has just been checked. */
function partsOf(deps: CheckoutDeps, { quote, checked, listed }: JustChecked, stage: CheckoutRow['status']) {
  const { familyName, givenName } = checked.customer.fields
  return {
    quote,
    card: checked.card ? shownCard(checked.card, deps.clock.now()) : null,
    customerName: `${familyName} ${givenName}`,
    ...(stage === 'read-back' ? readPartsOf(checked, quote, listed) : NOT_READ),
  }
}

async function partsFromDatabase(deps: CheckoutDeps, row: CheckoutRow, form: CheckoutForm) {
  const quote = await quoteOf(deps, form, row)
  const [card, name, read] = await Promise.all([
    cardOfForm(deps, form),
    customerName(deps, form),
    readBackFor(deps, row, form, quote),
  ])
  return { quote, card, customerName: name, ...read }
}

async function rowsOf(deps: CheckoutDeps, checkoutId: string) {
  const [row, payment] = await Promise.all([loadCheckout(deps, checkoutId), currentPayment(deps, checkoutId)])
  return { row, payment }
}

/** The rows that a view shows. */
interface ViewRows {
  readonly row: CheckoutRow
  readonly payment: PaymentRow | null
  readonly form: CheckoutForm
}

type ViewParts = Pick<CheckoutView, 'quote' | 'card' | 'customerName' | 'readBack' | 'review' | 'changes'> & {
  readonly order: Awaited<ReturnType<typeof orderOf>>
  readonly failure: Failure | null
}

const assemble = ({ row, payment, form }: ViewRows, { order, ...parts }: ViewParts): CheckoutView => ({
  checkoutId: row.id,
  purpose: row.purpose,
  heldUntil: row.held_until,
  version: row.version,
  stage: row.status,
  form,
  ...parts,
  review: parts.review || order?.status === 'waiting-check',
  payment: payment ? shownPayment(payment) : null,
  order: order && { id: order.id, number: order.number },
  updatedAt: row.updated_at,
})

/** The whole of a checkout as one screen sees it. `failure` overrides what the last payment says. */
export async function viewOf(
  deps: CheckoutDeps,
  checkoutId: string,
  failure?: Failure,
  known?: JustChecked,
): Promise<CheckoutView> {
  const { row, payment } = known?.stored ?? (await rowsOf(deps, checkoutId))
  const form = known?.form ?? (await followMerges(deps, readForm(deps, row)))
  const [parts, order, changes, said] = await Promise.all([
    known ? partsOf(deps, known, row.status) : partsFromDatabase(deps, row, form),
    orderOf(deps, row),
    changedOrder(deps, row),
    failure ?? (known?.stored ? null : failureOfPayment(deps, row, payment)),
  ])
  const view = assemble({ row, payment, form }, { ...parts, order, changes, failure: said })
  deps.onStep?.('view-ready', checkoutId)
  return view
}

/** The parts of the view of a form that is being typed, whose quote is known; asked beside the commit that keeps it. */
export async function draftParts(
  deps: CheckoutDeps,
  { row, payment, form }: ViewRows,
  quote: Quote,
): Promise<{ parts: ViewParts; form: CheckoutForm }> {
  const [card, name, changes, failure, followed] = await Promise.all([
    cardOfForm(deps, form),
    customerName(deps, form),
    changedOrder(deps, row),
    failureOfPayment(deps, row, payment),
    followMerges(deps, form),
  ])
  const parts = { quote, card, customerName: name, ...NOT_READ, order: null, changes, failure }
  return { parts, form: followed }
}

/** The view of a draft that was kept a moment ago. */
export function viewOfDraft(deps: CheckoutDeps, rows: ViewRows, parts: ViewParts): CheckoutView {
  const view = assemble(rows, parts)
  deps.onStep?.('view-ready', rows.row.id)
  return view
}

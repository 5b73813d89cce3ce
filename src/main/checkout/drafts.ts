import type { Selectable } from 'kysely'
import type { CheckoutForm } from '../../contract/checkout'
import type { CheckoutTable, PaymentTable } from '../db/database.types'
import type { Statement } from '../db/open-database'
import { prepared } from '../db/prepared'
import { newId } from '../platform/ids'
import { Refusal } from '../platform/refusal'
import { EMPTY_FORM, type Actor, type CheckoutDeps } from './deps'
import { FORM_VERSION, parseStoredForm } from './stored-form'

export type CheckoutRow = Selectable<CheckoutTable>
export type PaymentRow = Selectable<PaymentTable>

/** An empty draft of this operator, and the statement that stores it. */
export function newDraft(deps: CheckoutDeps, actor: Actor): { row: CheckoutRow; statement: Statement } {
  const now = deps.clock.now()
  const values = {
    id: newId(),
    kind: 'order',
    status: 'editing',
    form: deps.box.seal(JSON.stringify(EMPTY_FORM)),
    form_version: FORM_VERSION,
    order_number: null,
    operator_id: actor.userId,
    seat: actor.seat,
    customer_id: null,
    amount: null,
    authorized_at: null,
    created_at: now,
    updated_at: now,
    version: 1,
    purpose: 'order',
    order_id: null,
    replaces_card_id: null,
    held_until: null,
    discount_by: null,
  } as const
  keepWarm(deps, { version: values.version, draft: values, form: EMPTY_FORM })
  return {
    row: values,
    statement: { query: deps.database.db.insertInto('checkout').values(values).compile() },
  }
}

const checkoutById = prepared<'checkoutId', CheckoutRow>((db, slot) =>
  db.selectFrom('checkout').selectAll().where('id', '=', slot('checkoutId')),
)

export async function loadCheckout(deps: CheckoutDeps, checkoutId: string): Promise<CheckoutRow> {
  const { db } = deps.database
  const [row] = (await db.executeQuery(checkoutById(db, { checkoutId }))).rows
  if (!row) throw new Refusal('NOT_FOUND')
  return row
}

/** The form of a draft, or null when it was sealed with another key: by another seat, or before a key was lost. */
export function openForm(deps: CheckoutDeps, row: CheckoutRow): CheckoutForm | null {
  try {
    return parseStoredForm(JSON.parse(deps.box.open(row.form)))
  } catch {
    return null
  }
}

/** The form of a draft; one that cannot be opened here is shown empty, and is never written over. */
export const readForm = (deps: CheckoutDeps, row: CheckoutRow): CheckoutForm =>
  openForm(deps, row) ?? EMPTY_FORM

/** A form as it was just kept, so that 確認画面に進む need not open it again. */
export interface WarmForm {
  readonly version: number
  readonly draft: Pick<CheckoutRow, 'id' | 'order_id'>
  readonly form: CheckoutForm
}

/** Drafts that one seat may have in hand at a time. */
const WARM_FORMS = 32

const warmForms = new WeakMap<object, Map<string, WarmForm>>()

function keepWarm(deps: CheckoutDeps, warm: WarmForm): void {
  const forms = warmForms.get(deps.box) ?? new Map<string, WarmForm>()
  warmForms.set(deps.box, forms)
  forms.delete(warm.draft.id)
  forms.set(warm.draft.id, warm)
  for (const oldest of forms.size > WARM_FORMS ? forms.keys() : []) {
    forms.delete(oldest)
    break
  }
}

/** The form of this very version when this seat kept it last. What it leads to is only used if the row agrees. */
export function warmForm(deps: CheckoutDeps, checkoutId: string, version: number): WarmForm | null {
  const warm = warmForms.get(deps.box)?.get(checkoutId)
  return warm?.version === version ? warm : null
}

/** Refuses when the screen has not seen the latest version, or the checkout is past that stage. */
export function expectStage(row: CheckoutRow, version: number, ...stages: CheckoutRow['status'][]): void {
  if (!stages.includes(row.status)) throw new Refusal('WRONG_STAGE')
  if (row.version !== version) throw new Refusal('STALE', { version: row.version })
}

/** Keeps the form as typed, with the total of the moment, over the version that the screen has seen; the row as it is then. */
export async function saveDraft(
  deps: CheckoutDeps,
  row: CheckoutRow,
  form: CheckoutForm,
  kept: { readonly amount: number; readonly discountBy: string | null },
): Promise<CheckoutRow> {
  const change = {
    form: deps.box.seal(JSON.stringify(form)),
    form_version: FORM_VERSION,
    customer_id: form.customer.kind === 'existing' ? form.customer.customerId : null,
    amount: kept.amount,
    discount_by: kept.discountBy,
    updated_at: deps.clock.now(),
    version: row.version + 1,
  }
  const saved = await deps.database.db
    .updateTable('checkout')
    .set(change)
    .where('id', '=', row.id)
    .where('version', '=', row.version)
    .where('status', '=', 'editing')
    .executeTakeFirst()
  if (Number(saved.numUpdatedRows) === 1) {
    keepWarm(deps, { version: row.version + 1, draft: { id: row.id, order_id: row.order_id }, form })
    return { ...row, ...change }
  }
  const current = await loadCheckout(deps, row.id)
  throw new Refusal('STALE', { version: current.version })
}

const paymentsOfCheckout = prepared<'checkoutId', PaymentRow>((db, slot) =>
  db
    .selectFrom('payment')
    .selectAll()
    .where('checkout_id', '=', slot('checkoutId'))
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc'),
)

/** The payment that counts for a checkout: the live one, else the last attempt. */
export async function currentPayment(deps: CheckoutDeps, checkoutId: string): Promise<PaymentRow | null> {
  const { db } = deps.database
  const { rows } = await db.executeQuery(paymentsOfCheckout(db, { checkoutId }))
  return rows.find((row) => isLive(row)) ?? rows[0] ?? null
}

/** The hold that an order stands on now; null when no card pays or nothing is held. */
export async function standingHold(deps: CheckoutDeps, orderId: string): Promise<PaymentRow | null> {
  const row = await deps.database.db
    .selectFrom('payment')
    .selectAll()
    .where('order_id', '=', orderId)
    .where('status', '=', 'authorized')
    .orderBy('created_at', 'desc')
    .executeTakeFirst()
  return row ?? null
}

/** True while money may be held or taken by this payment: then there may be no second one. */
export const isLive = (row: Pick<PaymentRow, 'status'>): boolean =>
  row.status === 'unknown' || row.status === 'authorized' || row.status === 'captured'

import { SubscriptionForm } from '../../contract/subscription-form'
import { normalizePostalCode } from '../../contract/text'
import type { CheckoutForm } from '../../contract/checkout'
import type { DeskDatabase } from '../db/open-database'
import type { ShipTo } from '../domain/calendar/delivery'
import { EMPTY_FORM, type CheckoutDeps } from './deps'
import type { CheckoutRow } from './drafts'
import { NO_GIFT } from './stored-form'

/** Version of the form that drafts of a 定期 are written in. */
export const SUBSCRIPTION_FORM_VERSION = 1

/** What a registration begins with: every 30 days, by phone. */
export const EMPTY_SUBSCRIPTION: SubscriptionForm = {
  customerId: null,
  itemMode: 'fixed',
  sets: [[]],
  priceSteps: [],
  rule: { kind: 'days', every: 30 },
  startOn: null,
  minTurns: 0,
  lastTurn: null,
  shipTo: { kind: 'customer' },
  slotCode: null,
  gift: NO_GIFT,
  payment: { method: null, cardId: null },
  channel: 'phone',
  offerCode: '',
  medium: '',
  note: '',
  consent: false,
}

/** The form of a draft, or null when it was sealed with another key. */
export function openSubscriptionForm(
  deps: CheckoutDeps,
  row: Pick<CheckoutRow, 'form'>,
): SubscriptionForm | null {
  try {
    return SubscriptionForm.parse(JSON.parse(deps.box.open(row.form)))
  } catch {
    return null
  }
}

/** Where a form delivers; empty where that is not known yet. */
export async function shipToOf({ db }: DeskDatabase, form: SubscriptionForm): Promise<ShipTo> {
  const { shipTo, customerId, caller } = form
  if (shipTo.kind === 'other') {
    return { prefecture: shipTo.prefecture, postalCode: normalizePostalCode(shipTo.postalCode) }
  }
  if (customerId === null) {
    const { prefecture = '', postalCode = '' } = caller?.kind === 'new' ? caller.fields : {}
    return { prefecture, postalCode: normalizePostalCode(postalCode) }
  }
  const row =
    shipTo.kind === 'saved'
      ? await db
          .selectFrom('customer_address')
          .select(['prefecture', 'postal_code'])
          .where('id', '=', shipTo.addressId)
          .where('customer_id', '=', customerId)
          .executeTakeFirst()
      : await db
          .selectFrom('customer')
          .select(['prefecture', 'postal_code'])
          .where('id', '=', customerId)
          .executeTakeFirst()
  return { prefecture: row?.prefecture ?? '', postalCode: row?.postal_code ?? '' }
}

/** The first turn as an order of the desk would be typed: what is checked of an order is checked of a 定期 too. */
export function orderFormOf(form: SubscriptionForm): CheckoutForm {
  const { customerId, caller, sets, shipTo, slotCode, gift, payment } = form
  const { channel, offerCode, medium, note } = form
  return {
    ...EMPTY_FORM,
    customer:
      customerId === null ? (caller ?? { kind: 'none', phone: '' }) : { kind: 'existing', customerId },
    lines: (sets[0] ?? []).map(({ productId, quantity }) => ({ productId, quantity, shipment: 0 })),
    shipments: [{ shipTo, slotCode, gift, deliverOn: null }],
    payment: { ...payment, keepCard: true },
    channel,
    offerCode,
    medium,
    note,
  }
}

/** An empty form as a form that was kept comes back, key by key. */
const EMPTY = JSON.stringify(SubscriptionForm.parse(EMPTY_SUBSCRIPTION))

/** True when nothing was entered yet. */
export const isEmptyRegistration = (form: SubscriptionForm): boolean => JSON.stringify(form) === EMPTY

/** Whom a registration is for; null while that is not known. */
export async function registrantName({ db }: DeskDatabase, form: SubscriptionForm): Promise<string | null> {
  const { customerId, caller } = form
  if (customerId === null) {
    const fields = caller?.kind === 'new' ? caller.fields : null
    return (fields && `${fields.familyName} ${fields.givenName}`.trim()) || null
  }
  const row = await db
    .selectFrom('customer')
    .select(['family_name', 'given_name'])
    .where('id', '=', customerId)
    .executeTakeFirst()
  return row ? `${row.family_name} ${row.given_name}` : null
}

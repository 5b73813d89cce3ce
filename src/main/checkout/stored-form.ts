import { z } from 'zod'
import { CheckoutForm } from '../../contract/checkout'
import { Shipment, ShipTo, type Gift } from '../../contract/shipments'

/** Version of the form that drafts are written in. */
export const FORM_VERSION = 2

export const NO_GIFT: Gift = { noshi: null, wrapping: false, bag: false, message: '' }

export const FIRST_SHIPMENT: Shipment = {
  shipTo: { kind: 'customer' },
  deliverOn: null,
  slotCode: null,
  gift: NO_GIFT,
}

/** Version 1: one delivery, of everything. */
const FirstForm = z.object({
  customer: CheckoutForm.shape.customer,
  lines: z.array(CheckoutForm.shape.lines.element.omit({ shipment: true })),
  shipTo: ShipTo,
  deliverOn: Shipment.shape.deliverOn,
  slotCode: Shipment.shape.slotCode,
  payment: CheckoutForm.shape.payment,
  note: CheckoutForm.shape.note,
})

/** A form as a draft holds it, of this version or of the one before. Throws when it is neither. */
export function parseStoredForm(stored: unknown): CheckoutForm {
  const current = CheckoutForm.safeParse(stored)
  if (current.success) return current.data
  const { lines, shipTo, deliverOn, slotCode, ...same } = FirstForm.parse(stored)
  return CheckoutForm.parse({
    ...same,
    lines: lines.map((line) => ({ ...line, shipment: 0 })),
    shipments: [{ shipTo, deliverOn, slotCode, gift: NO_GIFT }],
    channel: 'phone',
    offerCode: '',
    medium: '',
  })
}

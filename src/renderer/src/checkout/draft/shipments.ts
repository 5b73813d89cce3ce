import type { CheckoutForm } from '../../../../contract/checkout'
import { MAX_SHIPMENTS, type Shipment, type ShipTo } from '../../../../contract/shipments'
import { withoutShipment } from './lines'

export const EMPTY_ADDRESS: Extract<ShipTo, { kind: 'other' }> = {
  kind: 'other',
  name: '',
  phone: '',
  postalCode: '',
  prefecture: '',
  city: '',
  address: '',
  building: '',
}

/** Changes one delivery of the form. */
export const editShipment = (
  form: CheckoutForm,
  index: number,
  change: (shipment: Shipment) => Shipment,
): CheckoutForm => ({
  ...form,
  shipments: form.shipments.map((shipment, at) => (at === index ? change(shipment) : shipment)),
})

/** One more delivery, to another address: the same day, slot and gift as the last one, no goods yet. */
export function addShipment(form: CheckoutForm): CheckoutForm {
  const last = form.shipments.at(-1)
  if (!last || form.shipments.length >= MAX_SHIPMENTS) return form
  return { ...form, shipments: [...form.shipments, { ...last, shipTo: EMPTY_ADDRESS }] }
}

/** Takes a delivery away; its goods go with the first one. The last one stays. */
export function removeShipment(form: CheckoutForm, index: number): CheckoutForm {
  if (form.shipments.length < 2) return form
  const lines = withoutShipment(form.lines, index)
  return { ...form, lines, shipments: form.shipments.filter((_shipment, at) => at !== index) }
}

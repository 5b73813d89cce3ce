import type { Carrier, DeliverySlot } from '../../contract/delivery'
import { spokenDate } from '../domain/calendar/tokyo'
import type { FieldFault } from '../domain/people/contact-fields'
import { deliveryDays, readDelivery, slotsOn, type KeptDelivery } from './delivery'
import type { CheckoutDeps } from './deps'

/** Checks day and slot of a delivery against what can be promised at this moment. `path`: of the delivery, with its dot. */
export async function checkDelivery(
  deps: Pick<CheckoutDeps, 'database' | 'clock'>,
  asked: { deliverOn: string | null; slotCode: string | null },
  to: { prefecture: string; postalCode: string },
  faults: FieldFault[],
  kept?: KeptDelivery,
  path = '',
): Promise<{ slot: DeliverySlot | null; carrier: Carrier; shipOn: string | null }> {
  const asking = { ...to, deliverOn: asked.deliverOn }
  const { rules, carrier } = kept ?? (await readDelivery(deps.database))
  const { earliest, latest, shipOn, date } = deliveryDays(rules, deps.clock.now(), asking)
  if (asked.deliverOn !== null && (asked.deliverOn < earliest || asked.deliverOn > latest)) {
    faults.push({
      path: `${path}deliverOn`,
      message: `お届け日は${spokenDate(earliest)}から${spokenDate(latest)}までの間で指定してください。`,
    })
  }
  if (asked.slotCode === null) return { slot: null, carrier, shipOn }
  const slots = await slotsOn(deps.database, carrier, date)
  const slot = slots.find((row) => row.code === asked.slotCode) ?? null
  if (!slot) {
    faults.push({
      path: `${path}slotCode`,
      message: 'この時間帯は指定できません。選び直してください。',
    })
  }
  return { slot, carrier, shipOn }
}

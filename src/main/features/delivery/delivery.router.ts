import { implement } from '@orpc/server'
import { delivery } from '../../../contract/delivery'
import { deliveryChoices, readDelivery } from '../../checkout/delivery'
import type { DeskDatabase } from '../../db/open-database'
import { sessionOf, type CallContext } from '../../platform/call-context'
import type { Clock } from '../../platform/clock'
import { allSlots, deleteSlot, writeSpecialDay } from './delivery.repository'
import { calendarDay, calendarMonth, saveRules, saveSlot, settingsOf } from './delivery.service'

const os = implement(delivery).$context<CallContext>()

export function deliveryRouter(door: { readonly clock: Clock; database(): DeskDatabase }) {
  const { database, clock } = door
  return os.router({
    get: os.get.handler(async () => {
      const kept = await readDelivery(database())
      return { version: kept.version, values: settingsOf(kept), slots: await allSlots(database().db) }
    }),
    save: os.save.handler(({ input, context }) =>
      saveRules(database(), input.values, {
        version: input.version,
        by: sessionOf(context).userId,
        now: clock.now(),
      }),
    ),
    month: os.month.handler(async ({ input }) =>
      calendarMonth((await readDelivery(database())).rules.calendar, input.month),
    ),
    setDay: os.setDay.handler(async ({ input }) => {
      await writeSpecialDay(database().db, input.date, input.special)
      return calendarDay((await readDelivery(database())).rules.calendar, input.date)
    }),
    saveSlot: os.saveSlot.handler(({ input }) => saveSlot(database(), input)),
    removeSlot: os.removeSlot.handler(async ({ input }) => {
      await deleteSlot(database().db, input)
      return allSlots(database().db)
    }),
    example: os.example.handler(({ input }) =>
      deliveryChoices(database(), clock.now(), { ...input, deliverOn: null }),
    ),
  })
}

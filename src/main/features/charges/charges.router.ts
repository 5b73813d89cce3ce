import { implement } from '@orpc/server'
import type { Kysely } from 'kysely'
import { charges } from '../../../contract/charges'
import type { Database } from '../../db/database.types'
import { sessionOf, type CallContext } from '../../platform/call-context'
import type { Clock } from '../../platform/clock'
import { addRate, readChargeSettings, removeRate, saveCharges, taxRates } from './charges.service'

const os = implement(charges).$context<CallContext>()

export function chargesRouter({ db, clock }: { db(): Kysely<Database>; readonly clock: Clock }) {
  return os.router({
    get: os.get.handler(async () => {
      const [{ value, version }, rates] = await Promise.all([
        readChargeSettings(db()),
        taxRates(db(), clock.now()),
      ])
      return { version, values: value, rates }
    }),
    save: os.save.handler(({ input, context }) =>
      saveCharges(db(), { ...input, by: sessionOf(context).userId, now: clock.now() }),
    ),
    addRate: os.addRate.handler(({ input }) => addRate(db(), input, clock.now())),
    removeRate: os.removeRate.handler(({ input }) => removeRate(db(), input, clock.now())),
  })
}

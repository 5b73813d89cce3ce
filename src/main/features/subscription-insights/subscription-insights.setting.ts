import type { Kysely } from 'kysely'
import { SubscriptionSettings } from '../../../contract/subscription-settings'
import type { Database } from '../../db/database.types'
import { readSetting } from '../settings/settings.service'
import type { ClosedDayWay } from './reckoning'

/** Where 設定 > 定期 is kept; of it the forecast asks for one answer. */
const KEY = 'subscriptions'

/** Where a ship date goes that falls on a closed day; earlier, while nothing is kept. */
export async function closedDayWay(db: Kysely<Database>): Promise<ClosedDayWay> {
  const asked = SubscriptionSettings.pick({ shipOnClosedDay: true })
  const usual: { shipOnClosedDay: ClosedDayWay } = { shipOnClosedDay: 'earlier' }
  const { value } = await readSetting(db, KEY, asked, usual)
  return value.shipOnClosedDay
}

import type { Insertable } from 'kysely'
import type { PhoneCallTable } from '../../db/call-tables.types'
import type { DeskDatabase, Statement } from '../../db/open-database'
import { newId } from '../../platform/ids'
import { chance } from './random'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const CALLS = 40
const SEATS = ['受付1番', '受付2番', '受付3番']
const NAMELESS = ['withheld', 'payphone', 'out-of-area'] as const

/** The calls of the last two weeks: most from customers, some from strangers or without a number, a few missed. */
export function callStatements(
  database: DeskDatabase,
  people: { readonly adminId: string; readonly customers: readonly { readonly phone: string }[] },
  now: number,
): Statement[] {
  // Chance of its own: what else the sample shop holds stays what it was.
  const luck = chance(20_261_170)
  const calls = Array.from({ length: CALLS }, (_, index): Insertable<PhoneCallTable> => {
    const at = now - (index + 1) * 8 * HOUR + luck.below(3 * HOUR)
    const dice = luck.below(10)
    const isNamed = dice < 8
    const stranger = `0398${String(700_000 + luck.below(99_999)).padStart(6, '0')}`
    const answered = luck.below(5) > 0
    return {
      id: newId(),
      seat: luck.pick(SEATS),
      kind: isNamed ? 'number' : luck.pick(NAMELESS),
      phone: isNamed ? (dice < 6 ? luck.pickSkewed(people.customers).phone : stranger) : '',
      source: 'link',
      state: answered ? 'answered' : 'passed',
      rang_at: at,
      last_rang_at: at,
      times: 1,
      answered_at: answered ? at + (4 + luck.below(20)) * 1_000 : null,
      answered_by: answered ? people.adminId : null,
      checkout_id: null,
    }
  })
  return [{ query: database.db.insertInto('phone_call').values(calls).compile() }]
}

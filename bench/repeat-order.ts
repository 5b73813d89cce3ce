import { copyFileSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import DatabaseFile from 'better-sqlite3'
import { DEFAULT_SETTINGS } from '../src/main/features/settings/settings.service'
import { hashPassword } from '../src/main/features/auth/password'
import { electronEnv } from '../scripts/lib/electron.mjs'
import { withDisplay } from '../scripts/lib/display.mjs'
import { bigBase } from '../tests/support/big/generate'
import { openDesk, SAMPLE, signIn } from '../tests/support/desk'
import { bareWaits, repeatOrder } from '../tests/support/repeat-order'
import { stats } from './stats'

/**
 * A repeat order by phone in the built desk, by keyboard, on a base of a million customers: how long the operator waits
 * for what each key brings, and all of it together. The simulated payment service's own time is in it. The reference is
 * a bare page in the same program that shows one word for each of as many keys: what a key and its frame cost without us.
 */
const CUSTOMERS = Number(process.env['UKETSUKE_BENCH_CUSTOMERS'] ?? '1000000')
const ORDERS_EACH = 3
const ROUNDS = 15
const BARE_ROUNDS = 40
const WARM = 3

const base = await bigBase({ customers: CUSTOMERS, orders: CUSTOMERS * ORDERS_EACH }, (line) =>
  process.stderr.write(`${line}\n`),
)
const display = await withDisplay()
Object.assign(process.env, electronEnv(), display.env, { DBUS_SESSION_BUS_ADDRESS: 'disabled:' })
const passwordHash = await hashPassword(SAMPLE.password)
const callers: { phone: string; total: number }[] = []
const desk = await openDesk({
  prepare: async (profile, relayPort) => {
    mkdirSync(profile, { recursive: true })
    const path = join(profile, 'training.db')
    copyFileSync(base, path)
    const file = new DatabaseFile(path)
    file.prepare('update staff_user set password_hash = ?').run(passwordHash)
    const settings = JSON.stringify({ ...DEFAULT_SETTINGS, serviceId: 'sim-key', relayPort })
    file
      .prepare("insert into setting (key, value, version, updated_at) values ('important', ?, 1, 0)")
      .run(settings)
    callers.push(
      ...file
        .prepare<unknown[], { phone: string; total: number }>(
          `select o.customer_phone as phone, o.total from sales_order o
           where o.number % 997 = 7 and o.status = 'shipped' and (
             select max(n.number) from sales_order n where n.customer_id = o.customer_id) = o.number
           order by o.number desc limit ${ROUNDS + WARM}`,
        )
        .all(),
    )
    file.close()
  },
})
if (callers.length !== ROUNDS + WARM) throw new Error(`${callers.length} callers`)
await signIn(desk.page)
const bare = stats(await bareWaits(desk, BARE_ROUNDS))
await desk.page.bringToFront()
const sums: number[] = []
const each = new Map<string, number[]>()
let keys = 0
for (const [round, { phone, total }] of callers.entries()) {
  const caller = { phone, pan: '3566002020360505', last3: '505', total: `¥${total.toLocaleString('ja-JP')}` }
  const order = await repeatOrder(desk.page, desk.keypad, caller)
  keys = order.keys.length
  if (round < WARM) continue
  sums.push(Object.values(order.waits).reduce((sum, ms) => sum + ms, 0))
  for (const [name, ms] of Object.entries(order.waits)) each.set(name, [...(each.get(name) ?? []), ms])
}
await desk.close()
display.stop()
const reference = bare.median * each.size
const all = stats(sums)
const caused = stats(sums.map((sum) => sum - reference))
const line = (values: object) => process.stdout.write(`${JSON.stringify(values)}\n`)
line({
  name: 'repeat order, all waits that we cause',
  from: 'each key, as the window gets it',
  to: 'the frame that shows what it brings, less what a bare page needs',
  customers: CUSTOMERS,
  keys,
  ours: caused,
  whole: all,
  reference: { each: bare, of: each.size, sum: reference },
  goal: 'median <= 300 ms, keys <= 25',
  met: caused.median <= 300 && keys <= 25,
})
for (const [name, samples] of each)
  line({ name: `  ${name}`, ours: stats(samples), goal: 'part of the above', met: true })

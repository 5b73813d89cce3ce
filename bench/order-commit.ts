import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import DatabaseFile from 'better-sqlite3'
import { makeOrder } from '../src/main/checkout/4-order'
import { loadCheckout, currentPayment, readForm } from '../src/main/checkout/drafts'
import { checkForm } from '../src/main/checkout/form-check'
import { quoteOf } from '../src/main/checkout/pricing'
import { readBackOf } from '../src/main/checkout/read-back'
import { openCheckout, proceed, saveCheckout } from '../src/main/checkout/checkout.service'
import { openDatabase } from '../src/main/db/open-database'
import { systemClock } from '../src/main/platform/clock'
import { startAcquirer } from '../tests/support/acquirer'
import { filledForm, openWorld } from '../tests/support/checkout-world'
import { print, stats } from './stats'

/**
 * An order commit by the desk (Kysely, worker thread, batch) against the same rows, pragmas and number of commits
 * by prepared statements on the same thread.
 */
const ROUNDS = 120
const GOALS = { FULL: 2, OFF: 3 } as const

async function measure(synchronous: 'FULL' | 'OFF', folder: string): Promise<void> {
  const acquirer = await startAcquirer(join(folder, `acquirer-${synchronous}`))
  const path = join(folder, `desk-${synchronous}.db`)
  const world = await openWorld({ kind: 'sqlite', path, synchronous }, acquirer.service())
  const ours: number[] = []
  const statements: { sql: string; parameters: readonly unknown[] }[][] = []
  const { database } = world.deps
  const recording = {
    ...world.deps,
    database: {
      ...database,
      batch: async (batch: Parameters<typeof database.batch>[0]) => {
        statements.push(batch.map(({ query }) => ({ sql: query.sql, parameters: query.parameters })))
        return database.batch(batch)
      },
    },
  }
  for (let round = 0; round < ROUNDS; round++) {
    const opened = await openCheckout(world.deps, world.actor)
    const form = await filledForm(world, opened.checkoutId)
    const saved = await saveCheckout(world.deps, opened.checkoutId, opened.version, form)
    await proceed(world.deps, world.actor, opened.checkoutId, saved.version)
    const row = await loadCheckout(world.deps, opened.checkoutId)
    const quote = await quoteOf(world.deps, readForm(world.deps, row))
    const checked = await checkForm(world.deps, row.id, readForm(world.deps, row), quote)
    if (!('ok' in checked)) throw new Error('form')
    const payment = await currentPayment(world.deps, row.id)
    const readBack = readBackOf(checked.ok, quote)
    const deps = round === 0 ? recording : world.deps
    const from = performance.now()
    await makeOrder(deps, { row, form: checked.ok, quote, readBack, payment, actor: world.actor })
    ours.push(performance.now() - from)
  }
  await world.close()
  await acquirer.stop()
  const reference = await byPreparedStatements(join(folder, `bare-${synchronous}.db`), synchronous)
  const [mine, bare] = [stats(ours.slice(10)), stats(reference.slice(10))]
  const ratio = Math.round((mine.median / bare.median) * 100) / 100
  print({
    name: `order commit, synchronous=${synchronous}`,
    from: 'makeOrder called',
    to: 'promise settled',
    ours: mine,
    reference: bare,
    ratio,
    goal: `<= ${GOALS[synchronous]}x`,
    met: ratio <= GOALS[synchronous],
  })
}

/** The rows of the order above: number, checkout, order, two lines and shipping, two taxes, read-back, payment, card. */
async function byPreparedStatements(path: string, synchronous: 'FULL' | 'OFF'): Promise<number[]> {
  await (await openDatabase({ kind: 'sqlite', path }, { clock: systemClock })).close()
  const db = new DatabaseFile(path)
  db.pragma('journal_mode = WAL')
  db.pragma(`synchronous = ${synchronous}`)
  db.pragma('foreign_keys = OFF')
  const text = 'さくら通販 練習 花子 東京都渋谷区渋谷1-2-3'
  const insertInto = (table: string) => {
    const columns = db
      .prepare<[], { name: string; type: string }>(`select name, type from pragma_table_info('${table}')`)
      .all()
    const statement = db.prepare(`insert into ${table} values (${columns.map(() => '?').join(',')})`)
    return (fixed: Record<string, unknown>) =>
      statement.run(columns.map(({ name, type }) => fixed[name] ?? (type === 'INTEGER' ? 1 : text)))
  }
  const order = insertInto('sales_order')
  const line = insertInto('order_line')
  const tax = insertInto('order_tax')
  const readBack = insertInto('order_read_back')
  const number = db.prepare(`insert into sequence (name, next) values ('order', 2)
    on conflict (name) do update set next = sequence.next + 1 returning next`)
  const update = (table: string) =>
    db.prepare(`update ${table} set updated_at = ?, version = version + 1 where id = ?`)
  const [checkout, payment] = [update('checkout'), update('payment')]
  const card = db.prepare('update card set on_file = 0, version = version + 1 where id = ?')
  const commit = db.transaction((id: string) => {
    checkout.run(1, id)
    order({ id, number: Number.parseInt(id, 10), checkout_id: id, status: 'new', payment_method: 'card' })
    for (const position of [1, 2, 3]) line({ order_id: id, position, kind: 'product', tax_class: 'reduced' })
    for (const rate of [8, 10]) tax({ order_id: id, rate_percent: rate })
    readBack({ order_id: id, sentences: text.repeat(20) })
    payment.run(1, id)
    card.run(id)
  }).immediate
  const samples: number[] = []
  for (let round = 0; round < ROUNDS; round++) {
    const from = performance.now()
    number.get()
    commit(`${round}`)
    samples.push(performance.now() - from)
  }
  db.close()
  return samples
}

const folder = mkdtempSync(join(tmpdir(), 'uketsuke-bench-'))
try {
  await measure('FULL', folder)
  await measure('OFF', folder)
} finally {
  rmSync(folder, { recursive: true, force: true })
}

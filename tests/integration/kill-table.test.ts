import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { confirm, openCheckout, proceed, saveCheckout } from '../../src/main/checkout/checkout.service'
import { loadCheckout, readForm } from '../../src/main/checkout/drafts'
import { reconcile } from '../../src/main/checkout/reconcile'
import { viewOf } from '../../src/main/checkout/view'
import { systemClock } from '../../src/main/platform/clock'
import { startAcquirer, SERVICE_IDS, type AcquirerProcess } from '../support/acquirer'
import { builtChild } from '../support/built-child'
import { filledForm, openWorld, type World } from '../support/checkout-world'
import { deskFile } from '../support/databases'
import type { Fault, Operation } from '../../src/simulator/acquirer/faults'

const CHILD = resolve(import.meta.dirname, '../support/kill-child.ts')
const HOUR = 3_600_000

/** One row: where the power goes, and in what state the far side is then. */
interface KillPoint {
  readonly name: string
  readonly until: 'order' | 'void'
  /** The desk kills itself at this step … */
  readonly killAt?: string
  /** … or it is killed when the service has come to this stage of an ordered fault. */
  readonly whileServing?: { operation: Operation; fault: Fault; stage: 'arrived' | 'booked' }
}

const TABLE: readonly KillPoint[] = [
  { name: 'before anything is stored', until: 'order', killAt: 'proceed-received' },
  { name: 'intent stored, request not sent', until: 'order', killAt: 'intent-stored' },
  {
    name: 'request sent, not booked over there',
    until: 'order',
    whileServing: { operation: 'authorize', fault: { kind: 'hang' }, stage: 'arrived' },
  },
  {
    name: 'booked over there, answer on its way',
    until: 'order',
    whileServing: { operation: 'authorize', fault: { kind: 'answer-late' }, stage: 'booked' },
  },
  {
    name: 'queued over there, booked only later',
    until: 'order',
    whileServing: { operation: 'authorize', fault: { kind: 'not-found-then-commit' }, stage: 'arrived' },
  },
  { name: 'answered, not stored', until: 'order', killAt: 'answer-received' },
  { name: 'answer stored', until: 'order', killAt: 'answer-stored' },
  { name: 'order prepared, not stored', until: 'order', killAt: 'order-prepared' },
  { name: 'order stored, not shown', until: 'order', killAt: 'order-stored' },
  { name: 'void: intent stored, not sent', until: 'void', killAt: 'void-intent-stored' },
  {
    name: 'void: sent, not booked over there',
    until: 'void',
    whileServing: { operation: 'void', fault: { kind: 'hang' }, stage: 'arrived' },
  },
  {
    name: 'void: booked over there, answer on its way',
    until: 'void',
    whileServing: { operation: 'void', fault: { kind: 'answer-late' }, stage: 'booked' },
  },
  { name: 'void: answered, not stored', until: 'void', killAt: 'void-answer-received' },
  { name: 'void: answer stored', until: 'void', killAt: 'void-answer-stored' },
]

describe.each(SERVICE_IDS)('killed in the middle, at %s', (serviceId) => {
  let folder: string
  let acquirer: AcquirerProcess
  let world: World
  const path = () => join(folder, 'desk.db')
  const reopen = async (clock = systemClock) => {
    world = await openWorld({ kind: 'sqlite', path: path() }, acquirer.service(serviceId), { clock })
  }

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'uketsuke-kill-'))
    deskFile(folder)
    acquirer = await startAcquirer(join(folder, 'acquirer'))
  })
  afterAll(async () => {
    await acquirer.stop()
    rmSync(folder, { recursive: true, force: true })
  })

  async function draft(): Promise<string> {
    await reopen()
    const { checkoutId, version } = await openCheckout(world.deps, world.actor)
    await saveCheckout(world.deps, checkoutId, version, await filledForm(world, checkoutId))
    await world.close()
    return checkoutId
  }

  async function runAndKill(point: KillPoint, checkoutId: string): Promise<void> {
    const mark = await acquirer.mark()
    if (point.whileServing) await acquirer.fault(point.whileServing.operation, point.whileServing.fault)
    const task = {
      path: path(),
      simulatorFile: acquirer.file,
      serviceId,
      checkoutId,
      until: point.until,
      killAt: point.killAt ?? '',
    }
    const child = spawn(process.execPath, [builtChild(CHILD), JSON.stringify(task)], {
      stdio: ['ignore', 'inherit', 'inherit'],
    })
    const gone = once(child, 'exit')
    if (point.whileServing) {
      await acquirer.waitFor(point.whileServing.operation, point.whileServing.stage, mark)
      child.kill('SIGKILL')
    }
    const [code, signal] = await gone
    expect({ code, signal }).toEqual({ code: null, signal: 'SIGKILL' })
  }

  /** What the two sides say of one checkout. */
  async function bothBooks(checkoutId: string) {
    const { db } = world.deps.database
    const payments = await db
      .selectFrom('payment')
      .selectAll()
      .where('checkout_id', '=', checkoutId)
      .execute()
    const orders = await db
      .selectFrom('sales_order')
      .selectAll()
      .where('checkout_id', '=', checkoutId)
      .execute()
    const ids = new Set(payments.map((row) => row.id))
    const theirs = (await acquirer.books()).payments.filter((row) => ids.has(row.payment_id))
    return { payments, orders, theirs, heldThere: theirs.filter((row) => row.state === 'authorized') }
  }

  it.each(TABLE)('$name', async (point) => {
    const checkoutId = await draft()
    await runAndKill(point, checkoutId)

    await reopen()
    const asleep = await bothBooks(checkoutId)
    expect(asleep.heldThere.length).toBeLessThanOrEqual(1)
    await reconcile(world.deps, { atStart: true })
    const lines = readForm(world.deps, await loadCheckout(world.deps, checkoutId)).lines.length
    expect(lines).toBe(2)
    const early = await bothBooks(checkoutId)
    if (point.whileServing?.fault.kind === 'not-found-then-commit') {
      expect(early.payments.map((row) => row.status)).toEqual(['unknown'])
      const refused = await proceed(
        world.deps,
        world.actor,
        checkoutId,
        (await loadCheckout(world.deps, checkoutId)).version,
      ).catch(() => null)
      expect(refused?.stage ?? 'refused').not.toBe('read-back')
    }
    await acquirer.release()
    await acquirer.clear()
    await world.close()

    await reopen({ now: () => Date.now() + 60_000 })
    await reconcile(world.deps, { atStart: true })
    const settled = await bothBooks(checkoutId)
    expect(settled.payments.filter((row) => row.status === 'unknown')).toEqual([])
    for (const mine of settled.payments) {
      const their = settled.theirs.find((row) => row.payment_id === mine.id)
      expect(`${mine.status}`).toBe(their ? their.state : 'failed')
    }

    let view = await viewOf(world.deps, checkoutId)
    if (view.stage === 'editing') view = await proceed(world.deps, world.actor, checkoutId, view.version)
    if (view.stage === 'read-back') view = await confirm(world.deps, world.actor, checkoutId, view.version)
    expect(view).toMatchObject({ stage: 'completed', failure: null })
    const end = await bothBooks(checkoutId)
    expect(end.orders).toHaveLength(1)
    expect(end.heldThere).toHaveLength(1)
    expect(end.payments.filter((row) => row.status === 'authorized')).toMatchObject([
      { order_id: end.orders[0]?.id },
    ])
    await world.close()
  })

  it('a hold that nobody comes back for is voided after 30 minutes, and the form stays', async () => {
    const checkoutId = await draft()
    await reopen()
    const row = await loadCheckout(world.deps, checkoutId)
    expect((await proceed(world.deps, world.actor, checkoutId, row.version)).stage).toBe('read-back')
    expect((await reconcile(world.deps, { atStart: true })).voided).toBe(0)
    await world.close()
    await reopen({ now: () => Date.now() + HOUR })
    expect((await reconcile(world.deps, { atStart: true })).voided).toBe(1)
    expect(await viewOf(world.deps, checkoutId)).toMatchObject({
      stage: 'editing',
      payment: { state: 'voided' },
    })
    expect((await bothBooks(checkoutId)).heldThere).toEqual([])
    await world.close()
  })
})

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openCheckout, proceed, saveCheckout } from '../src/main/checkout/checkout.service'
import type { CheckoutStep } from '../src/main/checkout/deps'
import { startAcquirer } from '../tests/support/acquirer'
import { filledForm, openWorld } from '../tests/support/checkout-world'
import { print, stats } from './stats'

/** What the desk's own code adds to an authorization. */
const ROUNDS = 150

const folder = mkdtempSync(join(tmpdir(), 'uketsuke-bench-'))
const acquirer = await startAcquirer(join(folder, 'acquirer'))
let sentAt = 0
let answeredAt = 0
const service = acquirer.service('sim-key', {
  trace: (event) => {
    if (event === 'request-sent') sentAt = performance.now()
    else answeredAt = performance.now()
  },
})
const steps = new Map<CheckoutStep, number>()
const world = await openWorld({ kind: 'sqlite', path: join(folder, 'desk.db') }, service, {
  onStep: (step) => void steps.set(step, performance.now()),
})

const before: number[] = []
const after: number[] = []
for (let round = 0; round < ROUNDS; round++) {
  const opened = await openCheckout(world.deps, world.actor)
  const saved = await saveCheckout(
    world.deps,
    opened.checkoutId,
    opened.version,
    await filledForm(world, opened.checkoutId),
  )
  const view = await proceed(world.deps, world.actor, opened.checkoutId, saved.version)
  if (view.stage !== 'read-back') throw new Error(`stage ${view.stage}`)
  before.push(sentAt - (steps.get('proceed-received') ?? 0))
  after.push((steps.get('view-ready') ?? 0) - answeredAt)
}
const total = stats(before.map((ms, index) => ms + (after[index] ?? 0)).slice(10))
print({
  name: 'authorization, our part in all',
  from: 'proceed-received',
  to: 'request-sent, and answer-received to view-ready',
  ours: total,
  goal: 'p95 <= 5 ms',
  met: total.p95 <= 5,
})
print({
  name: 'authorization, before the service',
  from: 'proceed-received',
  to: 'request-sent',
  ours: stats(before.slice(10)),
  goal: 'part of the above',
  met: true,
})
print({
  name: 'authorization, after the service',
  from: 'answer-received',
  to: 'view-ready',
  ours: stats(after.slice(10)),
  goal: 'part of the above',
  met: true,
})
await world.close()
await acquirer.stop()
rmSync(folder, { recursive: true, force: true })

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { CheckoutForm } from '../src/contract/checkout'
import { openCheckout, proceed, saveCheckout } from '../src/main/checkout/checkout.service'
import type { CheckoutStep } from '../src/main/checkout/deps'
import { calmCollector } from '../src/main/platform/collector'
import { startAcquirer } from '../tests/support/acquirer'
import { filledForm, openWorld } from '../tests/support/checkout-world'
import { openBare, recording, replayOn, type Batch } from './replay'
import { print, stats } from './stats'

/**
 * What the desk's own code adds to an authorization. It holds two commits, the intent and the answer; with
 * synchronous FULL each waits for the disk. The reference is these two commits alone: the same statements with the
 * same values, prepared beforehand, on a copy of the same file, on the calling thread, in turn with ours.
 */
const ROUNDS = 160
const WARM = 10
/** About what the service takes: the reference's commits stand as far apart as ours. */
const APART_MS = 3

async function measure(synchronous: 'FULL' | 'OFF', folder: string): Promise<void> {
  const acquirer = await startAcquirer(join(folder, `acquirer-${synchronous}`))
  let [sentAt, answeredAt] = [0, 0]
  const service = acquirer.service('sim-key', {
    trace: (event) => {
      if (event === 'request-sent') sentAt = performance.now()
      else answeredAt = performance.now()
    },
  })
  const steps = new Map<CheckoutStep, number>()
  const path = join(folder, `desk-${synchronous}.db`)
  const world = await openWorld({ kind: 'sqlite', path, synchronous }, service, {
    onStep: (step) => void steps.set(step, performance.now()),
  })
  const drafts: { id: string; version: number; form: CheckoutForm }[] = []
  for (let round = 0; round < ROUNDS; round++) {
    const { checkoutId: id, version } = await openCheckout(world.deps, world.actor)
    const form = await filledForm(world, id)
    const saved = await saveCheckout(world.deps, id, version, form)
    drafts.push({ id, version: saved.version, form })
  }
  const copyPath = join(folder, `bare-${synchronous}.db`)
  const { database } = world.deps
  await database.backup(copyPath)
  const copy = openBare(copyPath, { synchronous, foreignKeys: true })
  const replay = replayOn(copy, true)
  let batches: Batch[] = []
  const deps = { ...world.deps, database: recording(database, (batch) => void batches.push(batch)) }
  const [before, after, bare]: [number[], number[], number[]] = [[], [], []]
  const catchUp = copy.prepare('update checkout set version = ? where id = ?')
  for (const { id, version, form } of drafts) {
    // An operator who goes on to the read-back has typed a moment ago.
    const typed = await saveCheckout(deps, id, version, form)
    catchUp.run(typed.version, id)
    batches = []
    const view = await proceed(deps, world.actor, id, typed.version)
    if (view.stage !== 'read-back') throw new Error(`stage ${view.stage}`)
    before.push(sentAt - (steps.get('proceed-received') ?? 0))
    after.push((steps.get('view-ready') ?? 0) - answeredAt)
    let reference = 0
    for (const stored of batches) {
      await pause(APART_MS)
      reference += replay.commit(replay.prepare(stored))
    }
    bare.push(reference)
  }
  copy.close()
  await world.close()
  await acquirer.stop()
  const all = stats(before.map((ms, index) => ms + (after[index] ?? 0)).slice(WARM))
  const reference = stats(bare.slice(WARM))
  const code = synchronous === 'OFF'
  print({
    name: `authorization, our part in all, synchronous=${synchronous}`,
    from: 'proceed-received',
    to: 'request-sent, and answer-received to view-ready',
    ours: all,
    reference,
    ratio: Math.round((all.median / reference.median) * 100) / 100,
    goal: code ? 'p95 <= 5 ms' : 'p95 <= 5 ms beyond the p95 of the two bare commits',
    met: all.p95 <= (code ? 5 : 5 + reference.p95),
  })
  const part = { goal: 'part of the above', met: true }
  const [first, second] = [stats(before.slice(WARM)), stats(after.slice(WARM))]
  print({ name: '  before the service', from: 'proceed-received', to: 'request-sent', ours: first, ...part })
  print({ name: '  after the service', from: 'answer-received', to: 'view-ready', ours: second, ...part })
}

calmCollector()
const folder = mkdtempSync(join(tmpdir(), 'uketsuke-bench-'))
for (const synchronous of ['FULL', 'OFF'] as const) await measure(synchronous, folder)
rmSync(folder, { recursive: true, force: true })

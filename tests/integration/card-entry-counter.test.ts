import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { KeypadEntryEvent } from '../../src/contract/keypad'
import { enterCard } from '../../src/main/checkout/card-entry'
import { openCheckout } from '../../src/main/checkout/checkout.service'
import { failureOf } from '../../src/main/checkout/failures'
import { keypadSeat } from '../../src/main/checkout/keypad-seat'
import { openKsnMemory } from '../../src/main/composition/ksn-memory'
import { hidKeypad } from '../../src/main/devices/hid'
import type { KsnMemory } from '../../src/main/devices/keypad.port'
import type { CardFrame } from '../../src/main/domain/card-frame'
import { keypadRegistry } from '../../src/main/features/keypad-monitor/keypad-monitor.service'
import type { PaymentService } from '../../src/main/gateways/payment-service.port'
import { systemClock as clock } from '../../src/main/platform/clock'
import { silentLog } from '../../src/main/platform/log'
import { keyedBytes, startAcquirer, type AcquirerProcess } from '../support/acquirer'
import { openWorld, type World } from '../support/checkout-world'
import { forEachDatabase, type DatabasePlace } from '../support/databases'
import { FakeBus, FakeKeypad, SREDKEY } from '../support/fake-keypad-hid'

const SERIAL = 'TEST000001'

forEachDatabase('A card whose counter is written beside its request', (openPlace) => {
  let folder: string
  let place: DatabasePlace
  let acquirer: AcquirerProcess
  let world: World
  let frames: CardFrame[]
  let closing: (() => Promise<void>)[]

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'uketsuke-counter-'))
    place = await openPlace()
    acquirer = await startAcquirer(join(folder, 'acquirer'))
    frames = []
    closing = []
    const service = acquirer.service()
    const watched: PaymentService = {
      ...service,
      tokenize: (frame, signal) => {
        frames.push(frame)
        return service.tokenize(frame, signal)
      },
    }
    world = await openWorld(place.config, watched)
  })
  afterEach(async () => {
    for (const close of closing.toReversed()) await close()
    await world.close()
    await place.drop()
    await acquirer.stop()
    rmSync(folder, { recursive: true, force: true })
  })

  /** A seat with a keypad of its own, all of them on one database. */
  async function openSeat(name: string, memory?: KsnMemory) {
    const { database, events } = world.deps
    const watch = keypadRegistry({ database, clock, log: silentLog, events })
    const seat = keypadSeat({ events, watch })
    const bus = new FakeBus(new FakeKeypad({ serial: SERIAL }), [SREDKEY])
    const ksnMemory = memory ?? (await openKsnMemory(database.db, clock))
    const lockFolder = join(folder, `locks-${name}`)
    await seat.use(hidKeypad({ clock, ksnMemory, lockFolder, binding: async () => bus }))
    const keypad = seat.port()
    await keypad?.status()
    await watch.touch(null)
    closing.push(async () => {
      await seat.close()
      await watch.leave()
    })
    const looks = vi.spyOn(watch, 'look')
    /** The record of the keypad was read as often as it was asked for. */
    const looked = async () => void (await Promise.all(looks.mock.results.map(({ value }) => value)))
    /** One entry with these bytes; what the popup was shown, and the reports as they are left. */
    const enter = async (
      bytes: Uint8Array,
      onEvent: (event: KeypadEntryEvent) => void = () => undefined,
      beforeKeying: () => Promise<void> = looked,
    ) => {
      const { checkoutId } = await openCheckout(world.deps, world.actor)
      const shown: KeypadEntryEvent[] = []
      let reports: Buffer[] = []
      const holder = { seat: name, operator: '鈴木' }
      const owner = { checkoutId }
      const options = { keypad, holder, owner, watch, seatIsOpen: () => true, timeoutMs: 30_000 }
      for await (const event of enterCard(world.deps, options)) {
        shown.push(event)
        onEvent(event)
        if (event.step !== 'waiting') continue
        await beforeKeying()
        reports = bus.keypad.sendReports(bytes)
      }
      await watch.touch(null)
      return { shown, steps: shown.map(({ step }) => step), last: shown.at(-1), reports }
    }
    return { enter, looked }
  }
  const cards = () => world.deps.database.db.selectFrom('card').select('id').execute()
  const tokens = async () => (await acquirer.books()).tokens.length
  const causes = async () => {
    const rows = await world.deps.database.db
      .selectFrom('keypad_event')
      .select('detail')
      .where('subtype', '=', 'misread')
      .execute()
    return rows.map(({ detail }) => detail)
  }
  /** 使用停止, as another seat decides it: this desk hears nothing of it. */
  const stopElsewhere = () =>
    world.deps.database.db
      .updateTable('keypad')
      .set({ state: 'stopped', stop_reason: 'lost' })
      .where('serial', '=', SERIAL)
      .execute()
  const nothingLeft = (reports: readonly Buffer[]) => {
    expect(frames.every((frame) => frame.wiped)).toBe(true)
    expect(reports.every((report) => report.every((byte) => byte === 0))).toBe(true)
  }

  it('a frame that another seat took gives no card, although the service gave a token', async () => {
    const [one, two] = [await openSeat('1番席'), await openSeat('2番席')]
    const bytes = keyedBytes({ counter: 9 })
    expect((await one.enter(bytes)).steps).toEqual(['waiting', 'receiving', 'tokenizing', 'done'])
    const kept = await cards()
    const second = await two.enter(bytes)
    expect(second.steps).toEqual(['waiting', 'receiving', 'tokenizing', 'failed'])
    expect(second.last).toEqual({ step: 'failed', failure: failureOf('replay') })
    expect([await tokens(), await cards(), kept.length]).toEqual([2, kept, 1])
    expect(JSON.stringify(second.shown)).not.toContain('tok_')
    expect(await causes()).toEqual(['{"cause":"replay"}'])
    nothingLeft(second.reports)
    expect((await two.enter(keyedBytes({ counter: 10 }))).last?.step).toBe('done')
  })

  it('a replay that the desk remembers never reaches the service', async () => {
    const one = await openSeat('1番席')
    await one.enter(keyedBytes({ counter: 9 }))
    const again = await openSeat('2番席')
    const both = Buffer.concat([keyedBytes({ counter: 9 }), keyedBytes({ counter: 10 })])
    const { steps } = await again.enter(both)
    expect(steps).toEqual(['waiting', 'receiving', 'misread', 'tokenizing', 'done'])
    expect([await tokens(), frames.map(({ facts }) => facts.counter)]).toEqual([2, [9, 10]])
  })

  it('a keypad that was stopped elsewhere a moment ago gives no card, although the service gave a token', async () => {
    const one = await openSeat('1番席')
    const stopped = await one.enter(keyedBytes({ counter: 9 }), undefined, async () => {
      await one.looked()
      await stopElsewhere()
    })
    expect(stopped.steps).toEqual(['waiting', 'receiving', 'tokenizing', 'failed'])
    expect(stopped.last).toEqual({ step: 'failed', failure: failureOf('keypad-stopped') })
    expect([await tokens(), await cards()]).toEqual([1, []])
    nothingLeft(stopped.reports)
  })

  it('a keypad whose stop was seen while the popup waited never reaches the service', async () => {
    const one = await openSeat('1番席')
    const stopped = await one.enter(keyedBytes({ counter: 9 }), undefined, async () => {
      await stopElsewhere()
      world.deps.events.emit({ type: 'keypad-changed', keypadId: '' })
      await one.looked()
    })
    expect(stopped.steps).toEqual(['waiting', 'receiving', 'failed'])
    expect(stopped.last).toEqual({ step: 'failed', failure: failureOf('keypad-stopped') })
    expect([await tokens(), frames, await cards()]).toEqual([0, [], []])
    expect(stopped.reports.every((report) => report.every((byte) => byte === 0))).toBe(true)
  })

  it('a counter that cannot be written refuses the card', async () => {
    const one = await openSeat('1番席')
    await world.deps.database.db.schema.dropTable('keypad_counter').execute()
    const { last, reports } = await one.enter(keyedBytes({ counter: 9 }))
    expect(last).toEqual({ step: 'failed', failure: failureOf('not-recorded') })
    expect([await tokens(), await cards()]).toEqual([1, []])
    expect(await causes()).toEqual(['{"cause":"not-recorded"}'])
    nothingLeft(reports)
  })

  it('the request does not wait for the counter, the card does', async () => {
    const memory = await openKsnMemory(world.deps.database.db, clock)
    const order: string[] = []
    const mark = await acquirer.mark()
    const one = await openSeat('1番席', {
      lastCounter: (keySet) => memory.lastCounter(keySet),
      remember: async (keySet, counter) => {
        order.push('write begins')
        await acquirer.waitFor('tokens', 'answered', mark)
        order.push('service has answered')
        expect(await cards()).toEqual([])
        await memory.remember(keySet, counter)
        order.push('counter durable')
      },
    })
    const { last, reports } = await one.enter(keyedBytes({ counter: 9 }), ({ step }) => order.push(step))
    expect(order).toEqual([
      'waiting',
      'write begins',
      'receiving',
      'tokenizing',
      'service has answered',
      'counter durable',
      'done',
    ])
    expect([last?.step, (await cards()).length]).toEqual(['done', 1])
    nothingLeft(reports)
  })
})

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createRouterClient } from '@orpc/server'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { KeypadEntryEvent } from '../../src/contract/keypad'
import { openCheckout } from '../../src/main/checkout/checkout.service'
import { keypadSeat, type KeypadSeat } from '../../src/main/checkout/keypad-seat'
import { hidKeypad } from '../../src/main/devices/hid'
import {
  keypadRegistry,
  type KeypadRegistry,
} from '../../src/main/features/keypad-monitor/keypad-monitor.service'
import { keypadsRouter } from '../../src/main/features/keypads/keypads.router'
import type { Seat } from '../../src/main/platform/call-context'
import { systemClock } from '../../src/main/platform/clock'
import { silentLog } from '../../src/main/platform/log'
import { ksnWithCounter } from '../../src/simulator/dukpt'
import { enhancedFrame } from '../../src/simulator/keypad/frames'
import { startAcquirer } from '../support/acquirer'
import { openWorld, type World } from '../support/checkout-world'
import { deskFile } from '../support/databases'
import { FakeBus, FakeKeypad, SREDKEY } from '../support/fake-keypad-hid'
import { ksnMemory } from '../support/keypad-events'
import { sessionAs } from '../support/seeded'

const SERIAL = 'TEST000001'
const PAN = '4111111111111111'
let counter = 0

describe('a card entry, by the procedure that the popup calls', () => {
  let folder: string
  let acquirer: Awaited<ReturnType<typeof startAcquirer>>
  let world: World
  let bus: FakeBus
  let keypads: KeypadSeat
  let registry: KeypadRegistry
  let seat: Seat
  let reports: Buffer[]

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'uketsuke-entry-'))
    acquirer = await startAcquirer(join(folder, 'acquirer'))
    world = await openWorld(deskFile(folder), acquirer.service())
    const { database, clock, events } = world.deps
    registry = keypadRegistry({ database, clock, log: silentLog, events })
    keypads = keypadSeat({ events, watch: registry })
    bus = new FakeBus(new FakeKeypad({ serial: SERIAL }), [SREDKEY])
    const locks = { ksnMemory: ksnMemory(), lockFolder: join(folder, 'locks'), binding: async () => bus }
    await keypads.use(hidKeypad({ clock: systemClock, ...locks }))
    await keypads.port()?.status()
    const { userId, userName, shopId } = world.actor
    const admin = { id: userId, name: userName, shop: { id: shopId, name: '本店' } }
    seat = { name: '1番席', session: sessionAs(admin, 'admin'), lastTouchedAt: 0 }
    reports = []
  })
  afterEach(async () => {
    await keypads.close()
    await registry.leave()
    await world.close()
    await acquirer.stop()
    rmSync(folder, { recursive: true, force: true })
  })

  /** One entry; `at` is called for each thing that the popup shows. */
  async function entry(
    at: (event: KeypadEntryEvent) => unknown = () => undefined,
    { deps = world.deps, timeoutMs = 30_000 } = {},
  ) {
    const router = keypadsRouter({
      checkout: () => deps,
      seat: () => keypads,
      contractBlock: async () => null,
      entryTimeoutMs: async () => timeoutMs,
      watch: () => registry,
    })
    const { checkoutId } = await openCheckout(world.deps, world.actor)
    const client = createRouterClient(router, { context: { seat } })
    const shown: string[] = []
    for await (const event of await client.enterCard({ intent: { menu: 'order-entry', checkoutId } })) {
      shown.push(
        'failure' in event ? `${event.step} ${event.failure.code ?? event.failure.cause}` : event.step,
      )
      await at(event)
    }
    return shown
  }
  const keyCard = (serial = SERIAL) => {
    const ksn = ksnWithCounter('FFFF9876543210E00000', ++counter)
    const frame = enhancedFrame({ pan: PAN, expiry: '3012' }, ksn, { serial, cipher: 'TDES' })
    reports = bus.keypad.sendReports(frame)
  }
  const onWaiting = (act: () => unknown) => async (event: KeypadEntryEvent) => {
    if (event.step === 'waiting') await act()
  }
  const decide = (state: 'registered' | 'unregistered' | 'stopped') =>
    world.deps.database.db.updateTable('keypad').set({ state }).where('serial', '=', SERIAL).execute()
  const tokens = async () => (await acquirer.books()).tokens.length
  /** Every report has been overwritten. */
  const wiped = () => reports.length > 0 && reports.every((report) => report.every((byte) => byte === 0))

  it('a registered keypad brings a card, and its bytes are gone', async () => {
    expect(await entry(onWaiting(() => keyCard()))).toEqual(['waiting', 'receiving', 'tokenizing', 'done'])
    expect([await tokens(), wiped()]).toEqual([1, true])
  })

  it('one that is not registered is refused before the popup waits (991)', async () => {
    await decide('unregistered')
    expect(await entry()).toEqual(['failed 991'])
  })

  it('one that is stopped while the popup waits is refused with its card', async () => {
    const stopped = onWaiting(async () => {
      await decide('stopped')
      world.deps.events.emit({ type: 'keypad-changed', keypadId: '' })
      // The popup's own look at the record was asked for before this one.
      await registry.look()
      keyCard()
    })
    expect(await entry(stopped)).toEqual(['waiting', 'receiving', 'failed keypad-stopped'])
    expect([await tokens(), wiped()]).toEqual([0, true])
    await decide('registered')
    expect((await entry(onWaiting(() => keyCard()))).at(-1)).toBe('done')
  })

  it('a card that was keyed on another device than the one in sight is refused', async () => {
    expect((await entry(onWaiting(() => keyCard('644T055742')))).at(-1)).toBe('failed 991')
    expect([await tokens(), wiped()]).toEqual([0, true])
  })

  it('a card that comes after the seat was locked is not taken, whatever the screen does', async () => {
    const locked = onWaiting(() => {
      seat.session = seat.session && { ...seat.session, locked: true }
      keyCard()
    })
    expect(await entry(locked)).toEqual(['waiting', 'receiving', 'cancelled'])
    expect([await tokens(), wiped()]).toEqual([0, true])
  })

  it('each of the four messages of the help page reaches the popup, word for word', async () => {
    const told: string[] = []
    const tell = (event: KeypadEntryEvent) => void ('failure' in event && told.push(event.failure.message))
    const noService = { ready: false, cause: 'service-not-set-up' } as const
    await entry(tell, { deps: { ...world.deps, activeService: async () => noService } })
    await entry(tell, { timeoutMs: 20 })
    await acquirer.stop()
    const keyed = onWaiting(() => keyCard())
    await entry(async (event) => {
      tell(event)
      await keyed(event)
    })
    await entry((event) => {
      tell(event)
      if (event.step !== 'waiting') return
      bus.interfaces = []
      bus.keypad.unplug()
    })
    expect(told).toEqual([
      'クレジットカードの利用サービスを確認ください。',
      'もう一度テンキーパッドからクレジットカード情報を入力ください。',
      '一時的なエラーが発生しました。不便をおかけし申し訳ございません。しばらく時間をおいても、改善されない場合にはお問い合わせフォームよりお問い合わせください。',
      'テンキーパッドの接続状況や設定を確認ください。',
    ])
  })

  it('refused reads and refused cards stand among the events of the keypad', async () => {
    await entry(async (event) => {
      if (event.step === 'waiting') bus.keypad.sendReports(Buffer.from('020400', 'hex'))
      if (event.step === 'misread') keyCard()
    })
    await decide('unregistered')
    await entry()
    await registry.touch(null)
    const events = await world.deps.database.db
      .selectFrom('keypad_event')
      .innerJoin('keypad', 'keypad.id', 'keypad_event.keypad_id')
      .select(['subtype', 'detail'])
      .where('serial', '=', SERIAL)
      .where('keypad_event.type', '=', 'error')
      .execute()
    expect(events).toEqual([
      { subtype: 'misread', detail: '{"cause":"length"}' },
      { subtype: 'refused', detail: '{"cause":"unregistered"}' },
    ])
  })
})

import { afterEach, beforeEach, expect, it } from 'vitest'
import { unregisteredKeypads } from '../../src/main/features/keypad-monitor/keypad-monitor.service'
import { forEachDatabase, type DatabasePlace } from '../support/databases'
import {
  factsOf,
  frameOf,
  MINUTE,
  openMonitored,
  ready,
  RELAY,
  SERIAL,
  UNPLUGGED,
  USB,
  type Monitored,
} from '../support/monitored'

forEachDatabase('the keypads as devices', (openPlace) => {
  let place: DatabasePlace
  let w: Monitored
  beforeEach(async () => {
    place = await openPlace()
    w = await openMonitored(place.config)
  })
  afterEach(async () => {
    await w.close()
    await place.drop()
  })

  it('a keypad that was never seen is 未登録 and refused (991) until an admin registers it', async () => {
    await w.plugIn()
    expect(await w.only()).toMatchObject({
      serial: SERIAL,
      state: 'unregistered',
      p2pe: 'active',
      shop: null,
    })
    expect(await unregisteredKeypads(w.database.db)).toBe(1)
    expect(await w.registry.allow()).toMatchObject({ code: '991' })
    expect(await w.registry.allowFrame(frameOf(SERIAL))).toMatchObject({ code: '991' })
    expect(await w.register()).toMatchObject({
      state: 'waiting',
      seat: '受付1番',
      registeredBy: w.owner.name,
    })
    expect(await unregisteredKeypads(w.database.db)).toBe(0)
    expect(await w.registry.allow()).toBeNull()
    expect(await w.registry.allowFrame(frameOf(SERIAL))).toBeNull()
    await w.registry.touch(null)
    expect(await w.eventsOf()).toEqual([
      `registered 1 さくら通販 本店「受付1番」(${w.owner.name})`,
      'refused 2 カードの入力を拒否: 未登録のテンキー(991)',
      'connected 1 このパソコンのUSBに接続',
      'started 1 起動の理由: 受付の起動',
    ])
    expect(w.told.filter((event) => event.type === 'keypad-changed').length).toBeGreaterThan(2)
  })

  it('a card of a device that nobody has seen is refused too', async () => {
    await w.plugIn()
    await w.register()
    expect(await w.registry.allowFrame(frameOf('999T000001'))).toMatchObject({ code: '991' })
  })

  it('a stopped keypad is refused, even for a card that is keyed already, and comes back as 未登録', async () => {
    await w.plugIn()
    const { id, version } = await w.register()
    expect(await w.registry.allow()).toBeNull()
    await w.admin.stop({ id, version, reason: 'lost', note: '棚卸しで見つからない' })
    expect(await w.registry.allowFrame(frameOf(SERIAL))).toMatchObject({
      cause: 'keypad-stopped',
    })
    expect(await w.registry.allow()).toMatchObject({ cause: 'keypad-stopped' })
    const stopped = await w.detail()
    expect(stopped).toMatchObject({ state: 'stopped', stopReason: 'lost' })
    const resumed = await w.admin.resume({ id, version: stopped.version })
    expect(resumed).toMatchObject({ state: 'unregistered', shop: null, seat: null, registeredAt: null })
    expect(await w.registry.allow()).toMatchObject({ code: '991' })
  })

  it('after tampering there is no way back', async () => {
    await w.plugIn()
    const { id, version } = await w.register()
    const stopped = await w.admin.stop({ id, version, reason: 'tampered', note: '' })
    expect(stopped).toMatchObject({ state: 'tampered' })
    await expect(w.admin.resume({ id, version: stopped.version })).rejects.toMatchObject({
      code: 'STALE',
    })
    await expect(w.register()).rejects.toMatchObject({ code: 'STALE' })
    expect(await w.only()).toMatchObject({ state: 'tampered' })
  })

  it('a decision over an old version changes nothing and leaves no event', async () => {
    await w.plugIn()
    const { id, version } = await w.register()
    await w.admin.register({ id, version, shopId: w.owner.shop.id, seat: '受付2番' })
    const before = await w.eventsOf()
    const late = w.admin.stop({ id, version, reason: 'retired', note: '' })
    await expect(late).rejects.toMatchObject({ code: 'STALE', data: { version: version + 1 } })
    expect(await w.eventsOf()).toEqual(before)
    expect(before[0]).toBe(
      `changed 1 さくら通販 本店「受付1番」 → さくら通販 本店「受付2番」(${w.owner.name})`,
    )
    const nowhere = w.admin.register({ id, version: version + 1, shopId: crypto.randomUUID(), seat: 'x' })
    await expect(nowhere).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })

  it('what a keypad tells by itself leaves the version of the decisions alone', async () => {
    await w.plugIn()
    const { version } = await w.register()
    for (let times = 0; times < 5; times++) await w.registry.noticed(ready(), USB)
    await w.registry.touch(3)
    expect((await w.detail()).version).toBe(version)
  })

  it('a loose plug is one row a minute', async () => {
    await w.plugIn()
    await w.register()
    for (let times = 0; times < 12; times++) {
      await w.registry.noticed(UNPLUGGED, USB)
      await w.plugIn()
      w.clock.advance(4_000)
    }
    w.clock.advance(MINUTE)
    await w.registry.noticed(UNPLUGGED, USB)
    expect(await w.eventsOf({ type: ['connection'] })).toEqual([
      'disconnected 1 原因: USBケーブルが抜けました',
      'disconnected 12 原因: USBケーブルが抜けました',
      'connected 13 このパソコンのUSBに接続',
    ])
    expect(await w.only()).toMatchObject({ state: 'offline' })
  })

  it('its state follows the cable, the claim and the silence of a desk that died', async () => {
    await w.plugIn()
    await w.register()
    const holder = { seat: '受付1番', operator: '鈴木' }
    await w.registry.noticed({ kind: 'in-use', facts: factsOf(), holder }, USB)
    expect(await w.detail()).toMatchObject({ state: 'in-use', holder: '鈴木(受付1番)' })
    await w.registry.noticed(UNPLUGGED, USB)
    expect(await w.detail()).toMatchObject({ state: 'offline', holder: null })
    await w.plugIn()
    w.clock.advance(2 * MINUTE)
    expect(await w.only()).toMatchObject({ state: 'waiting' })
    w.clock.advance(2 * MINUTE)
    expect(await w.only()).toMatchObject({ state: 'offline' })
    await w.registry.touch(null)
    expect(await w.only()).toMatchObject({ state: 'waiting' })
    await w.registry.leave()
    expect(await w.eventsOf({ subtype: ['disconnected'] })).toContain('disconnected 1 原因: 受付の終了')
  })

  it('new firmware, exhausted keys and refused reads are told; exhausted keys show without a claim', async () => {
    await w.plugIn()
    await w.registry.noticed(ready({ firmware: 'V1.02.118' }), USB)
    await w.registry.misread('lrc')
    const level0 = factsOf({ firmware: 'V1.02.118', securityLevel: '0' })
    await w.registry.noticed({ kind: 'trouble', trouble: 'keys-exhausted', facts: level0 }, USB)
    expect(await w.only()).toMatchObject({ p2pe: 'exhausted', firmware: 'V1.02.118' })
    expect((await w.eventsOf()).slice(0, 3)).toEqual([
      'keys-exhausted 1 提供元に鍵の再注入か交換を依頼してください',
      'misread 1 読み取りデータの検査値の不一致(LRC)',
      'update-succeeded 1 V1.02.117 → V1.02.118',
    ])
  })

  it('the use of the key is counted from the KSN of the cards', async () => {
    await w.plugIn()
    await w.register()
    await w.registry.allowFrame(frameOf(SERIAL, 3))
    await w.registry.touch(null)
    expect(await w.detail()).toMatchObject({ keySet: 'FFFF9876543210E', usesLeft: 1_048_572, p2pe: 'active' })
  })

  it('a device without a serial is known by its place and by the serial of its cards', async () => {
    await w.registry.noticed(ready({ serial: null }), USB)
    await w.register()
    expect(await w.registry.allowFrame(frameOf('123T000007'))).toBeNull()
    await w.registry.touch(null)
    expect(await w.only()).toMatchObject({ serial: '123T000007' })
    await w.registry.noticed(ready({ serial: null }), USB)
    expect(await w.list()).toHaveLength(1)
  })

  it('shows how a relay is reached, 対象外 for every interface that it does not have', async () => {
    await w.registry.noticed(ready(), RELAY)
    expect(await w.detail()).toMatchObject({
      cable: 'relay',
      battery: 'usb-powered',
      latencyMs: 4,
      network: { ethernet: null, wifi: null, bluetooth: null, usb: null, relay: RELAY.relay },
    })
  })

  it('two desks that see the same relay write one keypad down', async () => {
    const other = w.openRegistry()
    await Promise.all([w.registry.noticed(ready(), RELAY), other.noticed(ready(), RELAY)])
    expect(await w.list()).toHaveLength(1)
    await other.leave()
    expect(await w.only()).toMatchObject({ state: 'unregistered' })
    await w.registry.touch(2)
    await w.register()
    expect(await w.only()).toMatchObject({ state: 'waiting' })
  })
})

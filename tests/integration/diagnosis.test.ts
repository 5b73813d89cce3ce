import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { DiagnosisEvent, DiagnosisState } from '../../src/contract/diagnosis'
import type { KeypadSettings } from '../../src/contract/settings'
import { diagnose, type DiagnosisDeps } from '../../src/main/checkout/diagnosis/diagnose'
import { keypadOf } from '../../src/main/composition/keypads'
import { probeRelay } from '../../src/main/composition/relay-probe'
import { hidKeypad } from '../../src/main/devices/hid'
import type { KeypadPort } from '../../src/main/devices/keypad.port'
import { DEFAULT_SETTINGS } from '../../src/main/features/settings/settings.service'
import { systemClock as clock } from '../../src/main/platform/clock'
import { startAcquirer, type AcquirerProcess } from '../support/acquirer'
import { FakeBus, FakeKeypad, type FakeSettings } from '../support/fake-keypad-hid'
import { claimOrFail, ksnMemory, logClaim } from '../support/keypad-events'
import { simulatorFolder, startSimulator, type SimulatorProcess } from '../support/keypad-simulator'

const SHOP = '00000000-0000-7000-8000-000000000001'
const OTHER_SHOP = '00000000-0000-7000-8000-000000000002'
const suzuki = { seat: '鈴木のパソコン', operator: '鈴木 一郎' }

const place = simulatorFolder()
const folder = mkdtempSync(join(tmpdir(), 'uketsuke-diagnosis-'))
const opened: KeypadPort[] = []
let simulator: SimulatorProcess
let acquirer: AcquirerProcess

beforeAll(async () => {
  simulator = await startSimulator(place.folder, '--tls')
  acquirer = await startAcquirer(folder)
})
afterAll(async () => {
  await Promise.all([simulator.stop(), acquirer.stop()])
  place.remove()
  rmSync(folder, { recursive: true, force: true })
})
afterEach(async () => {
  await Promise.all(opened.splice(0).map((port) => port.close()))
})

const kept = <T extends KeypadPort | null>(port: T): T => {
  if (port) opened.push(port)
  return port
}

/** The desk in order: keypad at the relay, registered, service answering; `change` puts one thing out of order. */
function world(values: Partial<KeypadSettings> = {}, change: Partial<DiagnosisDeps> = {}): DiagnosisDeps {
  const settings = {
    ...DEFAULT_SETTINGS,
    relayPort: simulator.relay.port,
    relayFingerprint: simulator.relay.fingerprint256 ?? '',
    serviceId: 'sim-key',
    ...values,
  }
  const mode = 'training' as const
  return {
    clock,
    mode,
    version: '0.1.0',
    settings,
    keypad:
      'keypad' in change
        ? null
        : kept(
            keypadOf(settings, {
              mode,
              clock,
              ksnMemory: ksnMemory(),
              lockFolder: folder,
              seat: 'test',
              pairingCode: null,
            }),
          ),
    shopId: SHOP,
    contractBlock: async () => null,
    otherPrograms: async () => [],
    keypadRecord: async () => ({ state: 'registered', shopId: SHOP }),
    probeRelay: (wanted) => probeRelay(wanted, { mode, clock }),
    service: async () => {
      const service = acquirer.service('sim-key')
      const identity = await service.identify()
      if ('kind' in identity) return { ready: false, cause: `service-${identity.cause}` }
      return { ready: true, active: { service, capabilities: identity.capabilities } }
    },
    ...change,
  }
}

async function run(deps: DiagnosisDeps) {
  const events: DiagnosisEvent[] = []
  for await (const event of diagnose(deps, undefined)) events.push(event)
  const ended = events.flatMap((event) =>
    event.type === 'step' && event.finding.state !== 'checking' ? [event.finding] : [],
  )
  const report = events.at(-1)
  if (report?.type !== 'report') throw new Error('no report')
  const states = Object.fromEntries(ended.map(({ step, state }) => [step, state]))
  const wrong = ended.filter(({ state }) => state === 'bad')
  return { events, states, wrong, report }
}

const [ok, no, na]: readonly DiagnosisState[] = ['good', 'bad', 'not-applicable']
const stateList = (states: Record<string, DiagnosisState>) => Object.values(states)

describe('a desk in order', () => {
  it('looks at each step in turn, and finds all well', async () => {
    const { events, states, report } = await run(world())
    const order = events.flatMap((event) =>
      event.type === 'step' ? [`${event.finding.step} ${event.finding.state}`] : ['report'],
    )
    expect(order).toEqual([
      ...['cable', 'mode', 'key-level', 'registration', 'relay', 'service'].flatMap((step) => [
        `${step} checking`,
        `${step} good`,
      ]),
      'report',
    ])
    expect(stateList(states)).toEqual([ok, ok, ok, ok, ok, ok])
    expect(report.good).toBe(true)
  })

  it('the report can be handed to a stranger', async () => {
    const { report } = await run(world())
    const fingerprint = (simulator.relay.fingerprint256 ?? '').replaceAll(':', '').toUpperCase()
    expect(report.text).toContain('TEST000001')
    expect(report.text).toContain('【トレーニング】')
    expect(report.text).toContain(`127.0.0.1 ポート ${simulator.relay.port}`)
    expect(report.text).toContain(fingerprint.slice(0, 8))
    expect(report.text.replaceAll(':', '').toUpperCase()).not.toContain(fingerprint.slice(0, 9))
  })

  it('ends when it is called off', async () => {
    const stop = new AbortController()
    const seen: string[] = []
    for await (const event of diagnose(world(), stop.signal)) {
      seen.push(event.type === 'step' ? event.finding.step : 'report')
      if (seen.length === 2) stop.abort()
    }
    expect(new Set(seen)).toEqual(new Set(['cable']))
  })
})

describe('a card is being keyed at another seat', () => {
  it('is not disturbed, and its holder is not named', async () => {
    const other = kept(world().keypad)
    if (!other) throw new Error('no keypad')
    const claim = await claimOrFail(other, suzuki)
    const log = logClaim(claim)
    let probes = 0
    const { states, report } = await run(world({}, { probeRelay: async () => ((probes += 1), { ms: 0 }) }))
    expect(stateList(states)).toEqual([ok, ok, ok, ok, ok, ok])
    expect(probes).toBe(0)
    expect(report.text).toContain('使用中')
    expect(report.text).not.toContain('鈴木')
    await simulator.key()
    expect(await log.until(1)).toEqual(['frame C0'])
    await claim.release()
  })
})

describe('each fault is found at its step', () => {
  it('the cable of the keypad at the relay', async () => {
    await simulator.plug(false)
    const { states, wrong } = await run(world())
    await simulator.plug(true)
    expect(stateList(states)).toEqual([no, na, na, na, ok, ok])
    expect(wrong[0]?.action).toContain('ケーブル')
  })

  it.each([
    ['a relay that is not there', async () => ({ relayPort: await freePort() }), '中継'],
    ['another certificate', async () => ({ relayFingerprint: 'AB'.repeat(32) }), '証明書'],
    ['a relay that is not on the private network', async () => ({ relayHost: '203.0.113.9' }), 'アドレス'],
  ] as const)('%s', async (_name, values, word) => {
    const { states, wrong, report } = await run(world(await values()))
    expect(stateList(states)).toEqual([na, na, na, na, no, ok])
    expect(wrong[0]?.action).toContain(word)
    expect(report.good).toBe(false)
    expect(report.text).not.toContain('203.0.113.9')
    expect(report.text).not.toContain('ABABABABA')
  })

  it.each([
    ['未登録', async () => ({ state: 'unregistered', shopId: null }) as const],
    ['使用停止', async () => ({ state: 'stopped', shopId: SHOP }) as const],
    ['登録されていません', async () => ({ state: 'registered', shopId: OTHER_SHOP }) as const],
  ])('a keypad that is %s', async (word, keypadRecord) => {
    const { states, wrong } = await run(world({}, { ...withKeypad(), keypadRecord }))
    expect(stateList(states)).toEqual([ok, ok, ok, no, ok, ok])
    expect(wrong[0]?.detail).toContain(word)
  })

  it('no contract with the provider', async () => {
    const { states, wrong } = await run(
      world({}, { ...withKeypad(), contractBlock: async () => 'not-applied' }),
    )
    expect(states['registration']).toBe('bad')
    expect(wrong[0]?.action).toContain('オプション申込')
  })

  it('a payment service that does not answer', async () => {
    const service = acquirer.service('sim-key')
    const identity = await service.identify()
    if ('kind' in identity) throw new Error('no service')
    const { capabilities } = identity
    await acquirer.listen(false)
    const { states } = await run(
      world(
        {},
        { ...withKeypad(), service: async () => ({ ready: true, active: { service, capabilities } }) },
      ),
    )
    await acquirer.listen(true)
    expect(stateList(states)).toEqual([ok, ok, ok, ok, ok, no])
  })

  it('a keypad that is switched off in the settings', async () => {
    const { states, wrong } = await run(world({ keypadEnabled: false }))
    expect(stateList(states)).toEqual([no, na, na, na, na, ok])
    expect(wrong[0]?.detail).toContain('OFF')
  })
})

describe('a keypad on USB', () => {
  const usb = (settings: FakeSettings | null, more: Partial<DiagnosisDeps> = {}) => {
    const bus = settings === null ? new FakeBus(new FakeKeypad(), []) : new FakeBus(new FakeKeypad(settings))
    const keypad = kept(
      hidKeypad({
        clock,
        ksnMemory: ksnMemory(),
        lockFolder: mkdtempSync(join(folder, 'locks-')),
        binding: async () => bus,
        read: { featureReportBytes: 8, replyTimeoutMs: 50, pollMs: 1 },
      }),
    )
    return world({ connection: 'usb' }, { keypad, ...more })
  }

  it('needs no relay', async () => {
    const { states } = await run(usb({}))
    expect(stateList(states)).toEqual([ok, ok, ok, ok, na, ok])
  })

  it.each([
    ['none plugged in', null, [no, na, na]],
    ['in keyboard mode', { firmware: 'ID TECH SREDKey USB-KB V 1.02' }, [ok, no, na]],
    ['with no keys left', { level: '0' }, [ok, ok, no]],
    ['that does not encrypt', { level: '1' }, [ok, ok, no]],
    ['that tells nothing', { silent: true }, [ok, ok, na]],
  ] as const)('%s', async (_name, settings, expected) => {
    const { states } = await run(usb(settings))
    expect(stateList(states).slice(0, 3)).toEqual(expected)
    expect(states['relay']).toBe('not-applicable')
  })

  it('may call itself what it likes: the report takes no card number and no control characters', async () => {
    const { report } = await run(
      usb({ serial: '4111111111111111', firmware: 'ID TECH 4111 1111 1111 1111 USB-HID V 1' }),
    )
    expect(report.text).not.toMatch(/4111/)
    expect(report.text).toContain('省略')
  })
})

function withKeypad(): Partial<DiagnosisDeps> {
  return { keypad: world().keypad }
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((listening) => {
    server.listen(0, '127.0.0.1', listening)
  })
  const address = server.address()
  await new Promise((closed) => {
    server.close(closed)
  })
  return typeof address === 'object' && address !== null ? address.port : 0
}

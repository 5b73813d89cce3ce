import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { KeypadPort } from '../../src/main/devices/keypad.port'
import { hidDevice } from '../../src/main/devices/hid'
import { relayKeypad, type RelayKeypadOptions } from '../../src/main/devices/relay'
import { pairingVerifier } from '../../src/main/devices/relay/pairing'
import { systemClock } from '../../src/main/platform/clock'
import { silentLog } from '../../src/main/platform/log'
import { relayIdentity } from '../../src/main/relay/certificate'
import { newPairingCode } from '../../src/main/relay/pairing-file'
import { KeypadRelay, type RelayServerOptions } from '../../src/main/relay/relay-server'
import { FakeBus } from './fake-keypad-hid'
import { ksnMemory } from './keypad-events'

/** A real relay in this process, over a fake USB bus, and desks for it. */
export interface RelayUnderTest {
  readonly port: number
  readonly code: string
  readonly fingerprint256: string
  readonly bus: FakeBus
  readonly relay: KeypadRelay
  desk(options?: Partial<RelayKeypadOptions>): KeypadPort
  close(): Promise<void>
}

export async function openRelay(options: Partial<RelayServerOptions> = {}): Promise<RelayUnderTest> {
  const folder = mkdtempSync(join(tmpdir(), 'relay-server-'))
  const bus = new FakeBus()
  const keypad = hidDevice({
    lockFolder: join(folder, 'locks'),
    binding: async () => bus,
    read: { featureReportBytes: 8, replyTimeoutMs: 60, pollMs: 1 },
    searchMs: 20,
  })
  const code = newPairingCode()
  const identity = await relayIdentity(join(folder, 'relay'), systemClock)
  const relay = new KeypadRelay({
    host: '127.0.0.1',
    port: 0,
    name: '店のPC',
    identity,
    verifier: pairingVerifier(code),
    keypad,
    clock: systemClock,
    log: silentLog,
    ...options,
  })
  const port = await relay.listen()
  const desks: KeypadPort[] = []
  return {
    port,
    code,
    fingerprint256: identity.fingerprint256,
    bus,
    relay,
    desk: (changes = {}) => {
      const desk = relayKeypad({
        host: '127.0.0.1',
        port,
        tls: { fingerprint256: identity.fingerprint256 },
        pairingCode: code,
        training: false,
        seat: '1番席',
        clock: systemClock,
        ksnMemory: ksnMemory(),
        reconnectMs: 20,
        ...changes,
      })
      desks.push(desk)
      return desk
    },
    close: async () => {
      await Promise.all(desks.map((desk) => desk.close()))
      await relay.close()
      await keypad.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

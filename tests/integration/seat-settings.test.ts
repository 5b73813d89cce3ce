import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { hostname, tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { DeskHost } from '../../src/main/composition/desk-host'
import { openDeskHost } from '../../src/main/composition/desk-host'
import { createRouter } from '../../src/main/composition/router'
import { chosenFiles } from '../../src/main/platform/chosen-files'
import { call } from '@orpc/server'
import { Emitter } from '../../src/main/platform/emitter'
import { systemClock } from '../../src/main/platform/clock'
import { silentLog } from '../../src/main/platform/log'
import { openRelay, type RelayUnderTest } from '../support/relay-under-test'

const noKeyStore = { isAvailable: () => false, encrypt: () => new Uint8Array(), decrypt: () => '' }
const commandLine = {
  profileFolder: null,
  sample: true,
  sampleSubscriptions: false,
  simulatorFile: null,
  relayPort: null,
  relay: null,
  runSubscriptions: null,
}

let folder = ''
let relay: RelayUnderTest
let host: DeskHost
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'seat-settings-'))
  relay = await openRelay()
  host = await open()
})
afterEach(async () => {
  await host.close()
  await relay.close()
  rmSync(folder, { recursive: true, force: true })
})

const open = () =>
  openDeskHost({ folder, commandLine, keyStore: noKeyStore, clock: systemClock, log: silentLog })

/** The settings procedures as an admin calls them. */
async function asAdmin() {
  const router = createRouter({
    desk: () => host.desk(),
    saveFile: async () => ({ saved: false }),
    chosenFiles: chosenFiles(async () => null),
    openFile: async () => null,
    resources: resolve(import.meta.dirname, '../../resources'),
    reportOutlet: { copy: () => undefined, save: async () => 'cancelled' },
    auth: {
      clock: systemClock,
      deps: () => host.authDeps(),
      firstRun: (at, input) => host.firstRun(at, input),
    },
    system: {
      log: silentLog,
      info: async () => ({ version: '0', mode: host.mode(), sampleAccount: null, supportContact: '' }),
      events: () => new Emitter(),
      firstEvents: () => [],
      openExternal: async () => undefined,
    },
  })
  const seat = { name: 'test', session: null, lastTouchedAt: systemClock.now() }
  const context = { seat }
  await call(router.auth.signIn, { email: 'admin@example.jp', password: 'Renshu-2026-Desk' }, { context })
  return { settings: router.settings, context }
}

describe('what belongs to this PC', () => {
  it('a pairing code is kept sealed, used, never told, and removed', async () => {
    const { settings, context } = await asAdmin()
    const before = await call(settings.getImportant, undefined, { context })
    expect(before.seat).toEqual({ seatName: '', defaultSeatName: hostname(), relayPairingSet: false })
    const values = {
      ...before.values,
      relayPort: relay.port,
      relayFingerprint: relay.fingerprint256,
    }
    const typed = ` ${relay.code.toLowerCase()} `
    const tested = await call(settings.testKeypad, { values, relayPairingCode: typed }, { context })
    expect(tested).toMatchObject({ ok: true, serial: '644T055742', finding: null })
    const unpaired = await call(settings.testKeypad, { values }, { context })
    expect(unpaired.finding?.cause).toBe('relay-pairing')

    const seat = { seatName: ' 1番席 ', relayPairingCode: typed }
    const saved = await call(settings.saveImportant, { version: before.version, values, seat }, { context })
    expect(saved.seat).toMatchObject({ seatName: '1番席', relayPairingSet: true })
    const letters = relay.code.replaceAll('-', '')
    const told = JSON.stringify([tested, saved, await call(settings.getImportant, undefined, { context })])
    expect(told.toUpperCase().replaceAll('-', '')).not.toContain(letters)
    expect(readFileSync(join(folder, 'profile.json'), 'utf8')).not.toContain(letters)
    expect(host.desk().seat.name()).toBe('1番席')
    expect((await call(settings.testKeypad, { values }, { context })).ok).toBe(true)
    expect((await host.desk().keypad.port()?.status())?.kind).toBe('ready')

    await host.close()
    host = await open()
    expect((await host.desk().keypad.port()?.status())?.kind).toBe('ready')
    expect(host.desk().seat.name()).toBe('1番席')

    const again = await asAdmin()
    const kept = await call(again.settings.getImportant, undefined, { context: again.context })
    const removed = await call(
      again.settings.saveImportant,
      { version: kept.version, values, seat: { seatName: '', relayPairingCode: '' } },
      { context: again.context },
    )
    expect(removed.seat).toEqual({ seatName: '', defaultSeatName: hostname(), relayPairingSet: false })
    expect(await host.desk().keypad.port()?.status()).toEqual({ kind: 'trouble', trouble: 'relay-pairing' })
  })

  it('a change without a word of the seat leaves it, a wrong code changes nothing at all', async () => {
    const { settings, context } = await asAdmin()
    const { version, values } = await call(settings.getImportant, undefined, { context })
    const seat = { seatName: '1番席', relayPairingCode: relay.code }
    const first = await call(settings.saveImportant, { version, values, seat }, { context })
    const second = await call(
      settings.saveImportant,
      { version: first.version, values: { ...values, idleLockMinutes: 5 } },
      { context },
    )
    expect(second.seat).toEqual(first.seat)
    const wrong = { seatName: '2番席', relayPairingCode: 'short' }
    await expect(
      call(settings.saveImportant, { version: second.version, values, seat: wrong }, { context }),
    ).rejects.toMatchObject({ code: 'INVALID_FIELDS', data: { fields: [{ path: 'relayPairingCode' }] } })
    const after = await call(settings.getImportant, undefined, { context })
    expect(after).toMatchObject({ version: second.version, seat: first.seat })
  })

  it('the test shows the certificate of a relay that is not registered yet, or that has another one', async () => {
    const { settings, context } = await asAdmin()
    const { values } = await call(settings.getImportant, undefined, { context })
    const at = { ...values, relayPort: relay.port }
    const test = async (relayFingerprint: string) =>
      (await call(settings.testKeypad, { values: { ...at, relayFingerprint } }, { context })).finding
    expect(await test('')).toMatchObject({ cause: 'tls-required', shownFingerprint: relay.fingerprint256 })
    expect(await test('00'.repeat(32))).toMatchObject({
      cause: 'certificate-changed',
      shownFingerprint: relay.fingerprint256,
    })
  })
})

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { settings } from '../../src/contract/settings'
import { switchToHid } from '../../src/main/composition/hid-mode'
import { testAnswer, testKeypad } from '../../src/main/composition/keypad-test'
import { hidKeypad } from '../../src/main/devices/hid'
import { DEFAULT_SETTINGS } from '../../src/main/features/settings/settings.service'
import { systemClock as clock } from '../../src/main/platform/clock'
import { silentLog } from '../../src/main/platform/log'
import { FakeBus, FakeKeypad, SREDKEY } from '../support/fake-keypad-hid'
import { ksnMemory } from '../support/keypad-events'

const VALUES = { ...DEFAULT_SETTINGS, keypadEnabled: true, connection: 'usb' as const }

describe('the connection test of a keypad on USB', () => {
  let folder: string
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'uketsuke-test-'))
  })
  afterEach(() => rmSync(folder, { recursive: true, force: true }))

  const test = async (bus: FakeBus) => {
    const options = { clock, ksnMemory: ksnMemory(), lockFolder: folder, binding: async () => bus }
    const result = await testKeypad(VALUES, { clock, open: () => hidKeypad(options), inUse: null })
    return testAnswer(result, VALUES)
  }

  it('shows who it is, and nobody else while nobody else has it open', async () => {
    expect(await test(new FakeBus())).toMatchObject({ ok: true, serial: '644T055742', otherPrograms: [] })
  })

  it('offers the one write to a keypad that types, and only with the consent of the provider', async () => {
    const typing = new FakeBus(new FakeKeypad(), [{ ...SREDKEY, usagePage: 1, usage: 6 }])
    expect(await test(typing)).toMatchObject({ ok: false, finding: { cause: 'keyboard-mode' } })
    const input = settings.setHidMode['~orpc'].inputSchema
    for (const providerConsent of [false, 'true', 1, null, undefined]) {
      expect(input?.safeParse({ providerConsent }).success).toBe(false)
    }
  })

  it('leaves a sound keypad alone, and says why nothing could be written', async () => {
    const bus = new FakeBus()
    const switching = (found: FakeBus) =>
      switchToHid({ lockFolder: folder, log: silentLog, binding: async () => found })
    expect(await switching(bus)).toEqual({ outcome: 'already', why: null })
    expect(bus.keypad.commands).toEqual([])
    expect(await switching(new FakeBus(new FakeKeypad(), []))).toMatchObject({
      outcome: 'trouble',
      why: expect.stringContaining('見つかりません'),
    })
  })
})

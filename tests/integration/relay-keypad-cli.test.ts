import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { relayKeypad } from '../../src/main/devices/relay'
import { systemClock } from '../../src/main/platform/clock'
import { claimOrFail, ksnMemory, logClaim } from '../support/keypad-events'
import { simulatorFolder, startSimulator, type SimulatorProcess } from '../support/keypad-simulator'

const script = resolve(import.meta.dirname, '../../scripts/keypad.mjs')
const place = simulatorFolder()
let simulator: SimulatorProcess
beforeAll(async () => {
  simulator = await startSimulator(place.folder)
})
afterAll(async () => {
  await simulator.stop()
  place.remove()
})

async function keypad(...args: readonly string[]): Promise<{ code: number; out: string; err: string }> {
  const child = spawn(process.execPath, [script, '--data', place.folder, ...args])
  const text = { out: '', err: '' }
  child.stdout.on('data', (chunk) => (text.out += String(chunk)))
  child.stderr.on('data', (chunk) => (text.err += String(chunk)))
  const [code] = await once(child, 'close')
  return { code: Number(code), ...text }
}

describe('npm run keypad', () => {
  it('keys a card on the running simulator', async () => {
    const port = relayKeypad({
      ...simulator.relay,
      tls: null,
      pairingCode: null,
      training: true,
      ksnMemory: ksnMemory(),
      clock: systemClock,
    })
    const log = logClaim(await claimOrFail(port, { seat: '1', operator: '鈴木' }))
    expect(await keypad('--pan', '4111 1111 1111 1111', '--exp', '3012')).toEqual({
      code: 0,
      out: 'Sent.\n',
      err: '',
    })
    expect((await keypad('--pan', '30569309025904', '--exp', '3012', '--fault', 'broken-lrc')).code).toBe(0)
    expect(await log.until(2)).toEqual(['frame C0', 'lrc'])
    await port.close()
  })

  it('says what is wrong', async () => {
    const nobody = await keypad('--pan', '4111111111111111', '--exp', '3012')
    expect([nobody.code, nobody.err]).toEqual([1, 'Nobody was waiting for a card; it was discarded.\n'])
    const real = await keypad('--pan', '4111111111111129', '--exp', '3012')
    expect([real.code, real.err]).toEqual([1, 'Not taken: not a published test card\n'])
    expect((await keypad('--pan', '4111111111111111')).code).toBe(2)
    expect((await keypad('--pan', '4111111111111111', '--exp', '3012', '--fault', 'fire')).err).toContain(
      '--fault',
    )
    const none = await keypad(
      '--pan',
      '4111111111111111',
      '--exp',
      '3012',
      '--data',
      join(place.folder, 'none'),
    )
    expect([none.code, none.err]).toEqual([3, expect.stringContaining('npm start')])
  })

  it('the file with the token is for its owner only', () => {
    expect(statSync(join(place.folder, 'keypad.json')).mode & 0o777).toBe(0o600)
  })
})

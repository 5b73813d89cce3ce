import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { hidDevice } from '../../src/main/devices/hid'
import { systemClock } from '../../src/main/platform/clock'
import { silentLog } from '../../src/main/platform/log'
import { relayIdentity } from '../../src/main/relay/certificate'
import { runRelay, type RelayLine } from '../../src/main/relay/run'
import { FakeBus } from '../support/fake-keypad-hid'

describe('the relay program', () => {
  let folder = ''
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'relay-run-'))
  })
  afterEach(() => rmSync(folder, { recursive: true, force: true }))

  async function run(...args: string[]) {
    const lines: RelayLine[] = []
    const bus = new FakeBus()
    const keypad = hidDevice({
      lockFolder: join(folder, 'locks'),
      binding: async () => bus,
      read: { featureReportBytes: 8, replyTimeoutMs: 60, pollMs: 1 },
    })
    const complaints: string[] = []
    const result = await runRelay(args, {
      folder: join(folder, 'relay'),
      keypad,
      clock: systemClock,
      log: silentLog,
      say: (line) => lines.push(line),
      complain: (text) => complaints.push(text),
    })
    return { result, lines, bus, complaints }
  }
  async function ready(...args: string[]) {
    const { result, lines, bus } = await run('--listen', '127.0.0.1', '--port', '0', ...args)
    if (result.kind !== 'running') throw new Error(JSON.stringify(lines))
    const [line] = lines
    if (line === undefined || !('ready' in line)) throw new Error('no ready line')
    return { run: result, line, lines, bus }
  }

  it('shows a new code once, keeps none, and keeps certificate and pairing over a restart', async () => {
    const first = await ready('--name', '受注センター')
    expect(first.line).toMatchObject({
      relay: { name: '受注センター', host: '127.0.0.1' },
      keypad: { kind: 'ready' },
    })
    expect(first.line.pairingCode).toMatch(/^([2-9A-HJ-NP-Z]{5}-){4}[2-9A-HJ-NP-Z]{5}$/)
    await first.run.close()
    expect(first.lines.at(-1)).toEqual({ event: 'ended' })
    const second = await ready()
    expect(second.line.pairingCode).toBeNull()
    expect(second.line.relay.fingerprint256).toBe(first.line.relay.fingerprint256)
    await second.run.close()
    const files = readdirSync(join(folder, 'relay'))
    expect(files.toSorted()).toEqual(['pairing.json', 'relay-cert.pem', 'relay-key.pem'])
    const letters = first.line.pairingCode?.replaceAll('-', '') ?? ''
    for (const file of files) {
      const path = join(folder, 'relay', file)
      if (process.platform !== 'win32') expect(statSync(path).mode & 0o777).toBe(0o600)
      expect(readFileSync(path, 'utf8').replaceAll('-', '')).not.toContain(letters)
    }
    const third = await ready('--new-pairing')
    expect(third.line.pairingCode).not.toBeNull()
    expect(third.line.pairingCode).not.toBe(first.line.pairingCode)
    await third.run.close()
  })

  it('tells when the keypad is unplugged', async () => {
    const { run: running, lines, bus } = await ready()
    bus.interfaces = []
    bus.keypad.unplug()
    expect(lines.at(-1)).toEqual({ event: 'keypad', keypad: { kind: 'trouble', trouble: 'unplugged' } })
    await running.close()
  })

  it.each([
    [[]],
    [['--listen', '0.0.0.0']],
    [['--listen', 'localhost']],
    [['--listen', '127.0.0.1', '--port', '70000']],
    [['--listen', '127.0.0.1', '--fast']],
  ])('ends with 2 and its usage for %j', async (args) => {
    const { result, lines, complaints } = await run(...args)
    expect(result).toEqual({ kind: 'failed', exitCode: 2 })
    expect(lines).toMatchObject([{ error: 'usage' }])
    expect(complaints.join('')).toContain('--listen')
  })

  it('ends with 3 when the port is taken, with 4 when what is kept is broken', async () => {
    const { run: running, line } = await ready()
    const second = await run('--listen', '127.0.0.1', '--port', String(line.relay.port))
    expect(second.result).toEqual({ kind: 'failed', exitCode: 3 })
    expect(second.lines).toMatchObject([{ error: 'address' }])
    await running.close()
    writeFileSync(join(folder, 'relay', 'pairing.json'), '{"storedKey":"')
    expect((await run('--listen', '127.0.0.1', '--port', '0')).result).toEqual({
      kind: 'failed',
      exitCode: 4,
    })
    writeFileSync(join(folder, 'relay', 'relay-cert.pem'), 'nothing')
    await expect(relayIdentity(join(folder, 'relay'), systemClock)).rejects.toThrow()
  })
})

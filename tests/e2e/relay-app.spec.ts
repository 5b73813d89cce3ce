import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { expect, test } from '@playwright/test'
import { z } from 'zod'
import { relayCommand } from '../../scripts/lib/processes.mjs'
import { relayKeypad } from '../../src/main/devices/relay'
import { systemClock } from '../../src/main/platform/clock'
import { ksnMemory } from '../support/keypad-events'

const Ready = z.object({
  ready: z.literal(true),
  relay: z.object({ host: z.string(), port: z.int(), fingerprint256: z.string() }),
  pairingCode: z.string().nullable(),
  keypad: z.object({ kind: z.string() }),
})

let profile = ''
test.beforeEach(() => {
  profile = mkdtempSync(join(tmpdir(), 'uketsuke-relay-'))
})
test.afterEach(() => rmSync(profile, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 }))

/** The built program as a relay, on a machine that shows nothing. */
function start(...args: string[]) {
  const { command, args: all, env } = relayCommand(args, { profile })
  const { DISPLAY: _display, WAYLAND_DISPLAY: _wayland, ...rest } = process.env
  const child = spawn(command, all, { env: { ...rest, ...env }, stdio: ['ignore', 'pipe', 'ignore'] })
  const lines = createInterface({ input: child.stdout })
  return { child, lines, ended: once(child, 'exit') }
}

test('the relay runs without a display, serves a desk, and ends cleanly at SIGTERM', async () => {
  const first = start('--listen', '127.0.0.1', '--port', '0')
  const [line] = z.tuple([z.string()]).parse(await once(first.lines, 'line'))
  const { relay, pairingCode } = Ready.parse(JSON.parse(line))
  expect(pairingCode).not.toBeNull()
  const desk = relayKeypad({
    host: relay.host,
    port: relay.port,
    tls: { fingerprint256: relay.fingerprint256 },
    pairingCode,
    training: false,
    clock: systemClock,
    ksnMemory: ksnMemory(),
  })
  // No keypad is plugged into a test machine; that is the far side's word, through TLS and pairing.
  expect(await desk.status()).toEqual({ kind: 'trouble', trouble: 'not-found' })
  const last = once(first.lines, 'line')
  first.child.kill('SIGTERM')
  expect(await last).toEqual(['{"event":"ended"}'])
  expect(await first.ended).toEqual([0, null])
  await desk.close()

  const second = start('--listen', '127.0.0.1', '--port', '0')
  const [again] = z.tuple([z.string()]).parse(await once(second.lines, 'line'))
  expect(Ready.parse(JSON.parse(again))).toMatchObject({
    relay: { fingerprint256: relay.fingerprint256 },
    pairingCode: null,
  })
  second.child.kill('SIGINT')
  expect(await second.ended).toEqual([0, null])
})

test('wrong arguments end it with 2 and a line that says why', async () => {
  const { lines, ended } = start('--listen', '0.0.0.0')
  const [line] = z.tuple([z.string()]).parse(await once(lines, 'line'))
  expect(JSON.parse(line)).toMatchObject({ error: 'usage' })
  expect(await ended).toEqual([2, null])
})

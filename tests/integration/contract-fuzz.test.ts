import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { ORPCError } from '@orpc/client'
import { RPCLink } from '@orpc/client/message-port'
import fc from 'fast-check'
import pino from 'pino'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parseCommandLine } from '../../src/main/app/command-line'
import { z } from 'zod'
import { contract } from '../../src/contract'
import type { Session } from '../../src/contract/auth'
import { ROLE_PERMISSIONS } from '../../src/contract/permissions'
import { openDeskHost, type DeskHost } from '../../src/main/composition/desk-host'
import { createRouter } from '../../src/main/composition/router'
import { chosenFiles } from '../../src/main/platform/chosen-files'
import { SAMPLE_ACCOUNT } from '../../src/main/composition/sample'
import type { Seat } from '../../src/main/platform/call-context'
import { systemClock as clock } from '../../src/main/platform/clock'
import { isWireMessage } from '../../src/main/rpc/guarded-port'
import { accessOf, createHandler } from '../../src/main/rpc/handler'
import { isStream, proceduresOf, type Named } from '../support/procedures'
import { hostile, inputFor, soundInputs } from '../support/hostile-input'
import { ADMIN_ONLY, FEW } from '../support/procedure-lists'

const all = proceduresOf(contract)
const guarded = all.filter(({ procedure }) => accessOf(procedure) !== 'public')

const folder = mkdtempSync(join(tmpdir(), 'uketsuke-fuzz-'))
const seat: Seat = { name: 'fuzz', session: null, lastTouchedAt: 0 }
const { port1, port2 } = new MessageChannel()
const link = new RPCLink<Record<never, never>>({ port: port1 })
/** Log lines of unexpected failures: they name what must be mended when a property fails. */
const unexpected: string[] = []
const opened: string[] = []
let host: DeskHost
let admin: Session
let dropped = 0
let onDrop: () => void = () => undefined

const call = (path: readonly string[], input?: unknown) => link.call(path, input, { context: {} })

/** What a caller saw: a result, or the code of a refusal with everything that came along. */
async function answerOf(path: readonly string[], input?: unknown): Promise<{ code: string; shown: string }> {
  const drop = new Promise<'dropped'>((tell) => {
    onDrop = () => tell('dropped')
  })
  try {
    const result: unknown = await Promise.race([call(path, input), drop])
    if (result === 'dropped') return { code: 'DROPPED', shown: '' }
    if (isStream(result)) await result.return(undefined)
    return { code: 'OK', shown: '' }
  } catch (error) {
    if (!(error instanceof ORPCError)) return { code: 'NOT TYPED', shown: String(error) }
    const { code, message, data } = error
    return { code, shown: JSON.stringify({ message, data: data as unknown }) ?? '' }
  }
}

function sit(as: 'admin' | 'staff' | 'locked' | 'nobody'): void {
  seat.lastTouchedAt = clock.now()
  if (as === 'nobody') seat.session = null
  if (as === 'admin') seat.session = { ...admin, locked: false }
  if (as === 'locked') seat.session = { ...admin, locked: true }
  if (as === 'staff')
    seat.session = { ...admin, role: 'staff', permissions: [...ROLE_PERMISSIONS.staff], locked: false }
}

const SignedIn = z.object({ userId: z.uuid(), permissions: z.array(z.string()) })
const Ids = z.object({ items: z.array(z.object({ id: z.uuid() })) })
const Products = z.array(z.object({ id: z.uuid() }))
const Draft = z.object({ checkoutId: z.uuid(), version: z.int() })
const Important = z.object({ version: z.int(), values: z.object({ idleLockMinutes: z.int() }) })

/** The same inputs in every run, so that a run tells of the change and not of chance; another number tries others. */
const SEED = Number(process.env['UKETSUKE_FUZZ_SEED'] ?? 4711)

const known: string[] = []
const seen = new Map<string, Set<string>>()

beforeAll(async () => {
  const commandLine = parseCommandLine(['uketsuke', '--sample'], false)
  const keyStore = { isAvailable: () => false, encrypt: () => new Uint8Array(), decrypt: () => '' }
  const log = pino({ level: 'error' }, { write: (line: string) => void unexpected.push(line) })
  host = await openDeskHost({ folder, commandLine, keyStore, clock, log })
  const router = createRouter({
    desk: () => host.desk(),
    saveFile: async () => ({ saved: false }),
    chosenFiles: chosenFiles(async () => null),
    openFile: async () => null,
    resources: resolve(import.meta.dirname, '../../resources'),
    reportOutlet: { copy: () => undefined, save: async () => 'cancelled' },
    auth: { clock, deps: () => host.authDeps(), firstRun: (at, input) => host.firstRun(at, input) },
    system: {
      log: pino({ level: 'silent' }),
      info: async () => ({ version: '0', mode: host.mode(), sampleAccount: null, supportContact: '' }),
      events: () => host.desk().events,
      firstEvents: () => [{ type: 'keypad', lamp: host.desk().keypad.lamp() }],
      openExternal: async (link) => void opened.push(link),
    },
  })
  const handler = createHandler(router, { clock, log })
  handler.upgrade(
    {
      on(event: string, listener: (event?: { data: unknown }) => void) {
        if (event === 'close') port2.addEventListener('close', () => listener())
        if (event !== 'message') return
        port2.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
          if (isWireMessage(data)) listener({ data })
          else {
            dropped += 1
            onDrop()
          }
        })
      },
      postMessage: (data: unknown) => port2.postMessage(data),
    },
    { context: { seat } },
  )
  port1.start()
  port2.start()
  seat.lastTouchedAt = clock.now()
  SignedIn.parse(await call(['auth', 'signIn'], SAMPLE_ACCOUNT))
  if (!seat.session) throw new Error('not signed in')
  admin = seat.session
  const lists = [
    Ids.parse(await call(['customers', 'search'], { text: '', limit: 2 })).items,
    Ids.parse(await call(['orders', 'list'], { filter: {}, limit: 2 })).items,
    Products.parse(await call(['products', 'search'], { text: 'A1' })).slice(0, 2),
  ]
  known.push(...lists.flat().map(({ id }) => id))
  known.push(Draft.parse(await call(['checkout', 'open'])).checkoutId)
})

afterAll(async () => {
  port1.close()
  port2.close()
  await host.close()
  rmSync(folder, { recursive: true, force: true })
})

const LEAK =
  /\bat \S+ \(|\.[cm]?[jt]s:\d|node_modules|\/src\/|SQLITE|sqlite|\bselect\b.*\bfrom\b|TypeError|ZodError/i

async function holds(entry: Named, input: unknown): Promise<void> {
  sit('admin')
  const before = unexpected.length
  const { code, shown } = await answerOf(entry.path, input)
  seen.set(entry.name, (seen.get(entry.name) ?? new Set()).add(code))
  const declared = ['OK', 'BAD_REQUEST', ...Object.keys(entry.procedure['~orpc'].errorMap)]
  const why = `${entry.name}: ${shown.slice(0, 300)} ${unexpected.slice(before).join('\n').slice(0, 1500)}`
  expect(declared, why).toContain(code)
  expect(shown).not.toMatch(LEAK)
  expect(shown).not.toContain(folder)
}

const alive = async () => {
  sit('admin')
  expect(SignedIn.parse(await call(['auth', 'session'])).userId).toBe(admin.userId)
}

describe('hostile input', () => {
  it.each(all)('$name answers with a result or a typed refusal', async (entry) => {
    const runs = FEW.has(entry.name) ? 12 : 80
    const { inputSchema } = entry.procedure['~orpc']
    const fitting = inputFor(inputSchema, known)
    const input = fc.oneof({ arbitrary: fitting, weight: 3 }, { arbitrary: hostile, weight: 1 })
    for (const sound of soundInputs(inputSchema, known, { count: 3, seed: SEED })) await holds(entry, sound)
    await fc.assert(
      fc.asyncProperty(input, (value) => holds(entry, value)),
      { seed: SEED, numRuns: runs, endOnFailure: FEW.has(entry.name), interruptAfterTimeLimit: 20_000 },
    )
    await alive()
  })

  it('got past the check of the input at every procedure', () => {
    const past = ({ name }: Named) => [...(seen.get(name) ?? [])].some((code) => code !== 'BAD_REQUEST')
    expect(all.filter((entry) => !past(entry)).map(({ name }) => name)).toEqual([])
  })

  it('every value of the wrong kind is a refused input where one is asked for', async () => {
    const taking = all.filter(({ procedure }) => procedure['~orpc'].inputSchema instanceof z.ZodObject)
    expect(taking.length).toBeGreaterThan(10)
    for (const { path, name } of taking) {
      for (const value of [null, 7, 'x', [], true, NaN]) {
        sit('admin')
        expect((await answerOf(path, value)).code, name).toBe('BAD_REQUEST')
      }
    }
  })

  it('paths that no procedure has lead nowhere', async () => {
    const nowhere = [['nothing'], ['auth'], ['auth', 'constructor'], ['__proto__', 'toString'], ['toString']]
    for (const path of nowhere) {
      sit('admin')
      expect((await answerOf(path, {})).code, path.join('.')).toBe('NOT_FOUND')
    }
    expect((await answerOf(['auth', '..'], {})).code).toBe('DROPPED')
    await alive()
  })

  it('messages that are no requests are dropped, and the next request is answered', async () => {
    const request = (more: object) => JSON.stringify({ i: 'raw', p: { u: '/auth/signIn', ...more } })
    const before = dropped
    const messages: unknown[] = [
      '',
      '{',
      'null',
      {},
      7,
      new Uint8Array(8),
      'x'.repeat(2_000_000),
      '{"i":"1","t":3}',
    ]
    for (const message of messages) port1.postMessage(message)
    await alive()
    expect(dropped - before).toBe(messages.length)
    for (const meta of [
      [[99, 'a']],
      [[1, '__proto__', 'x']],
      [['x']],
      'x',
      7,
      [null],
      [[6, 'a']],
      [[3, 'a']],
    ]) {
      port1.postMessage(request({ b: { json: { a: '(' }, meta } }))
    }
    await alive()
    expect(Object.hasOwn(Object.prototype, 'x')).toBe(false)
  })

  it('ending a stream is a message that main takes, so that what was begun is cancelled', async () => {
    sit('admin')
    const before = dropped
    const events = await call(['system', 'events'])
    if (!isStream(events)) throw new Error('no stream')
    expect((await events.next()).value).toMatchObject({ type: 'keypad' })
    await events.return(undefined)
    await alive()
    expect(dropped - before).toBe(0)
  })

  it('opens no page but those of the list', () => {
    expect(opened.filter((link) => !['postal-code-search', 'keypad-provider'].includes(link))).toEqual([])
  })
})

describe('who may call', () => {
  it('nobody signed in: UNAUTHORIZED everywhere but at the doors', async () => {
    for (const { path, name } of guarded) {
      sit('nobody')
      expect((await answerOf(path, {})).code, name).toBe('UNAUTHORIZED')
    }
  })

  it('a locked screen: LOCKED everywhere but at what a locked screen needs', async () => {
    const open = guarded.filter(({ procedure }) => accessOf(procedure) === 'session').map(({ name }) => name)
    expect(open.toSorted()).toEqual([
      'auth.lock',
      'auth.signOut',
      'auth.touch',
      'auth.unlock',
      'calls.behindLock',
      'system.events',
      'system.openExternal',
    ])
    for (const { path, name } of guarded.filter((entry) => !open.includes(entry.name))) {
      sit('locked')
      expect((await answerOf(path, {})).code, name).toBe('LOCKED')
    }
  })

  it('an idle seat is locked before it is answered', async () => {
    sit('admin')
    seat.lastTouchedAt = clock.now() - (admin.idleLockMinutes + 1) * 60_000
    expect((await answerOf(['orders', 'list'], { filter: {} })).code).toBe('LOCKED')
  })

  it('staff: FORBIDDEN where the role ends, and nowhere else', async () => {
    const forbidden: string[] = []
    for (const { path, name } of guarded) {
      sit('staff')
      if ((await answerOf(path, { hostile: true })).code === 'FORBIDDEN') forbidden.push(name)
    }
    expect(forbidden.toSorted()).toEqual(ADMIN_ONLY)
    sit('admin')
    const { version, values } = Important.parse(await call(['settings', 'getImportant']))
    sit('staff')
    const changed = { version, values: { ...values, idleLockMinutes: 15 } }
    expect((await answerOf(['settings', 'saveImportant'], changed)).code).toBe('FORBIDDEN')
    sit('admin')
    expect(Important.parse(await call(['settings', 'getImportant'])).version).toBe(version)
  })
})

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import DatabaseFile from 'better-sqlite3'
import { createRouterClient } from '@orpc/server'
import type { DeskEvent } from '../src/contract/system'
import type { DeskDatabase } from '../src/main/db/open-database'
import { keypadMonitorRouter } from '../src/main/features/keypad-monitor/keypad-monitor.router'
import { manualClock } from '../src/main/platform/clock'
import { Emitter } from '../src/main/platform/emitter'
import { newId } from '../src/main/platform/ids'
import { openSeeded, sessionAs, type SampleAdmin } from '../tests/support/seeded'
import { print, stats } from './stats'

/**
 * The monitor's procedures, from input to checked output, over 500 keypads and 100,000 events; beside each the bare
 * read of the same rows, prepared beforehand, on the calling thread.
 */
const KEYPADS = 500
const EVENTS = 100_000
/** Keypads with an open plan of an update. */
const PLANS = 100
const ROUNDS = 200
const WARM = 20
const GOAL_MS = 20
const NOW = Date.UTC(2026, 10, 23, 1)
const DAY = 86_400_000
const STATES = ['unregistered', 'registered', 'registered', 'registered', 'registered', 'stopped'] as const
const SUBTYPES = [
  ['power', 'started', { reason: 'plugged-in' }],
  ['connection', 'connected', { by: 'usb', at: '' }],
  ['connection', 'disconnected', { cause: 'unplugged' }],
  ['error', 'misread', { cause: 'lrc' }],
] as const

async function fill(database: DeskDatabase, admin: SampleAdmin): Promise<string[]> {
  const ids = Array.from({ length: KEYPADS }, () => newId())
  const keypads = ids.map((id, index) => {
    const state = STATES[index % STATES.length] ?? 'registered'
    const serial = `TK${String(index).padStart(8, '0')}`
    return {
      id,
      device_key: serial,
      serial,
      model: index % 3 === 0 ? 'ID TECH SREDKey 2' : 'SREDKey',
      cable: 'usb' as const,
      state,
      stop_reason: state === 'stopped' ? ('lost' as const) : null,
      shop_id: state === 'unregistered' ? null : admin.shop.id,
      seat: `受付${index}番`,
      online: index % 2,
      holder: null,
      firmware: 'V1.02.117',
      security_level: index % 50 === 0 ? '0' : '3',
      key_set: 'FFFF9876543210E',
      uses_left: (index * 3_001) % 1_048_575,
      network: '{}',
      latency_ms: null,
      registered_at: NOW - 40 * DAY,
      registered_by: admin.id,
      first_seen_at: NOW - 40 * DAY,
      last_seen_at: NOW - index * 1_000,
      updated_at: NOW,
      version: 1,
    }
  })
  const { db } = database
  for (let at = 0; at < KEYPADS; at += 100) {
    await db
      .insertInto('keypad')
      .values(keypads.slice(at, at + 100))
      .execute()
  }
  for (let at = 0; at < EVENTS; at += 1_000) {
    const events = Array.from({ length: 1_000 }, (_, index) => {
      const [type, subtype, detail] = SUBTYPES[(at + index) % SUBTYPES.length] ?? SUBTYPES[0]
      const when = NOW - Math.floor(((at + index) / EVENTS) * 60 * DAY)
      const keypadId = ids[(at + index) % KEYPADS] ?? ''
      return {
        id: newId(),
        keypad_id: keypadId,
        at: when,
        last_at: when,
        times: 1,
        type,
        subtype,
        detail: JSON.stringify(detail),
      }
    })
    await db.insertInto('keypad_event').values(events).execute()
  }
  const plans = ids.slice(0, PLANS).map((keypadId) => ({
    id: newId(),
    keypad_id: keypadId,
    target: 'V1.03.001',
    next_at: NOW + DAY,
    window_minutes: 60,
    note: '',
    state: 'planned' as const,
    moves: 0,
    reason: null,
    code: null,
    found: null,
    planned_at: NOW,
    planned_by: admin.id,
    updated_at: NOW,
    closed_at: null,
    version: 1,
  }))
  await db.insertInto('keypad_update').values(plans).execute()
  await db.updateTable('payment').set({ keypad_serial: 'TK00000001' }).execute()
  return ids
}

async function time(work: (round: number) => unknown): Promise<number[]> {
  const samples: number[] = []
  for (let round = 0; round < ROUNDS + WARM; round++) {
    const from = performance.now()
    await work(round)
    if (round >= WARM) samples.push(performance.now() - from)
  }
  return samples
}

const folder = mkdtempSync(join(tmpdir(), 'uketsuke-bench-'))
const path = join(folder, 'desk.db')
const clock = manualClock(NOW)
const { database, admin } = await openSeeded({ kind: 'sqlite', path }, clock)
const bare = new DatabaseFile(path, { readonly: true })
try {
  const ids = await fill(database, admin)
  const router = keypadMonitorRouter(() => ({
    database,
    clock,
    events: new Emitter<DeskEvent>(),
    saveFile: async () => ({ saved: false }),
  }))
  const session = sessionAs(admin, 'admin')
  const desk = createRouterClient(router, { context: { seat: { name: 's', session, lastTouchedAt: 0 } } })
  const everything = { text: '', state: [], shopId: [], model: [], p2pe: [], update: [] }
  const id = (round: number) => ids[(round * 7) % KEYPADS] ?? ''
  const rows = bare.prepare('select * from keypad order by last_seen_at desc, id desc limit 51')
  const some = bare.prepare(
    "select * from keypad where state = 'registered' and lower(seat) like ? order by last_seen_at desc, id desc limit 51",
  )
  const one = bare.prepare('select * from keypad where id = ?')
  const events = bare.prepare(
    'select * from keypad_event where keypad_id = ? and at >= ? order by at desc, id desc limit 51',
  )
  const cases = [
    ['list', () => desk.list({ filter: everything }), () => rows.all()],
    [
      'planned updates',
      () => desk.list({ filter: { ...everything, update: ['planned'] } }),
      () => rows.all(),
    ],
    [
      'filter',
      (round: number) =>
        desk.list({
          filter: {
            ...everything,
            text: `受付${round % 10}`,
            state: ['waiting', 'offline'],
            p2pe: ['active'],
          },
          sort: 'serial',
          descending: false,
        }),
      (round: number) => some.all(`%受付${round % 10}%`),
    ],
    ['detail', (round: number) => desk.get({ id: id(round) }), (round: number) => one.all(id(round))],
    [
      'events',
      (round: number) => desk.events({ id: id(round), type: ['connection', 'power'] }),
      (round: number) => events.all(id(round), NOW - 30 * DAY),
    ],
  ] as const
  for (const [name, ours, reference] of cases) {
    const [mine, plain] = [stats(await time(ours)), stats(await time(reference))]
    print({
      name: `keypad monitor, ${name} (${KEYPADS} keypads, ${EVENTS} events)`,
      from: 'procedure called',
      to: 'answer checked against the contract',
      ours: mine,
      reference: plain,
      ratio: Math.round((mine.median / plain.median) * 100) / 100,
      goal: `p95 <= ${GOAL_MS} ms`,
      met: mine.p95 <= GOAL_MS,
    })
  }
} finally {
  bare.close()
  await database.close()
  rmSync(folder, { recursive: true, force: true })
}

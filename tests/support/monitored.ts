import { createRouterClient } from '@orpc/server'
import type { Session } from '../../src/contract/auth'
import type { KeypadSummary } from '../../src/contract/keypad-monitor'
import type { DeskEvent } from '../../src/contract/system'
import type { KeypadFacts, KeypadPlace, KeypadStatus } from '../../src/main/checkout/keypad-watch'
import type { OpenConfig } from '../../src/main/db/open-database'
import { keypadMonitorRouter } from '../../src/main/features/keypad-monitor/keypad-monitor.router'
import { keypadRegistry, watchUpdates } from '../../src/main/features/keypad-monitor/keypad-monitor.service'
import { manualClock } from '../../src/main/platform/clock'
import { Emitter } from '../../src/main/platform/emitter'
import { silentLog } from '../../src/main/platform/log'
import { openSeeded, sessionAs } from './seeded'

export const MINUTE = 60_000
export const DAY = 24 * 60 * MINUTE
/** 23 November 2026, 10:00 in Tokyo. */
export const NOW = Date.UTC(2026, 10, 23, 1)
export const SERIAL = '644T055742'
export const FILTER = { text: '', state: [], shopId: [], model: [], p2pe: [], update: [] }

export const factsOf = (change: Partial<KeypadFacts> = {}): KeypadFacts => ({
  serial: SERIAL,
  model: 'ID TECH SREDKey 2',
  firmware: 'V1.02.117',
  securityLevel: '3',
  ...change,
})
export const ready = (change: Partial<KeypadFacts> = {}): KeypadStatus => ({
  kind: 'ready',
  facts: factsOf(change),
})
export const USB: KeypadPlace = { cable: 'usb', usbPath: '/dev/hidraw0', relay: null, latencyMs: null }
export const RELAY: KeypadPlace = {
  cable: 'relay',
  usbPath: null,
  relay: { address: '192.168.10.31:47600', name: '受付2番のパソコン' },
  latencyMs: 4,
}
export const UNPLUGGED: KeypadStatus = { kind: 'trouble', trouble: 'unplugged' }
export const frameOf = (serial: string | null, counter = 1) => ({
  serial,
  keySet: 'FFFF9876543210E',
  counter,
})

/** The record of keypads on a real database, with the procedures as an admin and as staff call them. */
export async function openMonitored(config: OpenConfig) {
  const clock = manualClock(NOW)
  const { database, admin: owner } = await openSeeded(config, clock)
  const events = new Emitter<DeskEvent>()
  const told: DeskEvent[] = []
  events.on((event) => told.push(event))
  let csv = ''
  const saveFile = async (_name: string, chunks: AsyncIterable<string | Uint8Array>) => {
    csv = ''
    for await (const chunk of chunks) csv += typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString()
    return { saved: true }
  }
  const openRegistry = () => keypadRegistry({ database, clock, log: silentLog, events })
  const registry = openRegistry()
  const as = (session: Session) =>
    createRouterClient(
      keypadMonitorRouter(() => ({ database, clock, events, saveFile })),
      { context: { seat: { name: 's', session, lastTouchedAt: 0 } } },
    )
  const admin = as(sessionAs(owner, 'admin'))
  const staff = as(sessionAs(owner, 'staff'))

  const list = async (who = admin, filter = {}) =>
    (await who.list({ filter: { ...FILTER, ...filter }, limit: 200 })).items
  const only = async (): Promise<KeypadSummary> => {
    const [first, ...more] = await list()
    if (!first || more.length > 0) throw new Error(`not one keypad but ${more.length + 1}`)
    return first
  }
  const detail = async () => admin.get({ id: (await only()).id })
  const eventsOf = async (filter = {}) =>
    (await admin.events({ id: (await only()).id, ...filter })).items.map(
      ({ subtype, times, detail: words }) => `${subtype} ${times} ${words}`,
    )
  const register = async (seat = '受付1番', shopId = owner.shop.id) => {
    const { id, version } = await detail()
    return admin.register({ id, version, shopId, seat })
  }
  return {
    clock,
    database,
    owner,
    registry,
    openRegistry,
    told,
    csv: () => csv,
    admin,
    staff,
    list,
    only,
    detail,
    eventsOf,
    register,
    plugIn: () => registry.noticed(ready(), USB),
    /** What the desk's timer does. */
    watch: () => watchUpdates({ database, clock, events }),
    close: async () => {
      await registry.leave()
      await database.close()
    },
  }
}
export type Monitored = Awaited<ReturnType<typeof openMonitored>>

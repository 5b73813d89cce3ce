import { z } from 'zod'
import { KeypadUpdateMark, KeypadUpdatePlan, keypadUpdates, KeypadUpdateState } from './keypad-updates'
import { PaymentPlan } from './payment-plan'
import { procedure } from './procedure'
import { Id, Instant, page, PageInput, text, Version } from './values'

/** 状態 of a keypad as a device. 未登録 → 登録 → 使用停止; the rest is what it does now. */
export const KeypadState = z.enum(['unregistered', 'waiting', 'in-use', 'offline', 'stopped', 'tampered'])
export type KeypadState = z.infer<typeof KeypadState>

/** P2PEステータス: 有効, 鍵の残りわずか, 鍵を使い切り, 暗号化していない, 不明. */
export const P2peState = z.enum(['active', 'running-low', 'exhausted', 'not-encrypting', 'unknown'])
export type P2peState = z.infer<typeof P2peState>

export const StopReason = z.enum(['lost', 'tampered', 'retired'])
export type StopReason = z.infer<typeof StopReason>

export const KeypadSummary = z.object({
  id: Id,
  serial: z.string().nullable(),
  model: z.string().nullable(),
  cable: z.enum(['usb', 'relay']),
  state: KeypadState,
  stopReason: StopReason.nullable(),
  p2pe: P2peState,
  shop: z.object({ id: Id, name: z.string() }).nullable(),
  seat: z.string().nullable(),
  firmware: z.string().nullable(),
  lastSeenAt: Instant,
  /** 更新予定, while one is open. */
  update: KeypadUpdateMark.nullable(),
})
export type KeypadSummary = z.infer<typeof KeypadSummary>

/** One interface of a device. Null: 対象外, the device has none or the fact is not told. */
export const KeypadNetwork = z.object({
  ethernet: z
    .object({ mac: z.string().nullable(), ip: z.string().nullable(), state: z.string().nullable() })
    .nullable(),
  wifi: z
    .object({
      mac: z.string().nullable(),
      ip: z.string().nullable(),
      ssid: z.string().nullable(),
      frequency: z.string().nullable(),
      signal: z.string().nullable(),
      state: z.string().nullable(),
    })
    .nullable(),
  bluetooth: z.object({ mac: z.string().nullable() }).nullable(),
  usb: z.object({ path: z.string() }).nullable(),
  relay: z.object({ address: z.string(), name: z.string().nullable() }).nullable(),
})
export type KeypadNetwork = z.infer<typeof KeypadNetwork>

/** A payment whose card was keyed here, short. */
export const KeypadPayment = z.object({
  number: z.string(),
  at: Instant,
  amount: z.int(),
  /** 支払区分 */
  plan: PaymentPlan,
  state: z.string(),
  brand: z.string().nullable(),
  last3: z.string().nullable(),
  code: z.string().nullable(),
  codeTitle: z.string().nullable(),
})

export const KeypadDetail = KeypadSummary.extend({
  version: Version,
  registeredAt: Instant.nullable(),
  registeredBy: z.string().nullable(),
  firstSeenAt: Instant,
  holder: z.string().nullable(),
  securityLevel: z.string().nullable(),
  keySet: z.string().nullable(),
  usesLeft: z.int().nullable(),
  battery: z.literal('usb-powered'),
  network: KeypadNetwork,
  latencyMs: z.int().nullable(),
  updatePlan: KeypadUpdatePlan.nullable(),
  payments: z.object({
    recent: z.array(KeypadPayment),
    succeeded: z.int(),
    failed: z.int(),
    failures: z.array(z.object({ code: z.string(), title: z.string(), times: z.int() })),
  }),
})
export type KeypadDetail = z.infer<typeof KeypadDetail>

export const KeypadEventType = z.enum(['power', 'connection', 'update', 'settings', 'error'])
export type KeypadEventType = z.infer<typeof KeypadEventType>

/** Subtypes, by type: 起動; 接続, 切断; 更新成功, 更新延期, 更新失敗; 登録, 設定変更, 使用停止; and errors. */
export const KeypadEventSubtype = z.enum([
  'started',
  'connected',
  'disconnected',
  'update-succeeded',
  'update-deferred',
  'update-failed',
  'registered',
  'changed',
  'stopped',
  'refused',
  'misread',
  'not-encrypting',
  'keys-exhausted',
])
export type KeypadEventSubtype = z.infer<typeof KeypadEventSubtype>

export const KeypadEventRow = z.object({
  id: Id,
  at: Instant,
  lastAt: Instant,
  /** How often within the minute: a loose plug is one row. */
  times: z.int(),
  type: KeypadEventType,
  subtype: KeypadEventSubtype,
  /** In words: reason, version, cause. */
  detail: z.string(),
})
export type KeypadEventRow = z.infer<typeof KeypadEventRow>

export const KeypadFilter = z.object({
  text: text(60).default(''),
  state: z.array(KeypadState).max(6).default([]),
  shopId: z.array(Id).max(50).default([]),
  model: z.array(text(80)).max(20).default([]),
  p2pe: z.array(P2peState).max(5).default([]),
  update: z.array(KeypadUpdateState).max(4).default([]),
})
export type KeypadFilter = z.infer<typeof KeypadFilter>

const KeypadSort = z.enum(['last-seen', 'serial', 'state', 'shop'])

export const keypadMonitor = {
  /** Admins see every keypad, staff those of their own shop. */
  list: procedure('keypad.read')
    .input(
      PageInput.extend({
        filter: KeypadFilter,
        sort: KeypadSort.default('last-seen'),
        descending: z.boolean().default(true),
      }),
    )
    .output(page(KeypadSummary)),
  /** The values that the filters offer. */
  choices: procedure('keypad.read').output(
    z.object({ shops: z.array(z.object({ id: Id, name: z.string() })), models: z.array(z.string()) }),
  ),
  /** The filtered list as CSV (UTF-8 with BOM, CRLF, formula characters defused), saved where the person chooses. */
  exportCsv: procedure('keypad.read')
    .input(z.object({ filter: KeypadFilter }))
    .output(z.object({ saved: z.boolean(), rows: z.int() })),
  get: procedure('keypad.read')
    .input(z.object({ id: Id }))
    .output(KeypadDetail),
  /** The last 30 days, newest first. Kept for 12 months. */
  events: procedure('keypad.read')
    .input(
      PageInput.extend({
        id: Id,
        type: z.array(KeypadEventType).max(5).default([]),
        subtype: z.array(KeypadEventSubtype).max(13).default([]),
      }),
    )
    .output(page(KeypadEventRow)),
  /** 登録: binds an 未登録 keypad to a shop and seat, or moves it. */
  register: procedure('keypad.manage')
    .input(z.object({ id: Id, version: Version, shopId: Id, seat: text(40) }))
    .output(KeypadDetail),
  /** 使用停止: its frames are refused from now on. */
  stop: procedure('keypad.manage')
    .input(z.object({ id: Id, version: Version, reason: StopReason, note: text(200) }))
    .output(KeypadDetail),
  /** 使用再開: 未登録 again; not after tampering. */
  resume: procedure('keypad.manage')
    .input(z.object({ id: Id, version: Version }))
    .output(KeypadDetail),
  planUpdate: keypadUpdates.planUpdate.output(KeypadDetail),
  postponeUpdate: keypadUpdates.postponeUpdate.output(KeypadDetail),
  failUpdate: keypadUpdates.failUpdate.output(KeypadDetail),
  withdrawUpdate: keypadUpdates.withdrawUpdate.output(KeypadDetail),
}

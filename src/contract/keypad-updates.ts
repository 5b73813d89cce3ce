import { z } from 'zod'
import { procedure } from './procedure'
import { UPDATE_CODES } from './update-codes'
import { Id, Instant, text, Version } from './values'

/**
 * 更新予定 of a keypad's software. The desk never sends software: the provider's tool does. The desk plans when, looks
 * whether it could be done, and says what came of it.
 */

/** 更新予定, 更新時間中, 更新延期, 更新失敗: an open plan. One whose version was reported is closed and shown no more. */
export const KeypadUpdateState = z.enum(['planned', 'open', 'deferred', 'failed'])
export type KeypadUpdateState = z.infer<typeof KeypadUpdateState>

/** Why it was put off, or how it failed: 利用中, 未接続, 操作者が延期, 別のバージョン, エラーコード. */
export const KeypadUpdateReason = z.enum(['in-use', 'absent', 'operator', 'other-version', 'code'])
export type KeypadUpdateReason = z.infer<typeof KeypadUpdateReason>

/** One of the 28 codes that a keypad shows when its update fails. */
const UpdateCodeName = z.enum(Object.fromEntries(Object.keys(UPDATE_CODES).map((code) => [code, code])))

export const DEFAULT_WINDOW_MINUTES = 60
const WindowMinutes = z.int().min(10).max(720)

/** An open plan as the list shows it. */
export const KeypadUpdateMark = z.object({ state: KeypadUpdateState, nextAt: Instant.nullable() })
export type KeypadUpdateMark = z.infer<typeof KeypadUpdateMark>

export const KeypadUpdatePlan = KeypadUpdateMark.extend({
  /** Of the plan: every move of it, by the clock too, counts up. */
  version: Version,
  target: z.string(),
  windowMinutes: z.int(),
  note: z.string(),
  plannedAt: Instant,
  plannedBy: z.string(),
  /** How often the desk will still move it by itself. */
  movesLeft: z.int(),
  reason: KeypadUpdateReason.nullable(),
  /** The version that was there when the window was over. */
  found: z.string().nullable(),
  failure: z
    .object({ code: z.string(), title: z.string(), meaning: z.string(), action: z.string() })
    .nullable(),
})
export type KeypadUpdatePlan = z.infer<typeof KeypadUpdatePlan>

const one = z.object({ id: Id, version: Version })
const time = {
  UPDATE_TIME: { message: '予定日時は、今より後で1年以内の日時を入力してください。' },
} as const

/** Joined to the procedures of the monitor. Each answers with the keypad; `id` is the keypad, `version` the plan's. */
export const keypadUpdates = {
  /** 更新予定を登録 and 変更. A `version` of null: there was no plan on the screen. */
  planUpdate: procedure('keypad.manage')
    .input(
      z.object({
        id: Id,
        version: Version.nullable(),
        target: text(40).min(1),
        nextAt: Instant,
        windowMinutes: WindowMinutes.default(DEFAULT_WINDOW_MINUTES),
        note: text(200).default(''),
      }),
    )
    .errors({
      ...time,
      UPDATE_TARGET: {
        message: 'バージョンは、半角の英数字と . - _ で入力してください(例: V1.03.001)。',
      },
      UPDATE_DONE: { message: 'このテンキーには、すでにそのバージョンが入っています。' },
      NOT_REGISTERED: {
        message: '登録され、使用停止になっていないテンキーだけに、更新の予定を立てられます。',
      },
    }),
  /** 延期: an operator who needs the keypad moves it to a later time. */
  postponeUpdate: procedure('keypad.use')
    .input(one.extend({ nextAt: Instant, note: text(200).default('') }))
    .errors({ ...time, NOT_LATER: { message: '今の予定より後の日時を入力してください。' } }),
  /** 失敗を記録: the code that the keypad or the provider's tool has shown. */
  failUpdate: procedure('keypad.manage').input(one.extend({ code: UpdateCodeName })),
  /** 予定の取消 */
  withdrawUpdate: procedure('keypad.manage').input(one),
}

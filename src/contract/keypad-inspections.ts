import { z } from 'zod'
import { StopReason } from './keypad-monitor'
import { procedure } from './procedure'
import { Id, Instant, page, PageInput, PlainDate, text, Version } from './values'

/**
 * What is looked at: シリアル番号が台帳と一致, ケースの傷・開封跡なし, ケーブル・コネクターに異物なし, 見慣れないラベルや部品なし,
 * 画面・キーに異常なし, 設置場所が正しい.
 */
export const InspectionItem = z.enum(['serial', 'case', 'cable', 'label', 'screen', 'place'])
export type InspectionItem = z.infer<typeof InspectionItem>

export const InspectionAnswer = z.object({
  item: InspectionItem,
  answer: z.enum(['yes', 'no']),
  note: text(200),
})
export type InspectionAnswer = z.infer<typeof InspectionAnswer>

const Answer = InspectionAnswer.omit({ item: true }).refine(
  ({ answer, note }) => answer === 'yes' || note.trim() !== '',
)

/** Every item once; an いいえ says what was found. */
export const InspectionAnswers = z.object({
  serial: Answer,
  case: Answer,
  cable: Answer,
  label: Answer,
  screen: Answer,
  place: Answer,
})
export type InspectionAnswers = z.infer<typeof InspectionAnswers>

/** 期限超過, 7日以内, 予定, 異常あり (the last inspection found something and the keypad is still in use). */
export const InspectionStatus = z.enum(['failed', 'overdue', 'due-soon', 'scheduled'])
export type InspectionStatus = z.infer<typeof InspectionStatus>

const Shop = z.object({ id: Id, name: z.string() }).nullable()

export const InspectionDue = z.object({
  keypadId: Id,
  serial: z.string().nullable(),
  model: z.string().nullable(),
  shop: Shop,
  seat: z.string().nullable(),
  dueOn: PlainDate,
  status: InspectionStatus,
  last: z.object({ at: Instant, by: z.string(), result: z.enum(['pass', 'fail']) }).nullable(),
})
export type InspectionDue = z.infer<typeof InspectionDue>

export const InspectionRow = z.object({
  id: Id,
  signedAt: Instant,
  signer: z.string(),
  dueOn: PlainDate,
  result: z.enum(['pass', 'fail']),
  answers: z.array(InspectionAnswer),
  note: z.string(),
  hasPhoto: z.boolean(),
})
export type InspectionRow = z.infer<typeof InspectionRow>

export const InspectionFilter = z.object({
  text: text(60).default(''),
  status: z.array(InspectionStatus).max(4).default([]),
  shopId: z.array(Id).max(50).default([]),
  dueFrom: PlainDate.nullable().default(null),
  dueTo: PlainDate.nullable().default(null),
})
export type InspectionFilter = z.infer<typeof InspectionFilter>

export const InspectedKeypad = z.object({
  keypadId: Id,
  serial: z.string().nullable(),
  model: z.string().nullable(),
  shop: Shop,
  seat: z.string().nullable(),
  state: z.enum(['unregistered', 'registered', 'stopped']),
  stopReason: StopReason.nullable(),
  registeredAt: Instant.nullable(),
  /** Null unless the keypad is registered. */
  due: InspectionDue.pick({ dueOn: true, status: true }).nullable(),
})
export type InspectedKeypad = z.infer<typeof InspectedKeypad>

const Month = z.string().regex(/^(20|21)\d\d-(0[1-9]|1[0-2])$/)

/** Longest piece of a photo in one call, in characters of base64: a message has room for a million. */
export const PHOTO_PART_CHARS = 700_000
const PHOTO_PARTS = 4

const IntervalDays = z.int().min(1).max(365)
const badPhoto = {
  BAD_PHOTO: { message: '写真は2MBまでのPNGかJPEGにしてください。点検の内容はそのまま残っています。' },
} as const
const notRegistered = {
  NOT_REGISTERED: { message: 'このテンキーは登録されていないか、使用停止中です。点検は記録していません。' },
} as const

export const keypadInspections = {
  /** Registered keypads, the most urgent first. Admins see every keypad, staff those of their own shop. */
  list: procedure('keypad.inspect')
    .input(PageInput.extend({ filter: InspectionFilter }))
    .output(page(InspectionDue)),
  shops: procedure('keypad.inspect').output(z.array(z.object({ id: Id, name: z.string() }))),
  /** One month day by day: what falls due, and what was done. Days without either are left out. */
  month: procedure('keypad.inspect')
    .input(z.object({ month: Month }))
    .output(
      z.object({
        today: PlainDate,
        days: z.array(
          z.object({
            date: PlainDate,
            due: z.int(),
            overdue: z.int(),
            passed: z.int(),
            failed: z.int(),
          }),
        ),
      }),
    ),
  keypad: procedure('keypad.inspect')
    .input(z.object({ keypadId: Id }))
    .output(InspectedKeypad),
  /** Newest first. */
  history: procedure('keypad.inspect')
    .input(PageInput.extend({ keypadId: Id }))
    .output(page(InspectionRow)),
  photo: procedure('keypad.inspect')
    .input(z.object({ inspectionId: Id }))
    .output(z.object({ type: z.enum(['image/png', 'image/jpeg']), data: z.string() })),
  /** Hands over a piece of a photo before the sign-off; a new photo takes the place of the one before. */
  photoPart: procedure('keypad.inspect')
    .input(
      z.object({
        photoId: Id,
        position: z
          .int()
          .min(0)
          .max(PHOTO_PARTS - 1),
        data: z
          .string()
          .min(1)
          .max(PHOTO_PART_CHARS)
          .regex(/^[A-Za-z0-9+/]+={0,2}$/),
      }),
    )
    .output(z.null())
    .errors(badPhoto),
  /** 署名: by the person who is signed in, now. Every item once; an いいえ needs a note. */
  sign: procedure('keypad.inspect')
    .input(
      z.object({
        keypadId: Id,
        answers: InspectionAnswers,
        note: text(500),
        photoId: Id.nullable(),
      }),
    )
    .output(InspectionRow)
    .errors({
      ...badPhoto,
      ...notRegistered,
      PHOTO_LOST: { message: '写真を受け取れていません。もう一度写真を選んでから署名してください。' },
    }),
  /** 使用停止 after an inspection that found something. */
  stop: procedure('keypad.manage')
    .input(z.object({ inspectionId: Id, reason: StopReason, note: text(200) }))
    .output(InspectedKeypad)
    .errors(notRegistered),
  getSettings: procedure('keypad.inspect').output(
    z.object({ version: Version, intervalDays: IntervalDays, defaultDays: IntervalDays }),
  ),
  saveSettings: procedure('keypad.manage')
    .input(z.object({ version: Version, intervalDays: IntervalDays }))
    .output(z.object({ version: Version, intervalDays: IntervalDays, defaultDays: IntervalDays })),
  /** Every field of every inspection of a time as CSV (UTF-8 with BOM, CRLF, formula characters defused). */
  exportCsv: procedure('keypad.inspect')
    .input(z.object({ from: PlainDate.nullable(), to: PlainDate.nullable(), keypadId: Id.nullable() }))
    .output(z.object({ saved: z.boolean(), rows: z.int() })),
}

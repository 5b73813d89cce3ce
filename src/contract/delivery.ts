import { z } from 'zod'
import { procedure } from './procedure'
import { PlainDate, text, Version } from './values'

export const Carrier = z.enum(['yamato', 'sagawa', 'japan-post'])
export type Carrier = z.infer<typeof Carrier>

/** Why nothing ships on a day. */
export const ClosedReason = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('weekday') }),
  z.object({ kind: z.literal('holiday'), name: z.string() }),
  z.object({ kind: z.literal('special'), name: z.string() }),
])
export type ClosedReason = z.infer<typeof ClosedReason>

const ClosedDay = z.object({ date: PlainDate, reason: ClosedReason })

/** One step of the way to the earliest delivery, in the order of reckoning. */
export const DeliveryStep = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('after-cut-off'), date: PlainDate, cutOffMinutes: z.int() }),
  z.object({ kind: z.literal('closed'), days: z.array(ClosedDay) }),
  z.object({ kind: z.literal('ship'), date: PlainDate, preparationDays: z.int() }),
  z.object({ kind: z.literal('road'), prefecture: z.string(), days: z.int() }),
  z.object({ kind: z.literal('remote'), name: z.string(), days: z.int() }),
])
export type DeliveryStep = z.infer<typeof DeliveryStep>

export const DeliverySlot = z.object({ code: z.string(), label: z.string() })
export type DeliverySlot = z.infer<typeof DeliverySlot>

/** What can be promised for an order that is taken now. */
export const DeliveryChoices = z.object({
  earliest: PlainDate,
  latest: PlainDate,
  /** When the asked (or the earliest) delivery ships; null when the asked date is too early. */
  shipOn: PlainDate.nullable(),
  carrier: Carrier,
  /** Slots on offer on the asked (or the earliest) date. */
  slots: z.array(DeliverySlot),
  /** The island or far place that the postal code says; null for all others. */
  remote: z.object({ name: z.string(), days: z.int() }).nullable(),
  explanation: z.array(DeliveryStep),
})
export type DeliveryChoices = z.infer<typeof DeliveryChoices>

/** 設定 > 配送, all that is saved together. */
export const DeliverySettings = z.object({
  /** Minutes since midnight; 1440: never. */
  cutOffMinutes: z.int().min(0).max(1440),
  preparationDays: z.int().min(0).max(30),
  latestDays: z.int().min(1).max(120),
  closedOnHolidays: z.boolean(),
  carrier: Carrier,
  /** 定休日: weekday 1 Monday – 7 Sunday, which of the month 1–5. */
  closedWeekdays: z.array(z.object({ weekday: z.int().min(1).max(7), week: z.int().min(1).max(5) })).max(35),
  leadTimes: z.array(z.object({ prefecture: text(10), days: z.int().min(0).max(30) })).max(47),
  remoteAreas: z
    .array(
      z.object({
        prefix: z.string().regex(/^\d{3,7}$/),
        name: text(40).min(1),
        days: z.int().min(0).max(30),
      }),
    )
    .max(500),
})
export type DeliverySettings = z.infer<typeof DeliverySettings>

/** A slot of a carrier with the days on which it is on offer. */
export const DatedSlot = z.object({
  carrier: Carrier,
  code: z.string().min(1).max(8),
  label: text(40).min(1),
  validFrom: PlainDate,
  validTo: PlainDate.nullable(),
})
export type DatedSlot = z.infer<typeof DatedSlot>

/** A day of the calendar as it stands. */
export const CalendarDay = z.object({
  date: PlainDate,
  /** Null: open. */
  closed: ClosedReason.nullable(),
  /** What a person has set for this very day. */
  special: z.object({ kind: z.enum(['closed', 'open']), label: z.string() }).nullable(),
  holiday: z.string().nullable(),
})
export type CalendarDay = z.infer<typeof CalendarDay>

const invalid = {
  INVALID_FIELDS: {
    message: '入力内容を確認してください。',
    data: z.object({ fields: z.array(z.object({ path: z.string(), message: z.string() })) }),
  },
} as const

/** 設定 > 配送 */
export const delivery = {
  get: procedure('settings.read').output(
    z.object({ version: Version, values: DeliverySettings, slots: z.array(DatedSlot) }),
  ),
  save: procedure('settings.write')
    .input(z.object({ version: Version, values: DeliverySettings }))
    .output(z.object({ version: Version, values: DeliverySettings }))
    .errors(invalid),
  /** The days of a month (`YYYY-MM`) as the kept settings make them. */
  month: procedure('settings.read')
    .input(z.object({ month: z.string().regex(/^(19[7-9]\d|20[0-4]\d)-(0[1-9]|1[0-2])$/) }))
    .output(z.array(CalendarDay)),
  /** 特別休業 or 特別営業; null gives the day back to the rules. */
  setDay: procedure('settings.write')
    .input(
      z.object({
        date: PlainDate,
        special: z.object({ kind: z.enum(['closed', 'open']), label: text(40) }).nullable(),
      }),
    )
    .output(CalendarDay),
  /** A slot of a carrier: new, or with another label or end. */
  saveSlot: procedure('settings.write').input(DatedSlot).output(z.array(DatedSlot)).errors(invalid),
  /** Takes a slot out that was put in by mistake; one that was on offer is ended instead. */
  removeSlot: procedure('settings.write')
    .input(DatedSlot.pick({ carrier: true, code: true, validFrom: true }))
    .output(z.array(DatedSlot)),
  /** What would be promised with the kept settings, for an order at this instant: to see what a change does. */
  example: procedure('settings.read')
    .input(z.object({ prefecture: text(10), postalCode: text(12).default('') }))
    .output(DeliveryChoices),
}

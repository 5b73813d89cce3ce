import { z } from 'zod'

/** 1 Monday … 7 Sunday (ISO 8601). */
export const Weekday = z.int().min(1).max(7)

/** What happens in a month without a fifth such weekday: the last one is taken, or the month has no delivery. */
export const MissingFifth = z.enum(['last', 'pass-over'])
export type MissingFifth = z.infer<typeof MissingFifth>

/** When a subscription delivers. The rule names お届け日; ship dates follow from it. */
export const CycleRule = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('days'), every: z.int().min(1).max(366) }),
  z.object({ kind: z.literal('weeks'), every: z.int().min(1).max(52), weekday: Weekday }),
  z.object({
    kind: z.literal('months'),
    every: z.int().min(1).max(24),
    /** A month that is too short delivers on its last day; the day comes back in the next long one. */
    day: z.union([z.int().min(1).max(31), z.literal('last')]),
  }),
  z.object({
    kind: z.literal('month-weekday'),
    every: z.int().min(1).max(24),
    nth: z.int().min(1).max(5),
    weekday: Weekday,
    missing: MissingFifth,
  }),
])
export type CycleRule = z.infer<typeof CycleRule>

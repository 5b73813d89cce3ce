import { z } from 'zod'

/** UUID of a row. People never see it. */
export const Id = z.uuid()
export type Id = z.infer<typeof Id>

/** An integer amount of yen, within what the desk can ever show. */
export const Yen = z.int().min(-999_999_999).max(999_999_999).brand<'Yen'>()
export type Yen = z.infer<typeof Yen>

/** Checks and brands an amount. Throws on a fraction: money is never rounded silently. */
export const yen = (amount: number): Yen => Yen.parse(amount)

/** Epoch milliseconds, UTC. */
export const Instant = z.int().min(0).max(8_640_000_000_000_000)
/** Plain date of business in Asia/Tokyo, `YYYY-MM-DD`. */
export const PlainDate = z.iso.date()

/** Row version: a save with an old one is refused and both versions are shown. */
export const Version = z.int().min(1)

/** Text as typed: bounded, no control characters except line breaks. */
export const text = (maxLength: number) =>
  z
    .string()
    .max(maxLength)
    // eslint-disable-next-line no-control-regex -- control characters are what is refused here
    .regex(/^[^\u0000-\u0009\u000b\u000c\u000e-\u001f\u007f]*$/u)

/** A page of a list by keyset: `next` is opaque, null at the end. */
export const page = <T extends z.ZodType>(item: T) =>
  z.object({
    items: z.array(item),
    next: z.string().nullable(),
    /** Exact up to 1,000; `more` then says that there are more. */
    count: z.object({ value: z.int(), more: z.boolean() }),
  })

export const PageInput = z.object({
  cursor: z.string().max(500).nullable().default(null),
  limit: z.int().min(1).max(200).default(50),
})

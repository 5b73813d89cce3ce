import { z } from 'zod'
import { Carrier } from './delivery'
import { procedure } from './procedure'
import { Instant, PlainDate, text } from './values'

/** What a postal code stands for. Several towns may share one. */
export const PostalTown = z.object({
  /** Seven digits. */
  code: z.string(),
  prefecture: z.string(),
  city: z.string(),
  /** Full-width katakana; empty where the directory has none. */
  cityKana: z.string(),
  /** Empty where the code stands for the rest of a city. */
  town: z.string(),
  townKana: z.string(),
  /** 番地 and name of an office with a code of its own. */
  street: z.string(),
  office: z.string(),
})
export type PostalTown = z.infer<typeof PostalTown>

export const ImportFault = z.object({
  /** Line of the file; null when the file as a whole is meant. */
  line: z.int().nullable(),
  message: z.string(),
})
export type ImportFault = z.infer<typeof ImportFault>

/** An address as it stands in a form, half-filled or not. */
export const TypedAddress = z.object({
  prefecture: text(10),
  city: text(60),
  address: text(100),
  building: text(60),
  name: text(81),
})
export type TypedAddress = z.infer<typeof TypedAddress>

/** A part of an address that does not fit on the carrier's label. */
export const LineFault = z.object({
  field: z.enum(['prefecture', 'city', 'address', 'building', 'name']),
  /** Full-width characters that a line takes; half-width ones count half. */
  limit: z.int(),
  /** Full-width characters too many, in steps of a half. */
  over: z.number(),
  printed: z.string(),
  cutOff: z.string(),
})
export type LineFault = z.infer<typeof LineFault>

const Directory = z.object({
  source: z.enum(['built-in', 'imported']),
  name: z.string(),
  date: PlainDate,
  towns: z.int(),
  codes: z.int(),
  importedAt: Instant.nullable(),
})

export const PostalStatus = z.object({
  used: Directory,
  /** What could be used instead; null while nothing was imported. */
  other: Directory.nullable(),
  /** An import under way at this desk. */
  running: z.object({ fileName: z.string(), percent: z.int(), lines: z.int() }).nullable(),
  /** Why the last import of this desk did not come to an end. */
  fault: ImportFault.nullable(),
})
export type PostalStatus = z.infer<typeof PostalStatus>

/** Postal codes and addresses, from data inside the program or imported by an admin; never from the network. */
export const postal = {
  /** All towns of a code, typed in any width; none when it is no code, or nobody has it. */
  lookup: procedure('customer.read')
    .input(z.object({ code: text(12) }))
    .output(z.array(PostalTown)),
  /** Codes that an address may have. */
  candidates: procedure('customer.read')
    .input(TypedAddress.pick({ prefecture: true, city: true, address: true }))
    .output(z.array(PostalTown)),
  /** What of an address does not fit on the label of the shop's carrier, and what could move to the building. */
  checkLines: procedure('customer.read')
    .input(TypedAddress)
    .output(
      z.object({
        carrier: Carrier,
        faults: z.array(LineFault),
        suggestion: z.object({ address: z.string(), building: z.string() }).nullable(),
      }),
    ),
  status: procedure('settings.read').output(PostalStatus),
  /** Asks for a file of Japan Post (utf_ken_all or KEN_ALL) and reads it in the background. */
  importFile: procedure('settings.write')
    .output(z.object({ started: z.boolean() }))
    .errors({
      RUNNING: { message: '郵便番号データを取り込んでいます。終わるまでお待ちください。' },
    }),
  cancelImport: procedure('settings.write').output(PostalStatus),
  /** Uses the built-in directory again, or the imported one. */
  use: procedure('settings.write')
    .input(z.object({ source: z.enum(['built-in', 'imported']) }))
    .output(PostalStatus),
}

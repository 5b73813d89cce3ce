import { z } from 'zod'

/** What a virtual keypad is and how it answers; hex everywhere, for these go between processes as JSON. */
export const UnitSchema = z.object({
  name: z.string(),
  uniq: z.string(),
  vendor: z.number(),
  product: z.number(),
  usagePage: z.number(),
  usage: z.number(),
  inputBytes: z.number(),
  featureBytes: z.number(),
  /** Reply for each command; others are answered with 15 (refused). */
  replies: z.record(z.string(), z.string()),
  /** All-zero pieces before each reply. */
  notReady: z.number(),
  /** A command at which the device goes away and comes back as another one. */
  turns: z
    .object({
      command: z.string(),
      /** After its reply has been fetched, or in the middle of the transfer. */
      when: z.enum(['answered', 'at-once']),
      name: z.string(),
      product: z.number(),
      usagePage: z.number(),
    })
    .nullable(),
})
export type Unit = z.infer<typeof UnitSchema>

/** To the emulator. Each is answered once, under its number. */
export const RequestSchema = z.object({
  number: z.number(),
  ask: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('plug'), unit: UnitSchema }),
    z.object({ kind: z.literal('unplug'), uniq: z.string() }),
    /** Resolves when the kernel has taken all of them. */
    z.object({ kind: z.literal('reports'), uniq: z.string(), reports: z.array(z.string()) }),
    z.object({ kind: z.literal('commands'), uniq: z.string() }),
  ]),
})
export type Request = z.infer<typeof RequestSchema>

export const AnswerSchema = z.object({
  number: z.number(),
  /** Node of the device, or the commands that it was sent, in hex. */
  result: z.array(z.string()),
  error: z.string().nullable(),
})
export type Answer = z.infer<typeof AnswerSchema>

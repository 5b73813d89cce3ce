import { z } from 'zod'

/** What desk and relay say to each other; docs/relay-protocol.md is the reference. */

export const PROTOCOL = 'uketsuke-relay'
export const VERSION = 1

const ShortText = z
  .string()
  .max(100)
  .regex(/^\P{Cc}*$/u)
const Fact = ShortText.nullable()
const Nonce = z.string().regex(/^[A-Za-z0-9+/]{43}=$/)
const Proof = Nonce.nullable()
const Number32 = z.int().min(1).max(0xffff_ffff)

export const Facts = z.object({
  serial: Fact,
  model: Fact,
  firmware: Fact,
  securityLevel: z.string().regex(/^\d$/).nullable(),
})
export const Holder = z.object({ seat: ShortText, operator: ShortText })
export const DeviceTrouble = z.enum([
  'not-found',
  'keyboard-mode',
  'busy',
  'not-encrypting',
  'keys-exhausted',
  'permission-denied',
  'unplugged',
])
export const KeypadState = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('ready'), facts: Facts, holder: Holder.nullable() }),
  z.object({ kind: z.literal('trouble'), trouble: DeviceTrouble, facts: Facts.optional() }),
])
export type KeypadState = z.infer<typeof KeypadState>

const ErrorMessage = z.object({
  type: z.literal('error'),
  code: ShortText,
  message: z.string().max(200),
})

const relayMessages = [
  z.object({
    type: z.literal('hello'),
    protocol: z.literal(PROTOCOL),
    version: z.int().min(1).max(1000),
    relay: ShortText,
    nonce: Nonce,
    pairing: z.boolean(),
    heartbeatMs: z.int().min(100).max(60_000),
    missedLimit: z.int().min(2).max(10),
  }),
  z.object({ type: z.literal('welcome'), proof: Proof, keypad: KeypadState }),
  z.object({ type: z.literal('state'), keypad: KeypadState }),
  z.object({ type: z.literal('claimed'), request: Number32, claim: Number32, facts: Facts }),
  z.object({ type: z.literal('busy'), request: Number32, holder: Holder }),
  z.object({ type: z.literal('refused'), request: Number32, trouble: DeviceTrouble }),
  z.object({ type: z.literal('receiving'), claim: Number32 }),
  z.object({ type: z.literal('lost'), claim: Number32, trouble: DeviceTrouble }),
  z.object({ type: z.literal('released'), claim: Number32 }),
  z.object({ type: z.literal('ping') }),
  z.object({ type: z.literal('pong') }),
  ErrorMessage,
] as const

/** A message of the relay. */
export const RelayMessage = z.discriminatedUnion('type', relayMessages)
export type RelayMessage = z.infer<typeof RelayMessage>
export type RelayHello = Extract<RelayMessage, { type: 'hello' }>

const deskMessages = [
  z.object({
    type: z.literal('hello'),
    protocol: z.literal(PROTOCOL),
    version: z.int().min(1).max(1000),
    seat: ShortText,
    nonce: Nonce,
    proof: Proof,
  }),
  z.object({ type: z.literal('claim'), request: Number32, holder: Holder }),
  z.object({ type: z.literal('release'), claim: Number32 }),
  z.object({ type: z.literal('ping') }),
  z.object({ type: z.literal('pong') }),
  ErrorMessage,
] as const

/** A message of the desk. */
export const DeskMessage = z.discriminatedUnion('type', deskMessages)
export type DeskMessage = z.infer<typeof DeskMessage>
export type DeskHello = Extract<DeskMessage, { type: 'hello' }>

const Typed = z.object({ type: z.string().max(100) })
const typesOf = (messages: readonly { shape: { type: { value: string } } }[]) =>
  new Set(messages.map((message) => message.shape.type.value))
const relayTypes = typesOf(relayMessages)
const deskTypes = typesOf(deskMessages)

/** A relay message of checked shape; null when its type belongs to a later version. Throws on anything else. */
export function parseRelayMessage(value: unknown): RelayMessage | null {
  return relayTypes.has(Typed.parse(value).type) ? RelayMessage.parse(value) : null
}

/** As `parseRelayMessage`, for what a desk says. */
export function parseDeskMessage(value: unknown): DeskMessage | null {
  return deskTypes.has(Typed.parse(value).type) ? DeskMessage.parse(value) : null
}

/** Cuts a name of ours to what the protocol allows. */
export const shortText = (text: string): string => text.replaceAll(/\p{Cc}/gu, ' ').slice(0, 100)

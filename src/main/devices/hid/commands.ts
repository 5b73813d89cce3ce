/**
 * Classic command framing of the keypad. The desk only reads from a unit that a provider has issued; the one
 * write that it knows, for an admin with the provider's consent, is "set HID mode".
 * Source: ID TECH SREDKey 2 Integration Manual 80172501-001, pp. 9-10.
 */

const STX = 0x02
const ETX = 0x03
const ACK = 0x06
const NAK = 0x15
const FAILED = 0xfd
const READ = 0x52
const WRITE = 0x53
const USB_MODE = 0x23
const HID_MODE = 0x30

export const READ_FIRMWARE = 0x22
export const READ_SERIAL = 0x4e
export const READ_SECURITY_LEVEL = 0x7e

/** Read of one setting: STX, R, id, ETX and the XOR of all of them. */
export function readCommand(id: number): Buffer {
  return Buffer.from([STX, READ, id, ETX, STX ^ READ ^ id ^ ETX])
}

/** Write of the USB mode: STX, S, id, length, value, ETX and the XOR of all of them. The unit then re-enumerates. */
export function setHidModeCommand(): Buffer {
  const body = Buffer.from([STX, WRITE, USB_MODE, 1, HID_MODE, ETX])
  return Buffer.concat([body, Buffer.from([xor(body)])])
}

export type Reply =
  | { readonly kind: 'data'; readonly data: Buffer }
  | { readonly kind: 'refused' }
  /** More pieces are needed. */
  | { readonly kind: 'incomplete' }

/** Reply to a write: a bare acknowledgement. */
export function parseAcknowledgement(bytes: Buffer): Reply {
  const first = bytes.find((byte) => byte !== 0)
  if (first === undefined) return { kind: 'incomplete' }
  return first === ACK ? { kind: 'data', data: Buffer.alloc(0) } : { kind: 'refused' }
}

/** Text of the firmware reply, which has neither id nor length inside. */
export function parseTextReply(bytes: Buffer): Reply {
  const body = replyBody(bytes)
  if (!Buffer.isBuffer(body)) return body
  for (let end = 1; end + 1 < body.length; end += 1) {
    if (body[end] === ETX && xor(body.subarray(0, end + 2)) === 0) {
      return { kind: 'data', data: body.subarray(1, end) }
    }
  }
  return { kind: 'incomplete' }
}

/** Data of the block with this id in a reply of one or more blocks. */
export function parseBlockReply(bytes: Buffer, id: number): Reply {
  const body = replyBody(bytes)
  if (!Buffer.isBuffer(body)) return body
  let wanted: Buffer | null = null
  let at = 1
  while (at < body.length && body[at] !== ETX) {
    const length = body[at + 1]
    if (length === undefined) return { kind: 'incomplete' }
    const end = at + 2 + length
    if (end > body.length) return { kind: 'incomplete' }
    if (body[at] === id) wanted = body.subarray(at + 2, end)
    at = end
  }
  if (at + 1 >= body.length) return { kind: 'incomplete' }
  const sound = xor(body.subarray(0, at + 2)) === 0
  return sound && wanted !== null ? { kind: 'data', data: wanted } : { kind: 'refused' }
}

/** From STX on; the leading ACK is outside of the check. */
function replyBody(bytes: Buffer): Buffer | Reply {
  const start = bytes.findIndex((byte) => byte !== 0)
  const first = bytes[start]
  if (first === undefined) return { kind: 'incomplete' }
  if (first === NAK || first === FAILED || first !== ACK) return { kind: 'refused' }
  const body = bytes.subarray(start + 1)
  return body[0] === STX ? body : { kind: 'incomplete' }
}

const xor = (bytes: Buffer): number => bytes.reduce((check, byte) => check ^ byte, 0)

export interface Firmware {
  readonly model: string | null
  readonly version: string | null
  /** `keyboard` when the text names a keyboard mode. */
  readonly mode: 'hid' | 'keyboard' | null
}

/** `ID TECH SREDKey USB-HID V 1.02`: model, then seven characters of mode, then the number behind V. */
export function parseFirmwareText(text: string): Firmware {
  const usb = text.indexOf('USB')
  const mode = usb === -1 ? '' : text.slice(usb, usb + 7).toUpperCase()
  const model = (usb === -1 ? text : text.slice(0, usb)).trim()
  return {
    model: model === '' ? null : model,
    version: /\bV\s*(\d[\w.]*)/i.exec(usb === -1 ? text : text.slice(usb))?.[1] ?? null,
    mode: mode.includes('HID') ? 'hid' : mode.includes('K') ? 'keyboard' : null,
  }
}

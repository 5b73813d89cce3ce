/** Messages of Linux's /dev/uhid, by which a program makes a HID device. Source: include/uapi/linux/uhid.h. */

/** Room for the longest message, the creation of a device. */
export const EVENT_BYTES = 4380

const DESTROY = 1
const START = 2
const STOP = 3
const GET_REPORT = 9
const GET_REPORT_REPLY = 10
const CREATE2 = 11
const INPUT2 = 12
const SET_REPORT = 13
const SET_REPORT_REPLY = 14

export const USB = 3

export interface Identity {
  readonly name: string
  readonly uniq: string
  readonly vendor: number
  readonly product: number
  readonly descriptor: Buffer
}

const message = (type: number, length: number): Buffer => {
  const bytes = Buffer.alloc(4 + length)
  bytes.writeUInt32LE(type)
  return bytes
}

export function createMessage({ name, uniq, vendor, product, descriptor }: Identity): Buffer {
  const bytes = message(CREATE2, 276 + descriptor.length)
  bytes.write(name, 4, 127)
  bytes.write(`virtual/${uniq}`, 132, 63)
  bytes.write(uniq, 196, 63)
  bytes.writeUInt16LE(descriptor.length, 260)
  bytes.writeUInt16LE(USB, 262)
  bytes.writeUInt32LE(vendor, 264)
  bytes.writeUInt32LE(product, 268)
  descriptor.copy(bytes, 280)
  return bytes
}

export const destroyMessage = (): Buffer => message(DESTROY, 0)

export function inputMessage(report: Buffer): Buffer {
  const bytes = message(INPUT2, 2 + report.length)
  bytes.writeUInt16LE(report.length, 4)
  report.copy(bytes, 6)
  return bytes
}

/** `data` begins with the report id, as on USB. */
export function getReportReply(id: number, data: Buffer): Buffer {
  const bytes = message(GET_REPORT_REPLY, 8 + data.length)
  bytes.writeUInt32LE(id, 4)
  bytes.writeUInt16LE(data.length, 10)
  data.copy(bytes, 12)
  return bytes
}

export function setReportReply(id: number): Buffer {
  const bytes = message(SET_REPORT_REPLY, 6)
  bytes.writeUInt32LE(id, 4)
  return bytes
}

export type KernelMessage =
  | { readonly kind: 'start' | 'stop' | 'other' }
  | { readonly kind: 'get-report'; readonly id: number }
  /** `data` begins with the report id. */
  | { readonly kind: 'set-report'; readonly id: number; readonly data: Buffer }

export function readMessage(bytes: Buffer): KernelMessage {
  const type = bytes.readUInt32LE(0)
  if (type === START) return { kind: 'start' }
  if (type === STOP) return { kind: 'stop' }
  if (type === GET_REPORT) return { kind: 'get-report', id: bytes.readUInt32LE(4) }
  if (type !== SET_REPORT) return { kind: 'other' }
  const size = bytes.readUInt16LE(10)
  return { kind: 'set-report', id: bytes.readUInt32LE(4), data: Buffer.from(bytes.subarray(12, 12 + size)) }
}

const le16 = (value: number): number[] => [value & 0xff, value >> 8]

/** Report descriptor of one unnumbered input report and one feature report, of so many bytes each. */
export function reportDescriptor(options: {
  readonly usagePage: number
  readonly usage: number
  readonly inputBytes: number
  readonly featureBytes: number
}): Buffer {
  const { usagePage, usage, inputBytes, featureBytes } = options
  const vendorPage = 0xff00
  // The reports are the vendor's own in every mode: the kernel is not to take bytes for keys.
  return Buffer.concat([
    Buffer.from([0x06, ...le16(usagePage), 0x09, usage, 0xa1, 0x01]),
    Buffer.from([0x06, ...le16(vendorPage), 0x15, 0x00, 0x26, 0xff, 0x00, 0x75, 0x08]),
    Buffer.from([0x09, 0x02, 0x96, ...le16(inputBytes), 0x81, 0x02]),
    Buffer.from([0x09, 0x03, 0x96, ...le16(featureBytes), 0xb1, 0x02, 0xc0]),
  ])
}

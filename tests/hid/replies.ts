/** Answers of the true protocol to commands, in hex. Source: ID TECH SREDKey 2 Integration Manual, pp. 9-10. */

const check = (bytes: readonly number[]): number => bytes.reduce((xor, byte) => xor ^ byte, 0)
const hex = (bytes: readonly number[]): string => Buffer.from(bytes).toString('hex')
const ascii = (text: string): number[] => [...Buffer.from(text, 'latin1')]

const acknowledged = (body: readonly number[]): string => hex([0x06, ...body, check(body)])

/** A reply of one block. */
const block = (id: number, data: readonly number[]): string =>
  acknowledged([0x02, id, data.length, ...data, 0x03])

export const LEVEL = '02527e032d'
export const FIRMWARE = '0252220371'
export const SERIAL = '02524e031d'
export const KSN = '0252510302'
export const USB_MODE = '0252230370'
export const SET_HID_MODE = '02532301300340'

export const firmwareReply = (text: string): string => acknowledged([0x02, ...ascii(text), 0x03])
export const levelReply = (level: string): string => block(0x7e, ascii(level))
export const serialReply = (serial: string): string => block(0x4e, [serial.length, ...ascii(serial)])
export const ksnReply = (ksn: string): string => block(0x51, [...Buffer.from(ksn, 'hex')])
export const usbModeReply = (mode: string): string => block(0x23, ascii(mode))

/** What a keypad that encrypts tells of itself. */
export const answers = (
  serial = '644T055742',
  more: Record<string, string> = {},
): Record<string, string> => ({
  [LEVEL]: levelReply('3'),
  [FIRMWARE]: firmwareReply('ID TECH SREDKey USB-HID V 1.02'),
  [SERIAL]: serialReply(serial),
  ...more,
})

import type { KeypadFacts } from '../keypad.port'
import type { HidHandle } from './binding'
import {
  parseBlockReply,
  parseFirmwareText,
  parseTextReply,
  READ_FIRMWARE,
  READ_SECURITY_LEVEL,
  READ_SERIAL,
  readCommand,
} from './commands'
import { ask, type Answer, type ReadOptions } from './feature-reports'

export interface ReadFacts {
  readonly facts: KeypadFacts
  readonly keyboardMode: boolean
}

/**
 * Asks the keypad who it is. Everything may be refused: what is not told is null. A keypad that does not
 * answer the first question at all is not asked the others. Never throws.
 */
export async function readKeypadFacts(handle: HidHandle, options: ReadOptions): Promise<ReadFacts> {
  const level = await ask(handle, readCommand(READ_SECURITY_LEVEL), options, (bytes) =>
    parseBlockReply(bytes, READ_SECURITY_LEVEL),
  )
  if (level === 'silent') return { facts: factsOf(level, level, level), keyboardMode: false }
  const firmware = await ask(handle, readCommand(READ_FIRMWARE), options, parseTextReply)
  const serial = await ask(handle, readCommand(READ_SERIAL), options, (bytes) =>
    parseBlockReply(bytes, READ_SERIAL),
  )
  const { mode } = parseFirmwareText(textOf(firmware) ?? '')
  return { facts: factsOf(level, firmware, serial), keyboardMode: mode === 'keyboard' }
}

function factsOf(level: Answer, firmware: Answer, serial: Answer): KeypadFacts {
  const { model, version } = parseFirmwareText(textOf(firmware) ?? '')
  return {
    // The serial number stands behind a length byte of its own.
    serial: Buffer.isBuffer(serial) ? textOf(serial.subarray(1)) : null,
    model,
    firmware: version,
    securityLevel: textOf(level),
  }
}

function textOf(answer: Answer): string | null {
  if (!Buffer.isBuffer(answer)) return null
  const text = answer.toString('latin1').trim()
  return /^[\x20-\x7e]{1,100}$/.test(text) ? text : null
}

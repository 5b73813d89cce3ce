import { setTimeout as pause } from 'node:timers/promises'
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
  type Reply,
} from './commands'

export interface ReadOptions {
  /** Data bytes of a feature report, without the report id. */
  readonly featureReportBytes: number
  readonly replyTimeoutMs: number
  readonly pollMs: number
}

export const DEFAULT_READ_OPTIONS: ReadOptions = { featureReportBytes: 8, replyTimeoutMs: 2500, pollMs: 10 }

export interface ReadFacts {
  readonly facts: KeypadFacts
  readonly keyboardMode: boolean
}

type Answer = Buffer | 'refused' | 'silent'

/**
 * Asks the keypad who it is. Everything may be refused: what is not told is null. A keypad that does not
 * answer the first question at all is not asked the others. Never throws.
 */
export async function readKeypadFacts(handle: HidHandle, options: ReadOptions): Promise<ReadFacts> {
  const level = await ask(handle, READ_SECURITY_LEVEL, options, (bytes) =>
    parseBlockReply(bytes, READ_SECURITY_LEVEL),
  )
  if (level === 'silent') return { facts: factsOf(level, level, level), keyboardMode: false }
  const firmware = await ask(handle, READ_FIRMWARE, options, parseTextReply)
  const serial = await ask(handle, READ_SERIAL, options, (bytes) => parseBlockReply(bytes, READ_SERIAL))
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

async function ask(
  handle: HidHandle,
  id: number,
  options: ReadOptions,
  parse: (bytes: Buffer) => Reply,
): Promise<Answer> {
  try {
    await send(handle, readCommand(id), options.featureReportBytes)
    return await receive(handle, options, parse)
  } catch {
    // A device that refuses feature reports altogether is told by the error of the call.
    return 'refused'
  }
}

/** Long commands go in pieces of one report each, zero filled; the first byte is the report id 0. */
async function send(handle: HidHandle, command: Buffer, size: number): Promise<void> {
  for (let at = 0; at < command.length; at += size) {
    const report = Buffer.alloc(size + 1)
    command.copy(report, 1, at, at + size)
    await handle.sendFeatureReport(report)
  }
}

/** Polls until the pieces make a reply: all-zero pieces before it mean "not ready", one behind it the end. */
async function receive(
  handle: HidHandle,
  { featureReportBytes, replyTimeoutMs, pollMs }: ReadOptions,
  parse: (bytes: Buffer) => Reply,
): Promise<Answer> {
  let collected = Buffer.alloc(0)
  for (let polls = Math.ceil(replyTimeoutMs / pollMs); polls > 0; polls -= 1) {
    const piece = (await handle.getFeatureReport(0, featureReportBytes + 1)).subarray(1)
    const empty = piece.every((byte) => byte === 0)
    if (empty && collected.length === 0) {
      await pause(pollMs)
      continue
    }
    collected = Buffer.concat([collected, piece])
    const reply = parse(collected)
    if (reply.kind === 'data') return reply.data
    if (reply.kind === 'refused' || empty) return 'refused'
  }
  return collected.length === 0 ? 'silent' : 'refused'
}

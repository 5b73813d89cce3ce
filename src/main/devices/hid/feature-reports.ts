import { setTimeout as pause } from 'node:timers/promises'
import type { HidHandle } from './binding'
import type { Reply } from './commands'

export interface ReadOptions {
  /** Data bytes of a feature report, without the report id. */
  readonly featureReportBytes: number
  readonly replyTimeoutMs: number
  readonly pollMs: number
}

export const DEFAULT_READ_OPTIONS: ReadOptions = { featureReportBytes: 8, replyTimeoutMs: 2500, pollMs: 10 }

export type Answer = Buffer | 'refused' | 'silent'

/** Sends one command and collects its reply. Never throws: what the device does not do at all is refused. */
export async function ask(
  handle: HidHandle,
  command: Buffer,
  options: ReadOptions,
  parse: (bytes: Buffer) => Reply,
): Promise<Answer> {
  try {
    await sendCommand(handle, command, options.featureReportBytes)
    return await receiveReply(handle, options, parse)
  } catch {
    // A device that refuses feature reports altogether is told by the error of the call.
    return 'refused'
  }
}

/** Long commands go in pieces of one report each, zero filled; the first byte is the report id 0. */
export async function sendCommand(handle: HidHandle, command: Buffer, size: number): Promise<void> {
  for (let at = 0; at < command.length; at += size) {
    const report = Buffer.alloc(size + 1)
    command.copy(report, 1, at, at + size)
    await handle.sendFeatureReport(report)
  }
}

/** Polls until the pieces make a reply: all-zero pieces before it mean "not ready", one behind it the end. */
export async function receiveReply(
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

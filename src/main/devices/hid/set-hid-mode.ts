import { setTimeout as pause } from 'node:timers/promises'
import type { KeypadTrouble } from '../keypad.port'
import { nodeHidBinding, type HidBinding, type HidInterface } from './binding'
import { parseAcknowledgement, setHidModeCommand } from './commands'
import { DeviceLock } from './device-lock'
import { DEFAULT_READ_OPTIONS, receiveReply, sendCommand, type ReadOptions } from './feature-reports'
import { openTrouble } from './open-keypad'
import { findKeypads, KNOWN_KEYPADS, recogniseKeypad, type KeypadIds, type Recognised } from './recognise'

export interface SetHidModeOptions {
  /** Folder of the lock files, the same for every process that may use the keypad. */
  readonly lockFolder: string
  readonly binding?: () => Promise<HidBinding>
  readonly ids?: KeypadIds
  readonly which?: (device: HidInterface) => boolean
  readonly read?: ReadOptions
}

export type SetHidModeResult =
  /** Written, and the keypad came back in HID mode. */
  | { readonly kind: 'switched' }
  /** Written, and the keypad still types: it did not answer, or did not restart within the time. */
  | { readonly kind: 'unchanged' }
  /** Written, and the keypad went away, but did not come back within the time. */
  | { readonly kind: 'gone' }
  /** A keypad in HID mode is there: nothing was written. */
  | { readonly kind: 'already' }
  /** The keypad answered that it does not take the setting. */
  | { readonly kind: 'refused' }
  | { readonly kind: 'trouble'; readonly trouble: KeypadTrouble }

/** How long a keypad may take to come back, in times of its longest answer: ten seconds, as a device restarts. */
const BACK_REPLIES = 4
/** The bus is looked at less often than a device is asked. */
const BACK_POLLS = 10

/**
 * Switches a keypad that types (keyboard mode) to HID mode: function 23h, value 30h. The only write that the
 * desk knows; for an admin who has the provider's consent. Waits until the keypad is back. Never throws.
 */
export async function setHidMode(options: SetHidModeOptions): Promise<SetHidModeResult> {
  const { ids = KNOWN_KEYPADS, which = () => true, read = DEFAULT_READ_OPTIONS, lockFolder } = options
  let lock: DeviceLock | null = null
  try {
    const binding = await (options.binding ?? nodeHidBinding)()
    const found = recogniseKeypad((await binding.devices()).filter(which), ids)
    if (found.kind === 'none') return { kind: 'trouble', trouble: 'not-found' }
    if (found.kind === 'keypad') return { kind: 'already' }
    lock = await DeviceLock.take(lockFolder, found.path)
    if (lock === null) return { kind: 'trouble', trouble: 'busy' }
    const written = await write(binding, found.path, ids, read)
    return { kind: written === 'refused' ? 'refused' : await comesBack(binding, which, ids, read) }
  } catch (error) {
    return { kind: 'trouble', trouble: openTrouble(error) }
  } finally {
    await lock?.release()
  }
}

async function write(
  binding: HidBinding,
  path: string,
  ids: KeypadIds,
  read: ReadOptions,
): Promise<'sent' | 'refused'> {
  const handle = await binding.open(path)
  // Without a listener the loss of the device, which is what we ask for, would be an uncaught error.
  handle.on('error', () => undefined)
  try {
    const written = await sendCommand(handle, setHidModeCommand(), read.featureReportBytes).then(
      () => true,
      () => false,
    )
    if (!written) return (await leaves(binding, path, ids, read)) ? 'sent' : 'refused'
    // A keypad that is gone before it answered has done as it was told.
    const answer = await receiveReply(handle, read, parseAcknowledgement).catch(() => 'silent' as const)
    return answer === 'refused' ? 'refused' : 'sent'
  } finally {
    await handle.close().catch(() => undefined)
  }
}

/** Waits for the keypad that was written to; as what it stands there when it is back or the time is over. */
async function comesBack(
  binding: HidBinding,
  which: (device: HidInterface) => boolean,
  ids: KeypadIds,
  { replyTimeoutMs, pollMs }: ReadOptions,
): Promise<'switched' | 'unchanged' | 'gone'> {
  let seen: Recognised['kind'] = 'none'
  const everyMs = pollMs * BACK_POLLS
  for (let polls = Math.ceil((replyTimeoutMs * BACK_REPLIES) / everyMs); polls > 0; polls -= 1) {
    // A bus that cannot be listed while a device restarts is asked again.
    const found = await binding.devices().catch(() => [])
    seen = recogniseKeypad(found.filter(which), ids).kind
    if (seen === 'keypad') return 'switched'
    await pause(everyMs)
  }
  return seen === 'none' ? 'gone' : 'unchanged'
}

/** True when the keypad that typed is gone, which the system may show a little later than the failed write. */
async function leaves(
  binding: HidBinding,
  path: string,
  ids: KeypadIds,
  { replyTimeoutMs, pollMs }: ReadOptions,
): Promise<boolean> {
  for (let polls = Math.ceil(replyTimeoutMs / pollMs); polls > 0; polls -= 1) {
    const keypads = findKeypads(await binding.devices().catch(() => []), ids)
    if (!keypads.some((keypad) => keypad.path === path && keypad.mode === 'keyboard')) return true
    await pause(pollMs)
  }
  return false
}

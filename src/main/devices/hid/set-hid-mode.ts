import { setTimeout as pause } from 'node:timers/promises'
import type { KeypadTrouble } from '../keypad.port'
import { nodeHidBinding, type HidBinding, type HidInterface } from './binding'
import { parseAcknowledgement, setHidModeCommand } from './commands'
import { DeviceLock } from './device-lock'
import { DEFAULT_READ_OPTIONS, receiveReply, sendCommand, type ReadOptions } from './feature-reports'
import { openTrouble } from './open-keypad'
import { findKeypads, KNOWN_KEYPADS, recogniseKeypad, type KeypadIds } from './recognise'

export interface SetHidModeOptions {
  /** Folder of the lock files, the same for every process that may use the keypad. */
  readonly lockFolder: string
  readonly binding?: () => Promise<HidBinding>
  readonly ids?: KeypadIds
  readonly which?: (device: HidInterface) => boolean
  readonly read?: ReadOptions
}

export type SetHidModeResult =
  /** Written. That it took is seen when the keypad comes back under another path, which takes seconds. */
  | { readonly kind: 'sent' }
  /** A keypad in HID mode is there: nothing was written. */
  | { readonly kind: 'already' }
  /** The keypad answered that it does not take the setting. */
  | { readonly kind: 'refused' }
  | { readonly kind: 'trouble'; readonly trouble: KeypadTrouble }

/**
 * Switches a keypad that types (keyboard mode) to HID mode: function 23h, value 30h. The only write that the
 * desk knows; for an admin who has the provider's consent. Never throws.
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
    return { kind: await write(binding, found.path, ids, read) }
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

/** True when the keypad that typed is gone, which the system may show a little later than the failed write. */
async function leaves(
  binding: HidBinding,
  path: string,
  ids: KeypadIds,
  { replyTimeoutMs, pollMs }: ReadOptions,
): Promise<boolean> {
  for (let polls = Math.ceil(replyTimeoutMs / pollMs); polls > 0; polls -= 1) {
    const keypads = findKeypads(await binding.devices(), ids)
    if (!keypads.some((keypad) => keypad.path === path && keypad.mode === 'keyboard')) return true
    await pause(pollMs)
  }
  return false
}

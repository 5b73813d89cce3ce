import type { DeviceTrouble, KeypadFacts } from '../keypad.port'
import type { HidBinding, HidHandle, HidInterface } from './binding'
import { codeOf, DeviceLock } from './device-lock'
import type { ReadOptions } from './feature-reports'
import { readKeypadFacts } from './read-facts'
import { recogniseKeypad, type KeypadIds } from './recognise'

export interface OpenKeypad {
  readonly facts: KeypadFacts
  readonly path: string
  close(): Promise<void>
}

export interface OpenOptions {
  readonly binding: () => Promise<HidBinding>
  readonly ids: KeypadIds
  readonly which: (device: HidInterface) => boolean
  readonly read: ReadOptions
  readonly lockFolder: string
  /** The listener owns the bytes and overwrites them. */
  readonly onData: (data: Buffer) => void
  /** The device was unplugged or failed; told at most once. */
  readonly onGone: (keypad: OpenKeypad) => void
}

export type OpenResult =
  | { readonly kind: 'open'; readonly keypad: OpenKeypad }
  | { readonly kind: 'trouble'; readonly trouble: DeviceTrouble; readonly facts?: KeypadFacts }

const ENCRYPTING = '3'
const EXHAUSTED = '0'

const trouble = (word: DeviceTrouble): OpenResult => ({ kind: 'trouble', trouble: word })

/** Finds, locks and opens the keypad, and checks that it encrypts. Never throws. */
export async function openKeypad(options: OpenOptions): Promise<OpenResult> {
  let lock: DeviceLock | null = null
  try {
    const binding = await options.binding()
    const recognised = recogniseKeypad((await binding.devices()).filter(options.which), options.ids)
    if (recognised.kind === 'none') return trouble('not-found')
    if (recognised.kind === 'keyboard-mode') return trouble('keyboard-mode')
    lock = await DeviceLock.take(options.lockFolder, recognised.path)
    if (lock === null) return trouble('busy')
    const result = await use(await binding.open(recognised.path), recognised.device, lock, options)
    if (result.kind === 'trouble') await lock.release()
    return result
  } catch (error) {
    await lock?.release()
    return trouble(openTrouble(error))
  }
}

async function use(
  handle: HidHandle,
  device: HidInterface,
  lock: DeviceLock,
  options: OpenOptions,
): Promise<OpenResult> {
  let gone = false
  let keypad: OpenKeypad | null = null
  handle.on('data', options.onData)
  handle.on('error', () => {
    if (gone) return
    gone = true
    if (keypad !== null) options.onGone(keypad)
  })
  const { facts: told, keyboardMode } = await readKeypadFacts(handle, options.read)
  const refusal = gone ? 'unplugged' : levelTrouble(told.securityLevel, keyboardMode)
  const facts = {
    ...told,
    serial: told.serial ?? (device.serialNumber || null),
    model: told.model ?? (device.product || null),
  }
  if (refusal !== null) {
    await handle.close().catch(() => undefined)
    return { kind: 'trouble', trouble: refusal, ...(gone ? {} : { facts }) }
  }
  keypad = {
    facts,
    path: device.path ?? '',
    close: async () => {
      await handle.close().catch(() => undefined)
      await lock.release()
    },
  }
  return { kind: 'open', keypad }
}

/** Level '3' encrypts. A keypad that does not tell its level is judged by its frames. */
function levelTrouble(level: string | null, keyboardMode: boolean): DeviceTrouble | null {
  if (keyboardMode) return 'keyboard-mode'
  if (level === EXHAUSTED) return 'keys-exhausted'
  return level === null || level === ENCRYPTING ? null : 'not-encrypting'
}

/** The desk's word for a failed open; node-hid tells the cause in its message only. */
export function openTrouble(error: unknown): DeviceTrouble {
  const code = codeOf(error)
  const message = error instanceof Error ? error.message : ''
  if (code === 'EBUSY' || /busy|another process|exclusive|cannot open/i.test(message)) return 'busy'
  if (code === 'EACCES' || code === 'EPERM' || /permission|denied|not permitted/i.test(message)) {
    return 'permission-denied'
  }
  return 'not-found'
}

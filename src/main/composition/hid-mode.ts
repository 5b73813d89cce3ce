import { nextOnUsb } from '../checkout/keypad-finding'
import { setHidMode, type SetHidModeOptions, type SetHidModeResult } from '../devices/hid'
import type { Log } from '../platform/log'

export interface HidModeOutcome {
  readonly outcome: SetHidModeResult['kind']
  /** Why it could not be done, in words. */
  readonly why: string | null
}

/** Switches a keypad that types to HID mode, and leaves a line in the log: it is a write to a device of a provider. */
export async function switchToHid({
  log,
  ...options
}: SetHidModeOptions & { readonly log: Log }): Promise<HidModeOutcome> {
  const result = await setHidMode(options)
  const why = result.kind === 'trouble' ? nextOnUsb(result.trouble) : null
  log.warn({ outcome: result.kind }, 'keypad: HID mode asked for by an admin')
  return { outcome: result.kind, why }
}

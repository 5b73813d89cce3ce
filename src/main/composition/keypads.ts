import type { KeypadSettings } from '../../contract/settings'
import type { DeskMode } from '../../contract/auth'
import { hidKeypad, type HidDeviceOptions } from '../devices/hid'
import type { KeypadPort, KsnMemory } from '../devices/keypad.port'
import { relayKeypad } from '../devices/relay/relay-keypad'
import type { Clock } from '../platform/clock'

/** How USB is reached; the system's own way when not told. */
export type UsbAccess = Pick<HidDeviceOptions, 'binding' | 'read'>

/** The keypad that the settings name, or null when テンキーパッド入力 is OFF. */
export function keypadOf(
  settings: KeypadSettings,
  deps: {
    mode: DeskMode
    clock: Clock
    ksnMemory: KsnMemory
    lockFolder: string
    seat: string
    pairingCode: string | null
    usb?: UsbAccess
  },
): KeypadPort | null {
  if (!settings.keypadEnabled) return null
  if (settings.connection === 'usb') {
    const { clock, ksnMemory, lockFolder, usb } = deps
    return hidKeypad({ ...usb, clock, ksnMemory, lockFolder })
  }
  const fingerprint256 = settings.relayFingerprint.trim()
  return relayKeypad({
    host: settings.relayHost,
    port: settings.relayPort,
    tls: fingerprint256 === '' ? null : { fingerprint256 },
    seat: deps.seat,
    pairingCode: deps.pairingCode,
    training: deps.mode === 'training',
    clock: deps.clock,
    ksnMemory: deps.ksnMemory,
  })
}

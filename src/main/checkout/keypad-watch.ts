import type { Failure } from '../../contract/failures'
import type { FrameRefusal, KeypadPlace, KeypadStatus } from '../devices/keypad.port'

export type {
  FrameRefusal,
  KeypadFacts,
  KeypadHolder,
  KeypadPlace,
  KeypadStatus,
} from '../devices/keypad.port'

/** What a frame says of the device that made it. */
export interface FrameFacts {
  readonly serial: string | null
  readonly keySet: string
  readonly counter: number
}

/** The record of the keypad in sight at one moment. */
export interface KeypadLook {
  readonly id: string | null
  readonly serial: string | null
  readonly state: 'unregistered' | 'registered' | 'stopped' | null
  readonly stop_reason: string | null
}

/** Who keeps the list of keypads: told of the one at this seat, and asked whether it may take cards. */
export interface KeypadWatch {
  /** The keypad has told its state; place is null while テンキーパッド入力 is OFF. */
  noticed(status: KeypadStatus | 'off', place: KeypadPlace | null): Promise<void>
  /** Why the keypad in sight may not take cards (未登録, 使用停止); null when it may. */
  allow(): Promise<Failure | null>
  /** The record of the keypad in sight. */
  look(): Promise<KeypadLook>
  /** `allow` for the device that made this very frame, as it stands now; counts the use of its key. */
  allowFrame(facts: FrameFacts): Promise<Failure | null>
  /** A read that was refused, for the device's record. */
  misread(reason: FrameRefusal): Promise<void>
}

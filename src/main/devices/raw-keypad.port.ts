import type { DeviceTrouble, KeypadFacts } from './keypad.port'

/** State of a keypad as its own cable shows it; who uses it is another question. */
export type RawKeypadStatus =
  | { readonly kind: 'ready'; readonly facts: KeypadFacts }
  | { readonly kind: 'trouble'; readonly trouble: DeviceTrouble; readonly facts?: KeypadFacts }

/** A keypad whose report bytes are handed on as they come, unjudged. No method throws for what a cable can do. */
export interface RawKeypad {
  /** Present state; opens the keypad when it is not open yet. */
  status(): Promise<RawKeypadStatus>
  /** The system's path of the open keypad. */
  path(): string | null
  /** Told whenever the state changes. Opens nothing by itself. Returns the way to stop listening. */
  watch(listener: (status: RawKeypadStatus) => void): () => void
  /** The one taker of report data, who owns the bytes and overwrites them; null: they are overwritten at once. */
  take(taker: ((data: Buffer) => void) | null): void
  close(): Promise<void>
}

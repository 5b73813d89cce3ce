import type { CardFrame } from '../card-frame'

/** Why the receiver did not accept a candidate frame; one reason for each rule. */
export type FrameRefusal =
  /** The length bytes name fewer than 40 or more than 600 bytes of card data. */
  | 'length'
  /** The frame stopped before its end and stayed so for two seconds. */
  | 'incomplete'
  | 'etx'
  | 'lrc'
  | 'sum'
  /** A magnetic stripe was read: only keyed cards are taken. */
  | 'swipe'
  | 'card-type'
  /** Encrypted under a fixed key instead of a key of its own for each read. */
  | 'fixed-key'
  /** Original format with a session id: its place is not published, so nothing behind it can be found. */
  | 'session-id'
  /** The cipher is told in the optional bytes, so the ciphertext cannot be sized safely. */
  | 'encryption-type'
  /** Lengths, flags and fields do not add up to the card data. */
  | 'structure'
  /** The KSN counter did not grow: a doubled or replayed frame. */
  | 'replay'
  /** Twelve or more digits in a row can be read: the device does not encrypt. */
  | 'clear-digits'
  /** No ciphertext or no KSN: the device does not encrypt. */
  | 'not-encrypted'
  /** The counter could not be stored, so a later replay would not be known. */
  | 'not-recorded'

/** What only the writing of a counter can tell of a frame: another seat took it first, or nothing could be written. */
export type LateRefusal = Extract<FrameRefusal, 'replay' | 'not-recorded'>

/**
 * A sound frame whose counter is new as far as this desk remembers. Its counter is being written: nothing that comes of
 * the frame may be kept or shown before `lateRefusal` has told null, which it does once the counter is durable.
 */
export interface KeyedCard {
  readonly frame: CardFrame
  /** Never rejects. */
  readonly lateRefusal: Promise<LateRefusal | null>
}

/** What one read of the keypad came to. Reasons carry no byte of the frame. */
export type KeypadReading =
  | ({ readonly kind: 'frame' } & KeyedCard)
  | { readonly kind: 'refused'; readonly reason: FrameRefusal }

/** The counter of a frame was used before. */
export class CounterUsed extends Error {
  override name = 'CounterUsed'
}

/** Remembers the last KSN counter of each key set, so that a replayed frame is known. */
export interface KsnMemory {
  lastCounter(keySet: string): number | null
  /**
   * Known from the call on, durable when the promise is settled. Throws CounterUsed when the counter is not higher than the one that
   * stands, such as after a frame that another seat has taken.
   */
  remember(keySet: string, counter: number): Promise<void>
}

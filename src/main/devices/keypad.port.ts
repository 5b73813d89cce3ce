import type { KeypadReading } from '../domain/keypad-frame/reading'

export type {
  FrameRefusal,
  KeyedCard,
  KeypadReading,
  KsnMemory,
  LateRefusal,
} from '../domain/keypad-frame/reading'

/** What is known of a keypad without opening a card entry. */
export interface KeypadFacts {
  /** Serial number of the device, when it tells one. */
  readonly serial: string | null
  readonly model: string | null
  readonly firmware: string | null
  /** '0' keys exhausted … '3' encrypting (the only level at which cards are taken); null when not told. */
  readonly securityLevel: string | null
}

/** Why a keypad cannot be used now. One word for each case that the operator or the admin can act on. */
export type KeypadTrouble =
  | 'not-found'
  | 'keyboard-mode'
  | 'busy'
  | 'not-encrypting'
  | 'keys-exhausted'
  | 'permission-denied'
  | 'relay-refused'
  | 'relay-unreachable'
  | 'relay-protocol'
  | 'relay-pairing'
  /** Too many wrong pairing codes from this PC: the relay looks at no other one for a while. */
  | 'relay-pairing-locked'
  | 'certificate-changed'
  | 'address-not-private'
  /** Without TLS only this PC itself is spoken to, and only in training. */
  | 'tls-required'
  /** The simulator answered, and this is not training. */
  | 'simulator-refused'
  | 'unplugged'

/** Troubles of the keypad itself, whatever lies between it and the desk. */
export type DeviceTrouble = Extract<
  KeypadTrouble,
  | 'not-found'
  | 'keyboard-mode'
  | 'busy'
  | 'not-encrypting'
  | 'keys-exhausted'
  | 'permission-denied'
  | 'unplugged'
>

/** Who holds the keypad, as shown to other seats. */
export interface KeypadHolder {
  readonly seat: string
  readonly operator: string
}

/** Exclusive use of a keypad for one card entry. Frames that arrive without a claim are wiped. */
export interface KeypadClaim {
  /** Called for each reading until release. */
  onReading(listener: (reading: KeypadReading) => void): void
  /** First byte of a frame has arrived. */
  onReceiving(listener: () => void): void
  /** The keypad went away, or the relay took the claim back. */
  onLost(listener: (trouble: KeypadTrouble) => void): void
  release(): Promise<void>
}

export type KeypadStatus =
  | { readonly kind: 'ready'; readonly facts: KeypadFacts }
  | { readonly kind: 'in-use'; readonly facts: KeypadFacts; readonly holder: KeypadHolder }
  | {
      readonly kind: 'trouble'
      readonly trouble: KeypadTrouble
      /** Of a device that is there and told who it is, but must not be used. */
      readonly facts?: KeypadFacts | undefined
    }

/** By which cable a keypad is reached, as far as it is known now. */
export interface KeypadPlace {
  readonly cable: 'usb' | 'relay'
  /** The system's path of a device on this PC. */
  readonly usbPath: string | null
  /** `host:port` of the relay, and the name that it gives itself. */
  readonly relay: { readonly address: string; readonly name: string | null } | null
  /** Round trip of the last heartbeat of a relay. */
  readonly latencyMs: number | null
}

/** One keypad, by whatever cable. No method throws for what a cable can do: every outcome is a value. */
export interface KeypadPort {
  /** Present state; connects when there is no connection yet. */
  status(): Promise<KeypadStatus>
  claim(
    holder: KeypadHolder,
  ): Promise<
    | { readonly kind: 'claimed'; readonly claim: KeypadClaim; readonly facts: KeypadFacts }
    | { readonly kind: 'in-use'; readonly holder: KeypadHolder }
    | { readonly kind: 'trouble'; readonly trouble: KeypadTrouble }
  >
  place(): KeypadPlace
  /** Told whenever the state changes (plugged, unplugged, busy, free). Returns the way to stop listening. */
  watch(listener: (status: KeypadStatus) => void): () => void
  close(): Promise<void>
}

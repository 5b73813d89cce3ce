/** Epoch milliseconds, UTC. */
type Instant = number

/** A keypad as a device: where it belongs and what it last said of itself. */
export interface KeypadTable {
  id: string
  /** What tells one device from another: its serial number, or the place where a silent one is plugged in. */
  device_key: string
  serial: string | null
  model: string | null
  cable: 'usb' | 'relay'
  state: 'unregistered' | 'registered' | 'stopped'
  stop_reason: 'lost' | 'tampered' | 'retired' | null
  shop_id: string | null
  seat: string | null
  /** 1 while a desk or a relay sees it. */
  online: number
  /** Who has it claimed now, as shown to others; null when nobody. */
  holder: string | null
  firmware: string | null
  security_level: string | null
  /** Key-set part of the KSN, 59 bits in hex: never the counter of a card. */
  key_set: string | null
  /** Encryptions left of the 1,048,575 or so of one key; null when not told. */
  uses_left: number | null
  /** JSON of the interfaces: MAC, address, state; null where the device has none. */
  network: string
  latency_ms: number | null
  registered_at: Instant | null
  registered_by: string | null
  first_seen_at: Instant
  last_seen_at: Instant
  updated_at: Instant
  version: number
}

/** Something that happened to a keypad. Equal events of one minute are one row with `times`. */
export interface KeypadEventTable {
  id: string
  keypad_id: string
  at: Instant
  last_at: Instant
  times: number
  type: 'power' | 'connection' | 'update' | 'settings' | 'error'
  subtype: string
  /** JSON: reason, version, cause. */
  detail: string
}

/** 更新予定 of a keypad's software, one open at a time. */
export interface KeypadUpdateTable {
  id: string
  keypad_id: string
  /** The version that is to be put in. */
  target: string
  /** When the window opens next; null once it stands as 失敗. */
  next_at: Instant | null
  window_minutes: number
  note: string
  state: 'planned' | 'open' | 'deferred' | 'failed' | 'succeeded' | 'withdrawn'
  /** Automatic moves since a person set the time. */
  moves: number
  reason: 'in-use' | 'absent' | 'operator' | 'other-version' | 'code' | null
  /** The update code that was recorded last. */
  code: string | null
  /** The version that was there when a window was over. */
  found: string | null
  planned_at: Instant
  planned_by: string
  updated_at: Instant
  /** When it succeeded or was withdrawn. */
  closed_at: Instant | null
  version: number
}

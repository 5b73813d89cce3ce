import { Emitter } from '../../platform/emitter'
import type { DeviceTrouble } from '../keypad.port'
import type { RawKeypad, RawKeypadStatus } from '../raw-keypad.port'
import { nodeHidBinding, type HidBinding, type HidInterface } from './binding'
import { DEFAULT_READ_OPTIONS, type ReadOptions } from './feature-reports'
import { openKeypad, type OpenKeypad } from './open-keypad'
import { KNOWN_KEYPADS, type KeypadIds } from './recognise'

export interface HidDeviceOptions {
  /** Folder of the lock files, the same for every process that may use the keypad. */
  readonly lockFolder: string
  readonly binding?: () => Promise<HidBinding>
  readonly ids?: KeypadIds
  /** Which of several keypads is meant; the first one found when not told. */
  readonly which?: (device: HidInterface) => boolean
  readonly read?: ReadOptions
  /** How often a keypad that is missing is looked for. */
  readonly searchMs?: number
}

/** Troubles after which the keypad may come back by itself. */
const COMES_BACK = new Set<DeviceTrouble>([
  'not-found',
  'unplugged',
  'keyboard-mode',
  'busy',
  'permission-denied',
])

/** The keypad on this PC's USB, found, locked, opened and kept open, and looked for again when it is gone. */
export function hidDevice(options: HidDeviceOptions): RawKeypad {
  return new HidDevice(options)
}

class HidDevice implements RawKeypad {
  readonly #options: HidDeviceOptions
  readonly #changes = new Emitter<RawKeypadStatus>()
  #trouble: Extract<RawKeypadStatus, { kind: 'trouble' }> = { kind: 'trouble', trouble: 'not-found' }
  #told = ''
  #open: OpenKeypad | null = null
  #opening: Promise<void> | null = null
  /** The lock of a keypad that was pulled is given back here: one that is plugged in again at once waits for it. */
  #closing: Promise<void> = Promise.resolve()
  #taker: ((data: Buffer) => void) | null = null
  #search: NodeJS.Timeout | undefined
  #closed = false

  constructor(options: HidDeviceOptions) {
    this.#options = options
  }

  async status(): Promise<RawKeypadStatus> {
    await this.#ensureOpen()
    return this.#status()
  }

  path(): string | null {
    return this.#open?.path ?? null
  }

  watch(listener: (status: RawKeypadStatus) => void): () => void {
    return this.#changes.on(listener)
  }

  take(taker: ((data: Buffer) => void) | null): void {
    this.#taker = taker
  }

  async close(): Promise<void> {
    this.#closed = true
    clearTimeout(this.#search)
    await this.#opening
    await this.#closing
    this.#taker = null
    await this.#open?.close()
    this.#open = null
  }

  async #ensureOpen(): Promise<void> {
    if (this.#open !== null || this.#closed) return
    this.#opening ??= this.#tryOpen().finally(() => {
      this.#opening = null
    })
    await this.#opening
  }

  async #tryOpen(): Promise<void> {
    clearTimeout(this.#search)
    await this.#closing
    const {
      binding = nodeHidBinding,
      ids = KNOWN_KEYPADS,
      which = () => true,
      read = DEFAULT_READ_OPTIONS,
      lockFolder,
    } = this.#options
    const result = await openKeypad({
      binding,
      ids,
      which,
      read,
      lockFolder,
      onData: (data) => this.#hand(data),
      onGone: (keypad) => void this.#gone(keypad),
    })
    if (result.kind === 'trouble') this.#fail(result)
    else {
      this.#open = result.keypad
      this.#tell()
    }
  }

  #hand(data: Buffer): void {
    if (this.#taker === null) data.fill(0)
    else this.#taker(data)
  }

  async #gone(keypad: OpenKeypad): Promise<void> {
    if (this.#open !== keypad) return
    this.#open = null
    this.#closing = keypad.close()
    this.#fail({ kind: 'trouble', trouble: 'unplugged' })
    await this.#closing
  }

  #fail(trouble: Extract<RawKeypadStatus, { kind: 'trouble' }>): void {
    this.#trouble = trouble
    this.#tell()
    if (this.#closed || !COMES_BACK.has(trouble.trouble)) return
    clearTimeout(this.#search)
    this.#search = setTimeout(() => void this.#ensureOpen(), this.#options.searchMs ?? 2000)
    this.#search.unref()
  }

  #status(): RawKeypadStatus {
    if (this.#open === null) return this.#trouble
    return { kind: 'ready', facts: this.#open.facts }
  }

  #tell(): void {
    const status = this.#status()
    const words = JSON.stringify(status)
    if (words === this.#told) return
    this.#told = words
    this.#changes.emit(status)
  }
}

import type { Clock } from '../../platform/clock'
import { Emitter } from '../../platform/emitter'
import { ClaimSession } from '../claim-session'
import type {
  KeypadFacts,
  KeypadHolder,
  KeypadPort,
  KeypadStatus,
  KeypadTrouble,
  KsnMemory,
} from '../keypad.port'
import { nodeHidBinding, type HidBinding, type HidInterface } from './binding'
import { DEFAULT_READ_OPTIONS, type ReadOptions } from './feature-reports'
import { openKeypad, type OpenKeypad } from './open-keypad'
import { KNOWN_KEYPADS, type KeypadIds } from './recognise'

export interface HidKeypadOptions {
  readonly ksnMemory: KsnMemory
  readonly clock: Clock
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
const COMES_BACK = new Set<KeypadTrouble>([
  'not-found',
  'unplugged',
  'keyboard-mode',
  'busy',
  'permission-denied',
])

/** A keypad on this PC's USB. It is kept open, so that unplugging is noticed; bytes without a claim are wiped. */
export function hidKeypad(options: HidKeypadOptions): KeypadPort {
  return new HidKeypad(options)
}

class HidKeypad implements KeypadPort {
  readonly #options: HidKeypadOptions
  readonly #changes = new Emitter<KeypadStatus>()
  #trouble: KeypadTrouble = 'not-found'
  #told = ''
  #open: OpenKeypad | null = null
  #opening: Promise<void> | null = null
  #claim: { session: ClaimSession; holder: KeypadHolder } | null = null
  #search: NodeJS.Timeout | undefined
  #closed = false

  constructor(options: HidKeypadOptions) {
    this.#options = options
  }

  async status(): Promise<KeypadStatus> {
    await this.#ensureOpen()
    return this.#status()
  }

  async claim(holder: KeypadHolder): ReturnType<KeypadPort['claim']> {
    await this.#ensureOpen()
    if (this.#open === null) return { kind: 'trouble', trouble: this.#trouble }
    if (this.#claim !== null) return { kind: 'in-use', holder: this.#claim.holder }
    const { clock, ksnMemory } = this.#options
    const session = new ClaimSession({ clock, ksnMemory, giveBack: async () => this.#free(session) })
    this.#claim = { session, holder }
    this.#tell()
    return { kind: 'claimed', claim: session, facts: this.#open.facts }
  }

  watch(listener: (status: KeypadStatus) => void): () => void {
    const off = this.#changes.on(listener)
    void this.#ensureOpen()
    return off
  }

  async close(): Promise<void> {
    this.#closed = true
    clearTimeout(this.#search)
    await this.#opening
    await this.#claim?.session.release()
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
      onData: (data) => this.#take(data),
      onGone: (keypad) => void this.#gone(keypad),
    })
    if (result.kind === 'trouble') this.#fail(result.trouble)
    else {
      this.#open = result.keypad
      this.#tell()
    }
  }

  #take(data: Buffer): void {
    if (this.#claim === null) data.fill(0)
    else this.#claim.session.feed(data)
  }

  async #gone(keypad: OpenKeypad): Promise<void> {
    if (this.#open !== keypad) return
    this.#open = null
    const claim = this.#claim
    this.#claim = null
    claim?.session.lose('unplugged')
    this.#fail('unplugged')
    await keypad.close()
  }

  #free(session: ClaimSession): void {
    if (this.#claim?.session !== session) return
    this.#claim = null
    this.#tell()
  }

  #fail(trouble: KeypadTrouble): void {
    this.#trouble = trouble
    this.#tell()
    if (this.#closed || !COMES_BACK.has(trouble)) return
    clearTimeout(this.#search)
    this.#search = setTimeout(() => void this.#ensureOpen(), this.#options.searchMs ?? 2000)
    this.#search.unref()
  }

  #status(): KeypadStatus {
    if (this.#open === null) return { kind: 'trouble', trouble: this.#trouble }
    const facts: KeypadFacts = this.#open.facts
    return this.#claim === null
      ? { kind: 'ready', facts }
      : { kind: 'in-use', facts, holder: this.#claim.holder }
  }

  #tell(): void {
    const status = this.#status()
    const words = JSON.stringify(status)
    if (words === this.#told) return
    this.#told = words
    this.#changes.emit(status)
  }
}

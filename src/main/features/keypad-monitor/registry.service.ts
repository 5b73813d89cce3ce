import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Kysely } from 'kysely'
import type { Failure } from '../../../contract/failures'
import type { KeypadNetwork } from '../../../contract/keypad-monitor'
import type { DeskEvent } from '../../../contract/system'
import { declineOf, failureOf } from '../../checkout/failures'
import type {
  FrameFacts,
  FrameRefusal,
  KeypadFacts,
  KeypadHolder,
  KeypadLook,
  KeypadPlace,
  KeypadStatus,
  KeypadWatch,
} from '../../checkout/keypad-watch'
import type { Database } from '../../db/database.types'
import type { DeskDatabase } from '../../db/open-database'
import { usesLeft } from '../../domain/keypad-frame/uses-left'
import type { Clock } from '../../platform/clock'
import type { Emitter } from '../../platform/emitter'
import type { Log } from '../../platform/log'
import { addEvent, type HappenedEvent } from './events.repository'
import type { KeypadRow } from './keypad-monitor.repository'
import {
  insertSeen,
  keypadById,
  lookAt,
  keypadByKey,
  keypadBySerial,
  updateKeypad,
} from './registry.repository'
import { ENCRYPTING_LEVEL, EXHAUSTED_LEVEL } from './states'
import { versionReported } from './update-watch.service'

export interface RegistryDeps {
  readonly database: DeskDatabase
  readonly clock: Clock
  readonly log: Log
  readonly events: Emitter<DeskEvent>
}

/** What this desk knows of the keypads that it sees, kept in the database; and whether one may take cards. */
export interface KeypadRegistry extends KeypadWatch {
  /** Still there: keeps 最終接続 and 応答時間 fresh without an event. */
  touch(latencyMs: number | null): Promise<void>
  /** The desk closes. */
  leave(): Promise<void>
}

const networkOf = ({ usbPath, relay }: KeypadPlace): KeypadNetwork => ({
  ethernet: null,
  wifi: null,
  bluetooth: null,
  usb: usbPath === null ? null : { path: usbPath },
  relay,
})
/** A device that tells no serial is known by where it is plugged. */
const keyOf = (facts: KeypadFacts, place: KeypadPlace): string =>
  facts.serial ?? `${place.cable} ${place.relay?.address ?? place.usbPath ?? ''}`

export const keypadRegistry = (deps: RegistryDeps): KeypadRegistry => new Registry(deps)

class Registry implements KeypadRegistry {
  readonly #deps: RegistryDeps
  readonly #db: Kysely<Database>
  #queue: Promise<void> = Promise.resolve()
  /** The keypad in sight; null while there is none. */
  #present: string | null = null
  #last: string | null = null

  constructor(deps: RegistryDeps) {
    this.#deps = deps
    this.#db = deps.database.db
  }

  noticed(status: KeypadStatus | 'off', place: KeypadPlace | null): Promise<void> {
    return this.#inTurn(async () => {
      if (status === 'off' || place === null) return this.#gone('switched-off')
      if (status.kind === 'ready') return this.#seen(status.facts, null, place)
      if (status.kind === 'in-use') return this.#seen(status.facts, status.holder, place)
      const { trouble, facts } = status
      const isKeyTrouble = trouble === 'keys-exhausted' || trouble === 'not-encrypting'
      return facts && isKeyTrouble ? this.#seen(facts, null, place) : this.#gone(trouble)
    })
  }

  touch(latencyMs: number | null): Promise<void> {
    return this.#inTurn(async () => {
      if (this.#present === null) return
      const seen = { online: 1, last_seen_at: this.#deps.clock.now(), latency_ms: latencyMs }
      await updateKeypad(this.#db, this.#present, seen)
    })
  }

  leave(): Promise<void> {
    return this.#inTurn(() => this.#gone('desk-closed'))
  }

  async allow(): Promise<Failure | null> {
    await this.#queue
    const row = await this.#inSight()
    return row ? this.#refusalOf(row) : null
  }

  async look(): Promise<KeypadLook> {
    const row = this.#present === null ? null : await lookAt(this.#db, this.#present)
    return row ?? { id: null, serial: null, state: null, stop_reason: null }
  }

  async allowFrame(facts: FrameFacts): Promise<Failure | null> {
    const row = await this.#makerOf(facts.serial)
    const refused = this.#refusalOf(row)
    if (refused !== null || !row) return refused
    const { id, serial } = row
    const used = { key_set: facts.keySet, uses_left: usesLeft(facts.counter) }
    // The card does not wait for this, not even for the making of the statement: it is on its way first.
    void this.#inTurn(async () => {
      await nextTurn()
      // In that turn the HTTP client looks at its idle socket, and only then writes.
      await nextTurn()
      await updateKeypad(this.#db, id, { serial: serial ?? facts.serial, ...used })
      this.#tell(id)
    })
    return null
  }

  misread(reason: FrameRefusal): Promise<void> {
    return this.#inTurn(async () => {
      if (this.#present === null) return
      await this.#happened(this.#present, 'misread', { cause: reason })
      this.#tell(this.#present)
    })
  }

  /** One after the other; a record that cannot be kept never stands in the way of the keypad itself. */
  #inTurn(work: () => Promise<void>): Promise<void> {
    this.#queue = this.#queue.then(work).catch((error: unknown) => {
      const err = error instanceof Error ? error.stack : 'unknown'
      this.#deps.log.error({ err }, 'keypad record failed')
    })
    return this.#queue
  }

  #tell(keypadId: string): void {
    this.#deps.events.emit({ type: 'keypad-changed', keypadId })
  }

  #happened(
    keypadId: string,
    subtype: HappenedEvent['subtype'],
    detail: HappenedEvent['detail'],
  ): Promise<void> {
    return addEvent(this.#db, { keypadId, at: this.#deps.clock.now(), subtype, detail })
  }

  async #seen(facts: KeypadFacts, holder: KeypadHolder | null, place: KeypadPlace): Promise<void> {
    const now = this.#deps.clock.now()
    const key = keyOf(facts, place)
    const { cable } = place
    const network = networkOf(place)
    const before =
      (await keypadByKey(this.#db, key)) ?? (await insertSeen(this.#db, { key, facts, cable, network, now }))
    const { id } = before
    const cameBack = this.#present !== id
    if (cameBack) await this.#gone('exchanged')
    await updateKeypad(this.#db, id, {
      cable,
      model: facts.model ?? before.model,
      online: 1,
      holder: holder === null ? null : `${holder.operator}(${holder.seat})`,
      firmware: facts.firmware ?? before.firmware,
      security_level: facts.securityLevel,
      network: JSON.stringify(network),
      latency_ms: place.latencyMs,
      last_seen_at: now,
      updated_at: now,
    })
    this.#present = id
    if (cameBack) await this.#cameInSight(id, place)
    this.#last = id
    await this.#changesOf(before, facts, cameBack)
    this.#tell(id)
  }

  async #cameInSight(id: string, place: KeypadPlace): Promise<void> {
    if (place.cable === 'usb') {
      await this.#happened(id, 'started', { reason: this.#last === id ? 'plugged-in' : 'desk-started' })
    }
    await this.#happened(id, 'connected', { by: place.cable, at: place.relay?.address ?? '' })
  }

  async #changesOf(before: KeypadRow, facts: KeypadFacts, cameBack: boolean): Promise<void> {
    const { firmware, securityLevel: level } = facts
    if (firmware !== null && (cameBack || firmware !== before.firmware)) {
      const told = { id: before.id, before: before.firmware, version: firmware }
      await versionReported(this.#db, told, this.#deps.clock.now())
    }
    if (level === null || level === ENCRYPTING_LEVEL) return
    if (!cameBack && level === before.security_level) return
    await this.#happened(before.id, level === EXHAUSTED_LEVEL ? 'keys-exhausted' : 'not-encrypting', {
      level,
    })
  }

  async #gone(cause: string): Promise<void> {
    const id = this.#present
    this.#present = null
    if (id === null) return
    await updateKeypad(this.#db, id, { online: 0, holder: null, updated_at: this.#deps.clock.now() })
    await this.#happened(id, 'disconnected', { cause })
    this.#tell(id)
  }

  /** Null when this device may take cards. */
  #refusalOf(row: KeypadLook | undefined): Failure | null {
    if (row?.state === 'registered') return null
    const isStopped = row?.state === 'stopped'
    const id = row?.id ?? null
    if (row && id !== null) {
      const cause = isStopped ? `stopped-${row.stop_reason ?? 'retired'}` : 'unregistered'
      void this.#inTurn(async () => {
        await this.#happened(id, 'refused', { cause })
        this.#tell(id)
      })
    }
    return isStopped ? failureOf('keypad-stopped') : declineOf('991')
  }

  async #inSight(): Promise<KeypadRow | undefined> {
    return this.#present === null ? undefined : keypadById(this.#db, this.#present)
  }

  /** The device of a frame; one that tells its serial only in its frames is the one in sight. */
  async #makerOf(serial: string | null): Promise<KeypadRow | undefined> {
    if (serial === null) return this.#inSight()
    const known = await keypadBySerial(this.#db, serial)
    if (known) return known
    const row = await this.#inSight()
    return row?.serial === null ? row : undefined
  }
}

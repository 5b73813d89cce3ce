import type { KeypadLamp } from '../../contract/keypad'
import type { DeskEvent } from '../../contract/system'
import { failureOf } from './failures'
import type { KeypadHolder, KeypadPort, KeypadStatus } from '../devices/keypad.port'
import type { Emitter } from '../platform/emitter'
import { reservable, type ReservableKeypad } from './keypad-reservation'
import type { KeypadWatch } from './keypad-watch'

/** The lamp of the top bar for what the keypad says of itself. */
export function lampOf(status: KeypadStatus | 'off'): KeypadLamp {
  if (status === 'off') return { state: 'off', serial: null, holder: null, failure: failureOf('keypad-off') }
  switch (status.kind) {
    case 'ready':
      return { state: 'connected', serial: status.facts.serial, holder: null, failure: null }
    case 'in-use':
      return {
        state: 'busy',
        serial: status.facts.serial,
        holder: `${status.holder.operator}(${status.holder.seat})`,
        failure: null,
      }
    case 'trouble':
      return { state: 'trouble', serial: null, holder: null, failure: failureOf(status.trouble) }
  }
}

/** The keypad in use at this seat: opened by the settings, watched, and exchanged when they change. */
export interface KeypadSeat {
  port(): KeypadPort | null
  lamp(): KeypadLamp
  /** Closes the present keypad and opens this one; null: テンキーパッド入力 is OFF. */
  use(port: KeypadPort | null): Promise<void>
  /** Keeps the keypad at this seat between card entries, for at most so long. False when it cannot be had now. */
  reserve(holder: KeypadHolder, ms: number): Promise<boolean>
  endReservation(): Promise<void>
  close(): Promise<void>
}

export interface KeypadSeatDeps {
  readonly events: Emitter<DeskEvent>
  /** Keeps the record of the keypad at this seat. */
  readonly watch: Pick<KeypadWatch, 'noticed'>
}

export function keypadSeat({ events, watch }: KeypadSeatDeps): KeypadSeat {
  let port: ReservableKeypad | null = null
  let lamp: KeypadLamp = { state: 'checking', serial: null, holder: null, failure: null }
  let unwatch: () => void = () => undefined
  const show = (status: KeypadStatus | 'off') => {
    lamp = lampOf(status)
    events.emit({ type: 'keypad', lamp })
    void watch.noticed(status, port?.place() ?? null)
  }
  const drop = async () => {
    unwatch()
    unwatch = () => undefined
    const old = port
    port = null
    await old?.close()
  }
  return {
    port: () => port,
    lamp: () => lamp,
    async use(next) {
      await drop()
      port = next ? reservable(next) : null
      const used = port
      if (!used) return show('off')
      lamp = { state: 'checking', serial: null, holder: null, failure: null }
      events.emit({ type: 'keypad', lamp })
      unwatch = used.watch(show)
      void used.status().then((status) => {
        if (port === used) show(status)
      })
    },
    reserve: async (holder, ms) => (port ? port.reserve(holder, ms) : false),
    endReservation: async () => port?.endReservation(),
    close: drop,
  }
}

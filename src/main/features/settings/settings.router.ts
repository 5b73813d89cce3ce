import { implement } from '@orpc/server'
import type { Kysely } from 'kysely'
import type { z } from 'zod'
import type { DeskMode } from '../../../contract/auth'
import { settings, type KeypadSettings, type SeatChange, type SeatSettings } from '../../../contract/settings'
import type { Database } from '../../db/database.types'
import { sessionOf, type CallContext } from '../../platform/call-context'
import type { Clock } from '../../platform/clock'
import { Refusal } from '../../platform/refusal'
import {
  DEFAULT_SETTINGS,
  addressFaults,
  readImportant,
  readPairingCode,
  saveImportant,
  strandedBy,
} from './settings.service'

const os = implement(settings).$context<CallContext>()

type TestResult = z.input<NonNullable<(typeof settings.testKeypad)['~orpc']['outputSchema']>>

type HidModeResult = z.input<NonNullable<(typeof settings.setHidMode)['~orpc']['outputSchema']>>

export interface SettingsDoor {
  readonly clock: Clock
  db(): Kysely<Database>
  mode(): DeskMode
  services(): readonly { id: string; name: string; simulator: boolean }[]
  /** Opens a keypad with these values only for the test. */
  testKeypad(values: KeypadSettings, pairingCode: string | null): Promise<TestResult>
  /** The one write to a keypad that types. */
  setHidMode(): Promise<HidModeResult>
  /** What is kept at this PC alone. */
  seat(): { view(): SeatSettings; save(change: SeatChange): Promise<void> }
  /** Takes the saved settings into use. */
  apply(): Promise<void>
}

export function settingsRouter(door: SettingsDoor) {
  return os.router({
    getImportant: os.getImportant.handler(async () => {
      const stored = await readImportant(door.db())
      return {
        version: stored.version,
        values: stored.value,
        defaults: DEFAULT_SETTINGS,
        seat: door.seat().view(),
        services: [...door.services()],
      }
    }),
    saveImportant: os.saveImportant.handler(async ({ input, context }) => {
      const seat = input.seat && { ...input.seat, ...readPairingCode(input.seat.relayPairingCode) }
      const saved = await saveImportant(door.db(), {
        values: input.values,
        faults: seat?.faults ?? [],
        version: input.version,
        mode: door.mode(),
        serviceIds: door.services().map((service) => service.id),
        by: sessionOf(context).userId,
        now: door.clock.now(),
      })
      if (seat) await door.seat().save(seat)
      await door.apply()
      return { ...saved, seat: door.seat().view() }
    }),
    testKeypad: os.testKeypad.handler(async ({ input }) => {
      const { faults, relayPairingCode } = readPairingCode(input.relayPairingCode)
      const fields = [...addressFaults(input.values), ...faults]
      if (fields.length > 0) throw new Refusal('INVALID_FIELDS', { fields })
      return door.testKeypad(input.values, relayPairingCode)
    }),
    setHidMode: os.setHidMode.handler(async () => {
      const { value } = await readImportant(door.db())
      if (value.connection !== 'usb') throw new Refusal('NOT_USB')
      return door.setHidMode()
    }),
    strandedBy: os.strandedBy.handler(({ input }) => strandedBy(door.db(), input.serviceId)),
  })
}

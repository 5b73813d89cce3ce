import { implement } from '@orpc/server'
import type { Kysely } from 'kysely'
import type { z } from 'zod'
import type { DeskMode } from '../../../contract/auth'
import { settings, type KeypadSettings } from '../../../contract/settings'
import type { Database } from '../../db/database.types'
import { sessionOf, type CallContext } from '../../platform/call-context'
import type { Clock } from '../../platform/clock'
import { Refusal } from '../../platform/refusal'
import {
  DEFAULT_SETTINGS,
  keypadSettingFaults,
  readImportant,
  saveImportant,
  strandedBy,
} from './settings.service'

const os = implement(settings).$context<CallContext>()

type TestResult = z.input<NonNullable<(typeof settings.testKeypad)['~orpc']['outputSchema']>>

export interface SettingsDoor {
  readonly clock: Clock
  db(): Kysely<Database>
  mode(): DeskMode
  services(): readonly { id: string; name: string; simulator: boolean }[]
  /** Opens a keypad with these values only for the test. */
  testKeypad(values: KeypadSettings): Promise<TestResult>
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
        services: [...door.services()],
      }
    }),
    saveImportant: os.saveImportant.handler(async ({ input, context }) => {
      const saved = await saveImportant(door.db(), {
        values: input.values,
        version: input.version,
        mode: door.mode(),
        serviceIds: door.services().map((service) => service.id),
        by: sessionOf(context).userId,
        now: door.clock.now(),
      })
      await door.apply()
      return saved
    }),
    testKeypad: os.testKeypad.handler(async ({ input }) => {
      const faults = keypadSettingFaults(input.values, door.mode())
      if (faults.length > 0) throw new Refusal('INVALID_FIELDS', { fields: faults })
      return door.testKeypad(input.values)
    }),
    strandedBy: os.strandedBy.handler(({ input }) => strandedBy(door.db(), input.serviceId)),
  })
}

import { createHash } from 'node:crypto'
import { hostname } from 'node:os'
import { join } from 'node:path'
import type { DeskMode } from '../../contract/auth'
import type { KeypadSettings } from '../../contract/settings'
import type { DeskEvent, ServiceLamp } from '../../contract/system'
import type { CheckoutDeps } from '../checkout/deps'
import { keypadSeat, type KeypadSeat } from '../checkout/keypad-seat'
import { openDatabase, type DeskDatabase, type OpenConfig } from '../db/open-database'
import type { OptionsDeps } from '../features/options/deps'
import { readCharges } from '../features/charges/charges.service'
import { keypadRegistry, type KeypadRegistry } from '../features/keypad-monitor/keypad-monitor.service'
import { readImportant } from '../features/settings/settings.service'
import { readBlacklistRules } from '../features/blacklist/blacklist.service'
import { readSubscriptionSettings } from '../features/subscriptions/subscription-settings.service'
import { importRunner } from '../jobs/customer-import/import-job'
import { undoRunner } from '../jobs/customer-import/undo-job'
import { subscriptionRunner } from '../jobs/subscription-run/run-job'
import { jobFrame } from '../jobs/job-frame'
import { subscriptionBulkRunner } from '../jobs/subscription-bulk/bulk-job'
import { subscriptionImportRunner } from '../jobs/subscription-import/import-job'
import type { Jobs } from '../platform/jobs.port'
import { smtpMail } from '../gateways/smtp/smtp-mail'
import type { Clock } from '../platform/clock'
import { Emitter } from '../platform/emitter'
import type { Log } from '../platform/log'
import type { SecretBox } from '../platform/secrets'
import { openCalls, type CallSurroundings, type DeskCalls } from './desk-calls'
import { testKeypad, type KeypadTestResult } from './keypad-test'
import { switchToHid, type HidModeOutcome } from './hid-mode'
import { keypadOf, type UsbAccess } from './keypads'
import { startTimers } from './desk-timers'
import { openKsnMemory } from './ksn-memory'
import type { SeatStore } from './seat-store'
import { serviceRegistry, type ServiceRegistry } from './services'

/** One open database with everything that works on it: what the features are handed. */
export interface Desk {
  readonly mode: DeskMode
  readonly database: DeskDatabase
  readonly checkout: CheckoutDeps
  readonly keypad: KeypadSeat
  readonly registry: KeypadRegistry
  readonly options: OptionsDeps
  readonly services: ServiceRegistry
  readonly events: Emitter<DeskEvent>
  readonly calls: DeskCalls
  /** Long work beside the desk. */
  readonly jobs: Jobs
  serviceLamp(): ServiceLamp
  /** Takes saved settings into use: keypad and service. */
  apply(): Promise<void>
  readonly seat: SeatStore
  /** Tries a keypad that is not kept; the pairing code as in `SeatChange`. */
  testKeypad(values: KeypadSettings, pairingCode: string | null): Promise<KeypadTestResult>
  /** Switches the keypad that types on this PC's USB to HID mode. */
  setHidMode(): Promise<HidModeOutcome>
  close(): Promise<void>
}

export interface DeskOptions {
  readonly mode: DeskMode
  readonly config: OpenConfig
  readonly profileFolder: string
  readonly simulatorFile: string | null
  readonly clock: Clock
  readonly log: Log
  readonly box: SecretBox
  readonly seat: SeatStore
  readonly usb?: UsbAccess
  readonly callSurroundings?: CallSurroundings
  readonly onStep?: CheckoutDeps['onStep']
}

/** The application to the keypad's provider, whose mail goes out over SMTP. */
const optionsOf = (database: DeskDatabase, { clock, log, box, mode }: DeskOptions): OptionsDeps => ({
  database,
  clock,
  log,
  box,
  mode,
  openMail: (server) => smtpMail(server),
})

export const checkoutOf = (
  database: DeskDatabase,
  events: Emitter<DeskEvent>,
  { clock, log, box, onStep }: Pick<DeskOptions, 'clock' | 'log' | 'box' | 'onStep'>,
  activeService: CheckoutDeps['activeService'],
): CheckoutDeps => ({
  database,
  clock,
  box,
  log,
  events,
  activeService,
  charges: () => readCharges(database.db),
  blacklistRules: () => readBlacklistRules(database.db),
  subscriptionSettings: async () => (await readSubscriptionSettings(database.db)).value,
  ...(onStep ? { onStep } : {}),
})
/** Tells this installation from others on the same database: its jobs work on files of this PC. */
const ownerOf = (profileFolder: string): string =>
  createHash('sha256').update(`${hostname()}\n${profileFolder}`).digest('hex').slice(0, 32)

const jobsOf = (checkout: CheckoutDeps, options: DeskOptions) =>
  jobFrame({
    database: checkout.database,
    config: options.config,
    clock: options.clock,
    log: options.log,
    events: checkout.events,
    owner: ownerOf(options.profileFolder),
    runners: {
      'customer-import': importRunner,
      'customer-undo': undoRunner,
      'subscription-run': subscriptionRunner(() => checkout),
      'subscription-import': subscriptionImportRunner(() => checkout),
      'subscription-bulk': subscriptionBulkRunner(() => checkout),
    },
  })

/** Opens the database of a mode and builds the desk on it. Throws when a migration fails. */
export async function openDesk(options: DeskOptions): Promise<Desk> {
  const { clock, log } = options
  const database = await openDatabase(options.config, { clock, log })
  const events = new Emitter<DeskEvent>()
  const services = serviceRegistry({ mode: options.mode, simulatorFile: options.simulatorFile })
  const ksnMemory = await openKsnMemory(database.db, clock)
  const registry = keypadRegistry({ database, clock, log, events })
  const keypad = keypadSeat({ events, watch: registry })
  const lockFolder = join(options.profileFolder, 'locks')
  const { mode, seat, usb = {} } = options
  const makeKeypad = (values: KeypadSettings, pairingCode = seat.pairingCode()) =>
    keypadOf(values, { mode, clock, ksnMemory, lockFolder, seat: seat.name(), pairingCode, usb })
  let serviceId: string | null = null
  let connection: KeypadSettings['connection'] | null = null
  let serviceLamp: ServiceLamp = { state: 'not-set-up', reason: null, name: null }

  const optionsDeps = optionsOf(database, options)
  const checkout = checkoutOf(database, events, options, () => services.choose(serviceId))
  const jobs = jobsOf(checkout, options)
  const calls = await openCalls(options, database, events)

  async function lightServiceLamp(): Promise<void> {
    const lamp = await services.lamp(serviceId)
    if (JSON.stringify(lamp) === JSON.stringify(serviceLamp)) return
    serviceLamp = lamp
    events.emit({ type: 'service', lamp })
  }

  async function apply(): Promise<void> {
    const { value } = await readImportant(database.db)
    serviceId = value.serviceId
    connection = value.keypadEnabled ? value.connection : null
    await keypad.use(makeKeypad(value))
  }

  await apply()
  await jobs.resume()
  const stopTimers = startTimers({
    checkout,
    options: optionsDeps,
    registry,
    keypad,
    calls,
    jobs,
    seatName: () => seat.name(),
    lightServiceLamp,
  })
  return {
    mode: options.mode,
    database,
    checkout,
    keypad,
    registry,
    options: optionsDeps,
    services,
    events,
    calls,
    jobs,
    serviceLamp: () => serviceLamp,
    apply: async () => {
      await apply()
      void lightServiceLamp()
    },
    seat,
    testKeypad: (values, pairingCode) =>
      testKeypad(values, {
        clock,
        open: () => makeKeypad(values, pairingCode === null ? seat.pairingCode() : pairingCode || null),
        // A keypad on USB is opened once: the one in use is asked.
        inUse: values.connection === 'usb' && connection === 'usb' ? keypad.port() : null,
      }),
    setHidMode: () => switchToHid({ ...usb, lockFolder, log }),
    async close() {
      await stopTimers()
      await calls.close()
      await jobs.close()
      await keypad.close()
      await registry.leave()
      await services.close()
      await database.close()
    },
  }
}

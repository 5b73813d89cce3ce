import { join } from 'node:path'
import { readFile } from 'node:fs/promises'
import type { DeskMode, FirstRun, Session } from '../../contract/auth'
import type { CommandLine } from '../app/command-line'
import { readProfile, updateProfile, type Profile } from '../app/profile'
import type { OpenConfig } from '../db/open-database'
import { createFirstShop } from '../features/auth/auth.repository'
import { signIn, type AuthDeps } from '../features/auth/auth.service'
import { hashPassword } from '../features/auth/password'
import { readImportant, OWN_RELAY_PORT } from '../features/settings/settings.service'
import type { Seat } from '../platform/call-context'
import type { Clock } from '../platform/clock'
import { newId } from '../platform/ids'
import type { Log } from '../platform/log'
import { Refusal } from '../platform/refusal'
import { openSecretBox, type KeyStore, type SecretBox } from '../platform/secrets'
import type { CallSurroundings } from './desk-calls'
import { openDesk, type Desk } from './desk'
import type { UsbAccess } from './keypads'
import { openSeatStore } from './seat-store'
import { fillWithSamples, hasSampleAccount, hasShop } from './sample'

export interface HostOptions {
  readonly folder: string
  readonly commandLine: CommandLine
  readonly keyStore: KeyStore
  readonly clock: Clock
  readonly log: Log
  readonly usb?: UsbAccess
  readonly callSurroundings?: CallSurroundings
}

/** Holds the desk of this process: none before the first-run wizard, one afterwards. */
export interface DeskHost {
  /** The open desk; refuses while there is none. */
  desk(): Desk
  current(): Desk | null
  mode(): DeskMode | null
  sample(): boolean
  authDeps(): AuthDeps
  firstRun(seat: Seat, input: FirstRun): Promise<Session>
  close(): Promise<void>
}

/** The database of a mode, as the profile says. */
export async function configOf(folder: string, profile: Profile, mode: DeskMode): Promise<OpenConfig> {
  const config = profile.databases[mode] ?? { kind: 'sqlite' as const }
  if (config.kind === 'sqlite') return { kind: 'sqlite', path: join(folder, `${mode}.db`) }
  const ca = config.caFile === undefined ? undefined : await readFile(config.caFile, 'utf8')
  return { kind: 'postgres', url: config.url, ...(ca === undefined ? {} : { ca }) }
}

/** Opens the profile and, when a mode has been chosen, its desk. Throws when the desk cannot start. */
export async function openDeskHost(options: HostOptions): Promise<DeskHost> {
  const { folder, commandLine, clock, log, usb = {} } = options
  let profile = await readProfile(folder)
  let desk: Desk | null = null
  let sample = false
  let box: SecretBox | null = null

  async function open(mode: DeskMode): Promise<Desk> {
    box ??= await openSecretBox(folder, options.keyStore)
    if (box.protection === 'key-file') log.warn('no key store: the app key rests in a file of this user')
    const config = await configOf(folder, profile, mode)
    return openDesk({
      mode,
      config,
      profileFolder: folder,
      simulatorFile: commandLine.simulatorFile,
      clock,
      log,
      box,
      usb,
      ...(options.callSurroundings ? { callSurroundings: options.callSurroundings } : {}),
      seat: await openSeatStore(folder, box, log),
    })
  }

  async function choose(mode: DeskMode): Promise<void> {
    profile = await updateProfile(folder, { mode })
  }

  if (profile.mode === null && commandLine.sample) await choose('training')
  if (profile.mode !== null) desk = await open(profile.mode)
  if (desk && desk.mode === 'training' && commandLine.sample && !(await hasShop(desk.database))) {
    const port = commandLine.relayPort ?? OWN_RELAY_PORT
    await fillWithSamples(desk.database, clock, port, commandLine.sampleSubscriptions)
    await desk.apply()
  }
  if (desk?.mode === 'training') sample = await hasSampleAccount(desk.database)

  const openDeskOrRefuse = (): Desk => {
    if (!desk) throw new Refusal('UNAUTHORIZED')
    return desk
  }
  const authDeps = (): AuthDeps => {
    const { database } = openDeskOrRefuse()
    const idleLockMinutes = async () => (await readImportant(database.db)).value.idleLockMinutes
    return { db: database.db, clock, idleLockMinutes }
  }

  async function firstRun(seat: Seat, input: FirstRun): Promise<Session> {
    desk ??= await open(input.mode)
    if (desk.mode !== input.mode || (await hasShop(desk.database))) throw new Refusal('ALREADY_SET_UP')
    const first = {
      shopId: newId(),
      shopName: input.shopName,
      userId: newId(),
      adminName: input.adminName,
      email: input.email,
      passwordHash: await hashPassword(input.password),
    }
    await createFirstShop(desk.database.db, first, clock.now())
    await choose(input.mode)
    return signIn(authDeps(), seat, input.email, input.password)
  }

  return {
    desk: openDeskOrRefuse,
    current: () => desk,
    mode: () => desk?.mode ?? null,
    sample: () => sample,
    authDeps,
    firstRun,
    close: async () => desk?.close(),
  }
}

import { isIP } from 'node:net'
import type { Kysely } from 'kysely'
import { z } from 'zod'
import type { DeskMode } from '../../../contract/auth'
import { MailSettings } from '../../../contract/options'
import type { Database } from '../../db/database.types'
import { isLoopbackAddress } from '../../domain/private-address'
import type { MailServer } from '../../gateways/mail.port'
import { Refusal } from '../../platform/refusal'
import type { SecretBox } from '../../platform/secrets'
import { readSetting, writeSetting } from '../settings/settings.service'

const KEY = 'mail'
const Stored = MailSettings.extend({ sealedPassword: z.string() })
type Stored = z.infer<typeof Stored>

const DEFAULTS: Stored = {
  providerAddress: '',
  senderAddress: '',
  host: '',
  port: 465,
  tls: 'tls',
  user: '',
  sealedPassword: '',
}

export interface SavedMail {
  readonly version: number
  readonly values: MailSettings
  readonly hasPassword: boolean
}

async function stored(db: Kysely<Database>) {
  return readSetting(db, KEY, Stored, DEFAULTS)
}

const shown = (version: number, { sealedPassword, ...values }: Stored): SavedMail => ({
  version,
  values,
  hasPassword: sealedPassword !== '',
})

/** The mail settings without the password: it never leaves main. */
export async function readMailSettings(db: Kysely<Database>): Promise<SavedMail> {
  const { version, value } = await stored(db)
  return shown(version, value)
}

const LABEL = '[a-z0-9]([a-z0-9-]*[a-z0-9])?'
const NAME = new RegExp(`^${LABEL}(\\.${LABEL})*$`, 'i')

/** A name with a letter in it, or a whole IP address: `1000001` is neither, although some resolvers take it. */
const isHost = (host: string): boolean => isIP(host) !== 0 || (NAME.test(host) && /[a-z]/i.test(host))

/** What must be mended before these settings can be kept or tried. */
export function mailFaults(
  values: MailSettings,
  hasPassword: boolean,
  mode: DeskMode,
): { path: string; message: string }[] {
  const faults: { path: string; message: string }[] = []
  const local = isLoopbackAddress(values.host) || values.host === 'localhost'
  if (values.host !== '' && !isHost(values.host)) {
    faults.push({ path: 'host', message: 'サーバー名かIPアドレスを入力してください(例: smtp.example.jp)。' })
  }
  if (values.tls === 'none' && !(local && mode === 'training')) {
    faults.push({
      path: 'tls',
      message:
        '暗号化なしは、トレーニングでこのパソコンのサーバーを使う場合だけ選べます。TLSかSTARTTLSを選んでください。',
    })
  }
  if (values.user !== '' && !hasPassword) {
    faults.push({ path: 'password', message: 'ユーザー名を使うときは、パスワードも入力してください。' })
  }
  return faults
}

/** True when an application could be sent with these settings. */
export const isComplete = (values: MailSettings): boolean =>
  values.providerAddress !== '' && values.senderAddress !== '' && values.host !== ''

/** Keeps the settings; the password is sealed with this PC's key, or kept as it is. */
export async function saveMailSettings(
  db: Kysely<Database>,
  box: SecretBox,
  change: {
    values: MailSettings
    password: string | null
    version: number
    mode: DeskMode
    by: string
    now: number
  },
): Promise<SavedMail> {
  const kept = (await stored(db)).value.sealedPassword
  const sealed = change.password === null ? kept : change.password === '' ? '' : box.seal(change.password)
  const faults = mailFaults(change.values, sealed !== '', change.mode)
  if (faults.length > 0) throw new Refusal('INVALID_FIELDS', { fields: faults })
  const value: Stored = { ...change.values, sealedPassword: sealed }
  const version = await writeSetting(db, {
    key: KEY,
    value,
    seenVersion: change.version,
    by: change.by,
    now: change.now,
  })
  return shown(version, value)
}

export type Reached =
  | { readonly ready: true; readonly server: MailServer }
  | { readonly ready: false; readonly cause: 'not-set-up' | 'password-unreadable' }

/** The server as the settings name it, with its password opened; or why it cannot be used from this PC. */
export async function mailServer(
  db: Kysely<Database>,
  box: SecretBox,
  over: { values: MailSettings; password: string | null } | null = null,
): Promise<Reached> {
  const { sealedPassword, ...kept } = (await stored(db)).value
  const values = over?.values ?? kept
  if (values.host === '') return { ready: false, cause: 'not-set-up' }
  const { host, port, tls, user } = values
  const typed = over?.password ?? null
  if (user === '' || typed !== null || sealedPassword === '') {
    return { ready: true, server: { host, port, tls, user, password: typed ?? '' } }
  }
  try {
    return { ready: true, server: { host, port, tls, user, password: box.open(sealedPassword) } }
  } catch {
    // Sealed at another PC: its key is not here.
    return { ready: false, cause: 'password-unreadable' }
  }
}

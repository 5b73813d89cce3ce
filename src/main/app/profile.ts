import { randomUUID } from 'node:crypto'
import { mkdir, open, readFile, rename } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { DeskMode } from '../../contract/auth'

/** Where the rows live: a file of this PC, or a PostgreSQL server that several seats share. */
export const DatabaseConfig = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('sqlite') }),
  z.object({
    kind: z.literal('postgres'),
    url: z.string().startsWith('postgres'),
    /** PEM file of the authority that signed the server's certificate; needed off loopback. */
    caFile: z.string().optional(),
  }),
])
export type DatabaseConfig = z.infer<typeof DatabaseConfig>

/** A payment service of the outside world that this PC may use. The key itself rests in the key store. */
export const ServiceConfig = z.object({
  id: z.string().regex(/^[a-z0-9-]{1,40}$/),
  name: z.string().max(80),
  url: z.url(),
  fingerprint256: z.string(),
  merchantKey: z.string(),
})
export type ServiceConfig = z.infer<typeof ServiceConfig>

/** What this PC must know before a database is open. Kept as `profile.json` in the profile's folder. */
export const Profile = z.object({
  /** Null until the first-run wizard has asked. */
  mode: DeskMode.nullable().default(null),
  /** Training and production never share a database. */
  databases: z
    .object({ training: DatabaseConfig.optional(), production: DatabaseConfig.optional() })
    .default({}),
  /** 席名; empty: the PC's name. */
  seatName: z.string().max(60).default(''),
  /** Pairing code of the keypad relay, sealed with the app's key. */
  relayPairing: z.string().max(1000).nullable().default(null),
  /** Telephone numbers on the clipboard are calls (a softphone copies them). */
  watchClipboard: z.boolean().default(false),
})
export type Profile = z.infer<typeof Profile>

/** A profile that cannot be read is an error to be shown: silently starting afresh would hide the shop's data. */
export class ProfileBroken extends Error {
  override name = 'ProfileBroken'
}

export async function readProfile(folder: string): Promise<Profile> {
  const path = join(folder, 'profile.json')
  let text: string
  try {
    text = await readFile(path, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return Profile.parse({})
    throw error
  }
  try {
    return Profile.parse(JSON.parse(text))
  } catch (cause) {
    throw new ProfileBroken(path, { cause })
  }
}

/** Writes the profile so that a power cut leaves the old or the new one, never half of one. */
export async function writeProfile(folder: string, profile: Profile): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const path = join(folder, 'profile.json')
  const temporary = `${path}.${randomUUID()}`
  const file = await open(temporary, 'wx', 0o600)
  try {
    await file.writeFile(JSON.stringify(profile, null, 2))
    await file.sync()
  } finally {
    await file.close()
  }
  await rename(temporary, path)
}

/** Changes the profile as it is on disk now, and answers with it. */
export async function updateProfile(folder: string, change: Partial<Profile>): Promise<Profile> {
  const profile = { ...(await readProfile(folder)), ...change }
  await writeProfile(folder, profile)
  return profile
}

import { createHash, X509Certificate } from 'node:crypto'
import { chmod, mkdir, open, readFile, rename } from 'node:fs/promises'
import { join } from 'node:path'
import { generate } from 'selfsigned'
import type { Clock } from '../platform/clock'

export interface RelayIdentity {
  readonly key: string
  readonly cert: string
  /** SHA-256 of the DER form, upper-case hex without colons: what a desk pins. */
  readonly fingerprint256: string
}

const DAY_MS = 86_400_000
/** Desks pin the certificate and do not look at its dates; it is made anew only when somebody removes it. */
const VALID_DAYS = 20 * 365
const SUBJECT = [
  { name: 'commonName', value: 'Uketsuke keypad relay' },
  { name: 'organizationName', value: 'Uketsuke Relay' },
]

/** The relay's own certificate, made at the first start and kept. Throws when what is kept cannot be read. */
export async function relayIdentity(folder: string, clock: Clock): Promise<RelayIdentity> {
  const files = { key: join(folder, 'relay-key.pem'), cert: join(folder, 'relay-cert.pem') }
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const kept = await Promise.all([readOrNull(files.key), readOrNull(files.cert)])
  const [key, cert] = kept[0] !== null && kept[1] !== null ? [kept[0], kept[1]] : await make(files, clock)
  const { raw } = new X509Certificate(cert)
  await chmod(files.key, 0o600)
  return { key, cert, fingerprint256: createHash('sha256').update(raw).digest('hex').toUpperCase() }
}

async function make(files: { key: string; cert: string }, clock: Clock): Promise<[string, string]> {
  const now = clock.now()
  const made = await generate(SUBJECT, {
    keyType: 'ec',
    curve: 'P-256',
    algorithm: 'sha256',
    notBeforeDate: new Date(now - DAY_MS),
    notAfterDate: new Date(now + VALID_DAYS * DAY_MS),
  })
  await writePrivate(files.key, made.private)
  await writePrivate(files.cert, made.cert)
  return [made.private, made.cert]
}

async function readOrNull(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
    throw error
  }
}

/** Writes a file that only this user can read, so that a power cut leaves the old or the new one. */
export async function writePrivate(path: string, text: string): Promise<void> {
  const draft = `${path}.new`
  const file = await open(draft, 'w', 0o600)
  try {
    await file.chmod(0o600)
    await file.writeFile(text)
    await file.sync()
  } finally {
    await file.close()
  }
  await rename(draft, path)
}

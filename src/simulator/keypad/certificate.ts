import { X509Certificate } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { generate } from 'selfsigned'

export interface Certificate {
  readonly key: string
  readonly cert: string
  /** SHA-256 of the DER form, upper-case hex without colons. */
  readonly fingerprint256: string
}

const SUBJECT = [
  { name: 'commonName', value: 'Keypad simulator' },
  { name: 'organizationName', value: 'Uketsuke Simulator' },
]
const YEARS = 10

/** The simulator's certificate, made once for each data folder. Its organisation tells a desk what it is. */
export async function simulatorCertificate(folder: string): Promise<Certificate> {
  const files = { key: join(folder, 'relay-key.pem'), cert: join(folder, 'relay-cert.pem') }
  if (!existsSync(files.key) || !existsSync(files.cert)) {
    const notAfterDate = new Date()
    notAfterDate.setFullYear(notAfterDate.getFullYear() + YEARS)
    const made = await generate(SUBJECT, { keyType: 'ec', curve: 'P-256', algorithm: 'sha256', notAfterDate })
    mkdirSync(folder, { recursive: true })
    writeFileSync(files.key, made.private, { mode: 0o600 })
    writeFileSync(files.cert, made.cert)
  }
  const cert = readFileSync(files.cert, 'utf8')
  const fingerprint256 = new X509Certificate(cert).fingerprint256.replaceAll(':', '')
  return { key: readFileSync(files.key, 'utf8'), cert, fingerprint256 }
}

import { X509Certificate } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

export interface Certificate {
  /** Key and certificate in PEM, one after the other. */
  readonly pem: string
  /** SHA-256 of the DER form, upper-case hex without colons. */
  readonly fingerprint256: string
}

/** The organisation is what tells a desk that it speaks to a simulator. */
const SUBJECT = [
  { name: 'commonName', value: 'localhost' },
  { name: 'organizationName', value: 'Uketsuke Simulator' },
]
const YEARS = 10

/** The simulator's certificate, made at the first start. Both parts in one file: a kill never leaves half of it. */
export async function acquirerCertificate(folder: string): Promise<Certificate> {
  const path = join(folder, 'acquirer.pem')
  if (!existsSync(path)) {
    // Only at the first start: reading this library takes longer than all else of a start.
    const { generate } = await import('selfsigned')
    const notAfterDate = new Date()
    notAfterDate.setFullYear(notAfterDate.getFullYear() + YEARS)
    const made = await generate(SUBJECT, {
      keyType: 'ec',
      curve: 'P-256',
      algorithm: 'sha256',
      notAfterDate,
      extensions: [
        { name: 'basicConstraints', cA: false },
        {
          name: 'subjectAltName',
          altNames: [
            { type: 2, value: 'localhost' },
            { type: 7, ip: '127.0.0.1' },
          ],
        },
      ],
    })
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    writeFileSync(`${path}.new`, `${made.private}\n${made.cert}`, { mode: 0o600 })
    renameSync(`${path}.new`, path)
  }
  const pem = readFileSync(path, 'utf8')
  const from = pem.indexOf('-----BEGIN CERTIFICATE')
  return { pem, fingerprint256: new X509Certificate(pem.slice(from)).fingerprint256.replaceAll(':', '') }
}

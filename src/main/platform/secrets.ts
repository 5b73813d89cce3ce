import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { chmod, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/** The operating system's key store, as far as the app uses it (Electron's safeStorage). */
export interface KeyStore {
  isAvailable(): boolean
  encrypt(plain: string): Uint8Array
  decrypt(sealed: Uint8Array): string
}

/** Where the app's key rests: the key store, or a file that only this user can read. */
export type KeyProtection = 'key-store' | 'key-file'

/** Encrypts what must not lie readable in the database: half-made orders and their personal data. */
export interface SecretBox {
  readonly protection: KeyProtection
  seal(plain: string): string
  /** Throws when the text was sealed with another key or has been changed. */
  open(sealed: string): string
}

function boxOf(key: Uint8Array, protection: KeyProtection): SecretBox {
  return {
    protection,
    seal(plain) {
      const iv = randomBytes(12)
      const cipher = createCipheriv('aes-256-gcm', key, iv)
      const body = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()])
      return Buffer.concat([iv, cipher.getAuthTag(), body]).toString('base64')
    },
    open(sealed) {
      const bytes = Buffer.from(sealed, 'base64')
      const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, 12))
      decipher.setAuthTag(bytes.subarray(12, 28))
      return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString('utf8')
    },
  }
}

async function readOr<T>(path: string, missing: T): Promise<Buffer | T> {
  try {
    return await readFile(path)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return missing
    throw error
  }
}

/**
 * Opens the app's own key in `folder`, making it at first use. A key once kept in the key store is never
 * replaced by a key file: that would leave drafts unreadable without a word.
 */
export async function openSecretBox(folder: string, keyStore: KeyStore): Promise<SecretBox> {
  const sealedPath = join(folder, 'app-key.sealed')
  const plainPath = join(folder, 'app-key')
  const sealed = await readOr(sealedPath, null)
  if (sealed !== null) return boxOf(Buffer.from(keyStore.decrypt(sealed), 'base64'), 'key-store')
  const plain = await readOr(plainPath, null)
  if (plain !== null) return boxOf(Buffer.from(plain.toString('utf8'), 'base64'), 'key-file')
  const key = randomBytes(32)
  if (keyStore.isAvailable()) {
    await writeFile(sealedPath, keyStore.encrypt(key.toString('base64')), { mode: 0o600, flag: 'wx' })
    return boxOf(key, 'key-store')
  }
  await writeFile(plainPath, key.toString('base64'), { mode: 0o600, flag: 'wx' })
  await chmod(plainPath, 0o600)
  return boxOf(key, 'key-file')
}

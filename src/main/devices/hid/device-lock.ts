import { createHash } from 'node:crypto'
import { mkdir, open, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'

/**
 * Keeps a second process of ours from opening the same device: on Linux hidraw opens are shared. A lock
 * whose process is gone is taken over.
 */
export class DeviceLock {
  readonly #file: string

  private constructor(file: string) {
    this.#file = file
  }

  /** The lock, or null when a living process has it. */
  static async take(folder: string, devicePath: string): Promise<DeviceLock | null> {
    await mkdir(folder, { recursive: true })
    const name = createHash('sha256').update(devicePath).digest('hex').slice(0, 16)
    const file = join(folder, `keypad-${name}.lock`)
    if (await create(file)) return new DeviceLock(file)
    if (await ownerLives(file)) return null
    await rm(file, { force: true })
    return (await create(file)) ? new DeviceLock(file) : null
  }

  async release(): Promise<void> {
    await rm(this.#file, { force: true })
  }
}

async function create(file: string): Promise<boolean> {
  try {
    const handle = await open(file, 'wx', 0o600)
    await handle.writeFile(String(process.pid))
    await handle.close()
    return true
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false
    throw error
  }
}

async function ownerLives(file: string): Promise<boolean> {
  const text = await readFile(file, 'utf8').catch(() => '')
  const pid = Number(text)
  // An unreadable owner may be one that is just writing its number: leave it the device.
  if (!Number.isInteger(pid) || pid <= 0) return text === ''
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return codeOf(error) === 'EPERM'
  }
}

/** System code of an error, or nothing. */
export const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''

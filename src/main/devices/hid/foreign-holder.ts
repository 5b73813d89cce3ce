import { readdir, readFile, readlink, realpath } from 'node:fs/promises'
import { join } from 'node:path'

/** Another program that has the keypad open and so receives the same reports. */
export interface ForeignHolder {
  readonly pid: number
  /** Name of the process as the system shows it, up to 15 characters. */
  readonly name: string
}

/**
 * Programs other than this process that have the device open. Linux only, where several may open one hidraw
 * device; elsewhere there are none. Processes of other users are seen only by root. Never throws.
 */
export async function foreignHolders(
  devicePath: string,
  { self = process.pid, proc = '/proc' }: { readonly self?: number; readonly proc?: string } = {},
): Promise<readonly ForeignHolder[]> {
  if (process.platform !== 'linux') return []
  const target = await realpath(devicePath).catch(() => devicePath)
  const pids = (await names(proc)).filter((name) => /^\d+$/.test(name) && Number(name) !== self)
  const holders = await Promise.all(
    pids.map(async (pid) => {
      if (!(await hasOpen(join(proc, pid, 'fd'), target))) return null
      const name = await readFile(join(proc, pid, 'comm'), 'utf8').catch(() => '')
      return { pid: Number(pid), name: name.trim() }
    }),
  )
  return holders.filter((holder) => holder !== null).sort((a, b) => a.pid - b.pid)
}

/** Processes end and files close while one looks: what is gone holds nothing. */
const names = (folder: string): Promise<string[]> => readdir(folder).catch(() => [])

async function hasOpen(folder: string, target: string): Promise<boolean> {
  const links = await Promise.all(
    (await names(folder)).map((name) => readlink(join(folder, name)).catch(() => '')),
  )
  return links.includes(target)
}

import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import DatabaseFile from 'better-sqlite3'
import { fillWithSamples } from '../../src/main/composition/sample'
import { openDatabase } from '../../src/main/db/open-database'
import { systemClock } from '../../src/main/platform/clock'

export type SampleShop = 'orders' | 'subscriptions'

const made = new Map<SampleShop, Promise<string>>()

/** The database file of a sample shop, made once a process: forty migrations and two thousand rows for each desk are work for nothing. */
function shopFile(shop: SampleShop): Promise<string> {
  const known = made.get(shop) ?? make(shop)
  made.set(shop, known)
  return known
}

async function make(shop: SampleShop): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'uketsuke-shop-'))
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
  const path = join(folder, 'training.db')
  const database = await openDatabase({ kind: 'sqlite', path }, { clock: systemClock })
  await fillWithSamples(database, systemClock, 1, shop === 'subscriptions')
  await database.close()
  return path
}

/** Makes a profile as a desk leaves it that was started once with `--sample`; its keypad relay is at this port. */
export async function sampleProfile(profile: string, shop: SampleShop, relayPort: number): Promise<void> {
  mkdirSync(profile, { recursive: true })
  const path = join(profile, 'training.db')
  copyFileSync(await shopFile(shop), path)
  const file = new DatabaseFile(path)
  const changed = file
    .prepare(`update setting set value = json_set(value, '$.relayPort', ?) where key = 'important'`)
    .run(relayPort).changes
  file.close()
  if (changed !== 1) throw new Error('the sample shop has no settings')
  writeFileSync(join(profile, 'profile.json'), JSON.stringify({ mode: 'training' }))
}

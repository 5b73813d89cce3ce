import { seedSampleData } from '../app/sample-data/seed-sample-data'
import { readCharges } from '../features/charges/charges.service'
import { hashPassword } from '../features/auth/password'
import { DEFAULT_SETTINGS } from '../features/settings/settings.service'
import { writeSetting } from '../features/settings/settings.repository'
import { readSubscriptionSettings } from '../features/subscriptions/subscription-settings.service'
import type { DeskDatabase } from '../db/open-database'
import type { Clock } from '../platform/clock'

/** Sign-in data of the sample shop. Published: it opens nothing but invented data on this PC. */
export const SAMPLE_ACCOUNT = { email: 'admin@example.jp', password: 'Renshu-2026-Desk' } as const

export async function hasShop(database: DeskDatabase): Promise<boolean> {
  const row = await database.db.selectFrom('shop').select('id').limit(1).executeTakeFirst()
  return row !== undefined
}

/** True when the database holds the sample shop's account. */
export async function hasSampleAccount(database: DeskDatabase): Promise<boolean> {
  const row = await database.db
    .selectFrom('staff_user')
    .select('id')
    .where('email', '=', SAMPLE_ACCOUNT.email)
    .executeTakeFirst()
  return row !== undefined
}

/** Fills an empty training database with the sample shop, ready to take a card from the simulated keypad. */
export async function fillWithSamples(
  database: DeskDatabase,
  clock: Clock,
  relayPort: number,
  withSubscriptions: boolean,
): Promise<void> {
  const passwordHash = await hashPassword(SAMPLE_ACCOUNT.password)
  await seedSampleData(database, { clock, passwordHash })
  const admin = await database.db
    .selectFrom('staff_user')
    .select('id')
    .where('email', '=', SAMPLE_ACCOUNT.email)
    .executeTakeFirstOrThrow()
  await writeSetting(database.db, {
    key: 'important',
    value: { ...DEFAULT_SETTINGS, serviceId: 'sim-key', relayPort },
    seenVersion: 1,
    by: admin.id,
    now: clock.now(),
  })
  if (!withSubscriptions) return
  const { seedSampleSubscriptions } = await import('./sample-subscriptions/seed')
  await seedSampleSubscriptions({
    database,
    clock,
    charges: () => readCharges(database.db),
    subscriptionSettings: async () => (await readSubscriptionSettings(database.db)).value,
  })
}

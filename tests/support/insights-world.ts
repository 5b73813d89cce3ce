import { createRouterClient } from '@orpc/server'
import type { OpenConfig } from '../../src/main/db/open-database'
import { keeperOf, type InsightsDeps } from '../../src/main/features/subscription-insights/keeper'
import { subscriptionInsightsRouter } from '../../src/main/features/subscription-insights/subscription-insights.router'
import { manualClock } from '../../src/main/platform/clock'
import { openSeeded, sessionAs } from './seeded'
import { NOW } from './subscription-draws'
import { owners } from './subscription-rows'

const TABLES = [
  'subscription_event',
  'subscription_cycle',
  'subscription_turn_change',
  'subscription_price_step',
  'subscription_item',
  'subscription',
] as const

/** The sample shop without its contracts, and its insights as a person of the staff asks for them. */
export async function openInsights(config: OpenConfig) {
  const clock = manualClock(NOW)
  const { database, admin } = await openSeeded(config, clock)
  for (const table of TABLES) await database.db.deleteFrom(table).execute()
  const saved = new Map<string, string>()
  const deps: InsightsDeps = {
    database,
    clock,
    log: {
      error: (...words: unknown[]) => {
        throw new Error(JSON.stringify(words))
      },
    },
    closedDayWay: async () => 'earlier',
  }
  const ask = createRouterClient(
    subscriptionInsightsRouter(() => ({
      ...deps,
      saveFile: async (name, chunks) => {
        let text = ''
        for await (const chunk of chunks) text += String(chunk)
        saved.set(name, text)
        return { saved: true }
      },
    })),
    { context: { seat: { name: '受付1番', session: sessionAs(admin, 'staff'), lastTouchedAt: NOW } } },
  )
  const settled = () => keeperOf(database).settled()
  return {
    database,
    admin,
    clock,
    saved,
    ask,
    owner: await owners(database, admin),
    settled,
    /** Asks once, so that the reckoning starts, and waits for its end. */
    async reckoned() {
      clock.advance(5_000)
      await ask.forecast()
      await settled()
    },
    async close() {
      await settled()
      await database.close()
    },
  }
}

export type InsightsWorld = Awaited<ReturnType<typeof openInsights>>

import { z } from 'zod'
import { text } from './values'

/** 設定 > 定期. */
export const SubscriptionSettings = z.object({
  /** 受注作成: so many calendar days before the ship date. */
  generateDaysBefore: z.int().min(0).max(60),
  /** 締め切り: so many calendar days before the ship date. */
  changeDaysBefore: z.int().min(0).max(90),
  /** A ship date on a closed day goes … */
  shipOnClosedDay: z.enum(['earlier', 'later']),
  missingFifth: z.enum(['last', 'pass-over']),
  /** Calendar days after the first declined authorization. */
  retryDays: z.array(z.int().min(1).max(60)).max(10),
  afterLastRetry: z.enum(['skip', 'pause', 'cancel']),
  /** 再開: from which states a contract may come back. */
  restart: z.enum(['none', 'paused', 'cancelled', 'both']),
  /** 引き留め: what is offered to a customer who cancels; empty: nothing. */
  retentionOffer: text(200),
  /** Below the minimum, a cancellation … */
  underMinimum: z.enum(['refuse', 'warn']),
  skipsInRow: z.int().min(1).max(12),
  /** Hour of the day at which the run starts by itself while the desk is open; null: never. */
  runAtHour: z.int().min(0).max(23).nullable(),
})
export type SubscriptionSettings = z.infer<typeof SubscriptionSettings>

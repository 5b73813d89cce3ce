import type { Kysely } from 'kysely'
import { SubscriptionSettings } from '../../../contract/subscription-settings'
import type { Database } from '../../db/database.types'
import { Refusal } from '../../platform/refusal'
import { readSetting, writeSetting } from '../settings/settings.service'

const KEY = 'subscriptions'

const DEFAULTS: SubscriptionSettings = {
  generateDaysBefore: 3,
  changeDaysBefore: 5,
  shipOnClosedDay: 'earlier',
  missingFifth: 'last',
  retryDays: [1, 3, 5, 7],
  afterLastRetry: 'pause',
  restart: 'paused',
  retentionOffer: '',
  underMinimum: 'refuse',
  skipsInRow: 3,
  runAtHour: null,
}

/** 設定 > 定期 as it is kept. */
export const readSubscriptionSettings = (db: Kysely<Database>) =>
  readSetting(db, KEY, SubscriptionSettings, DEFAULTS)

/** Keeps the settings; refuses a stale version, and days that contradict each other. */
export async function saveSubscriptionSettings(
  db: Kysely<Database>,
  change: { settings: SubscriptionSettings; version: number; by: string; now: number },
): Promise<{ version: number; settings: SubscriptionSettings }> {
  const { settings, version: seenVersion, by, now } = change
  const fields: { path: string; message: string }[] = []
  // An order that stands is not changed by a change of its turn: the deadline comes first.
  if (settings.changeDaysBefore < settings.generateDaysBefore) {
    fields.push({
      path: 'changeDaysBefore',
      message: '変更の締め切りは、受注作成日と同じ日か、それより前にしてください。',
    })
  }
  if (settings.retryDays.some((day, at) => at > 0 && day <= (settings.retryDays[at - 1] ?? 0))) {
    fields.push({ path: 'retryDays', message: '再試行の日数は、小さい順に入力してください。' })
  }
  if (fields.length > 0) throw new Refusal('INVALID_FIELDS', { fields })
  return { version: await writeSetting(db, { key: KEY, value: settings, seenVersion, by, now }), settings }
}

import { Carrier, type DeliveryChoices, type DeliverySlot } from '../../contract/delivery'
import { normalizePostalCode } from '../../contract/text'
import type { DeskDatabase } from '../db/open-database'
import { prepared } from '../db/prepared'
import { deliveryWindow, shipDayFor, type DeliveryRules, type ShipTo } from '../domain/calendar/delivery'

/** The shop's delivery rules as they are kept. */
export interface KeptDelivery {
  readonly rules: DeliveryRules
  readonly carrier: Carrier
  readonly version: number
}

const ruleRow = prepared((db) => db.selectFrom('delivery_rule').selectAll())
const weekdayRows = prepared((db) =>
  db.selectFrom('closed_weekday').selectAll().orderBy('weekday').orderBy('week'),
)
const specialRows = prepared((db) => db.selectFrom('special_day').selectAll())
const leadRows = prepared((db) => db.selectFrom('lead_time').selectAll())
const remoteRows = prepared((db) => db.selectFrom('remote_area').selectAll().orderBy('prefix'))

const slotRows = prepared<'carrier' | 'date', DeliverySlot>((db, slot) =>
  db
    .selectFrom('delivery_slot')
    .select(['code', 'label'])
    .where('carrier', '=', slot('carrier'))
    .where('valid_from', '<=', slot('date'))
    .where((eb) => eb.or([eb('valid_to', 'is', null), eb('valid_to', '>=', slot('date'))])),
)

/** Reads what 設定 > 配送 keeps, the tables side by side. */
export async function readDelivery({ db }: DeskDatabase): Promise<KeptDelivery> {
  const [rule, weekdays, specials, leads, remotes] = await Promise.all([
    db.executeQuery(ruleRow(db, {})),
    db.executeQuery(weekdayRows(db, {})),
    db.executeQuery(specialRows(db, {})),
    db.executeQuery(leadRows(db, {})),
    db.executeQuery(remoteRows(db, {})),
  ])
  const [row] = rule.rows
  if (!row) throw new Error('no delivery rule')
  return {
    carrier: Carrier.parse(row.carrier),
    version: row.version,
    rules: {
      cutOffMinutes: row.cut_off_minutes,
      preparationDays: row.preparation_days,
      latestDays: row.latest_days,
      leadDays: new Map(leads.rows.map(({ prefecture, days }) => [prefecture, days])),
      remoteAreas: remotes.rows,
      calendar: {
        closedOnHolidays: row.closed_on_holidays === 1,
        closedWeekdays: weekdays.rows,
        specialDays: new Map(specials.rows.map(({ date, kind, label }) => [date, { kind, label }])),
      },
    },
  }
}

/** 午前中 first, then by the hours that the words name. */
const hoursOf = (label: string): string =>
  (label.normalize('NFKC').match(/\d+/g) ?? []).map((hour) => hour.padStart(2, '0')).join('')

/** Time slots that a carrier offers on a date: dated master data, because carriers change them. */
export async function slotsOn({ db }: DeskDatabase, carrier: Carrier, date: string): Promise<DeliverySlot[]> {
  const { rows } = await db.executeQuery(slotRows(db, { carrier, date }))
  return rows.toSorted((one, other) => (hoursOf(one.label) < hoursOf(other.label) ? -1 : 1))
}

/** The dates and slots that can be promised for an order taken at this instant (epoch ms), and why. `kept`: read before. */
export async function deliveryChoices(
  database: DeskDatabase,
  atMs: number,
  asked: ShipTo & { readonly deliverOn: string | null },
  kept?: KeptDelivery,
): Promise<DeliveryChoices> {
  const { rules, carrier } = kept ?? (await readDelivery(database))
  const { date, ...days } = deliveryDays(rules, atMs, asked)
  return { ...days, carrier, slots: await slotsOn(database, carrier, date) }
}

/** The same without the slots; `date` is the day whose slots are offered. */
export function deliveryDays(
  rules: DeliveryRules,
  atMs: number,
  asked: ShipTo & { readonly deliverOn: string | null },
): Omit<DeliveryChoices, 'carrier' | 'slots'> & { readonly date: string } {
  const to = { prefecture: asked.prefecture, postalCode: normalizePostalCode(asked.postalCode) }
  const window = deliveryWindow(rules, atMs, to)
  const { earliest, latest, remote, steps } = window
  const within = asked.deliverOn !== null && asked.deliverOn >= earliest && asked.deliverOn <= latest
  const date = within && asked.deliverOn !== null ? asked.deliverOn : earliest
  return {
    earliest,
    latest,
    date,
    shipOn: shipDayFor(rules, window, asked.deliverOn ?? earliest)?.date ?? null,
    remote: remote && { name: remote.name, days: remote.days },
    explanation: steps.map((step) =>
      step.kind === 'closed' ? { kind: 'closed', days: [...step.days] } : { ...step },
    ),
  }
}

import type { InspectionStatus } from '../../../contract/keypad-inspections'
import { addDays, businessDate, startOfBusinessDate } from '../calendar/tokyo'

/** How often a keypad is looked at unless the shop says otherwise. PCI DSS 9.5.1.2 asks for "periodic". */
export const DEFAULT_INTERVAL_DAYS = 30
/** From so many days before it is due, an inspection is announced. */
export const SOON_DAYS = 7

/** The day on which a keypad is due: the interval after its registration or its last clean inspection (epoch ms). */
export const dueOn = (sinceMs: number, intervalDays: number): string =>
  addDays(businessDate(sinceMs), intervalDays)

/** Instants between which a keypad was clean last if it falls due on these days: from included, to left out. */
export function sinceRange(
  due: { from: string | null; to: string | null },
  intervalDays: number,
): { from: number | null; before: number | null } {
  return {
    from: due.from === null ? null : startOfBusinessDate(addDays(due.from, -intervalDays)),
    before: due.to === null ? null : startOfBusinessDate(addDays(due.to, 1 - intervalDays)),
  }
}

/** Where a keypad stands today. A finding stays until a clean inspection or 使用停止. */
export function inspectionStatus(
  due: string,
  today: string,
  lastResult: 'pass' | 'fail' | null,
): InspectionStatus {
  if (lastResult === 'fail') return 'failed'
  if (due < today) return 'overdue'
  return due <= addDays(today, SOON_DAYS) ? 'due-soon' : 'scheduled'
}

/** The due days of a status, as a range of dates; a finding is not told by its date. */
export function dueDaysOf(
  status: Exclude<InspectionStatus, 'failed'>,
  today: string,
): { from: string | null; to: string | null } {
  switch (status) {
    case 'overdue':
      return { from: null, to: addDays(today, -1) }
    case 'due-soon':
      return { from: today, to: addDays(today, SOON_DAYS) }
    case 'scheduled':
      return { from: addDays(today, SOON_DAYS + 1), to: null }
  }
}

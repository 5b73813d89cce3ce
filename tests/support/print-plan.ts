import { planTurns } from '../../src/main/domain/subscriptions/cycle-plan'
import { isBusinessDay } from '../../src/main/domain/calendar/business-days'

/** Prints five years of a monthly contract, for a look at it in another time zone. */
const plan = planTurns({
  rule: { kind: 'months', every: 1, day: 31 },
  anchor: '2026-01-31',
  shipping: {
    isOpen: isBusinessDay,
    leadDays: 1,
    prefer: 'earlier',
    generateDaysBefore: 3,
    changeDaysBefore: 6,
  },
  today: '2026-01-01',
  from: { index: 0, turn: 1, shippedOn: null },
  exceptions: new Map([[3, { kind: 'move', to: '2026-05-06' }]]),
  pause: { from: '2027-01-01', until: '2027-04-01' },
  count: 60,
  lastTurn: null,
})
process.stdout.write(JSON.stringify(plan))

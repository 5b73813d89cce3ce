import type { CycleRule } from '../../src/contract/cycle-rule'
import { isBusinessDay } from '../../src/main/domain/calendar/business-days'
import { anchorOf } from '../../src/main/domain/subscriptions/cycle-rule'
import { planTurns } from '../../src/main/domain/subscriptions/cycle-plan'

/** Prints twenty years of contracts with every kind of rule, for a look at them in another time zone. */
const RULES: readonly (readonly [CycleRule, number])[] = [
  [{ kind: 'months', every: 1, day: 31 }, 240],
  [{ kind: 'months', every: 2, day: 'last' }, 120],
  [{ kind: 'days', every: 45 }, 162],
  [{ kind: 'weeks', every: 3, weekday: 5 }, 347],
  [{ kind: 'month-weekday', every: 1, nth: 5, weekday: 2, missing: 'last' }, 240],
  [{ kind: 'month-weekday', every: 1, nth: 5, weekday: 7, missing: 'pass-over' }, 80],
]
const plans = RULES.map(([rule, count]) =>
  planTurns({
    rule,
    anchor: anchorOf(rule, '2026-01-10'),
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
    count,
    lastTurn: null,
  }),
)
process.stdout.write(JSON.stringify(plans))

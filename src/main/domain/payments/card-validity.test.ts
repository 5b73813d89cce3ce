import { describe, expect, it } from 'vitest'
import { cardValidity } from './card-validity'

describe('validity of a card', () => {
  it.each([
    ['2611', '2026-12-01', 'over'],
    ['2611', '2026-11-30', 'soon'],
    ['2612', '2026-11-01', 'soon'],
    ['2701', '2026-12-31', 'soon'],
    ['2701', '2026-11-30', 'good'],
    ['2512', '2026-01-01', 'over'],
    ['3012', '2026-11-28', 'good'],
  ] as const)('%s on %s: %s', (expiry, today, validity) => {
    expect(cardValidity(expiry, today)).toBe(validity)
  })
})

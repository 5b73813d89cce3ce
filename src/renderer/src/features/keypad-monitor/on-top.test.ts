import { describe, expect, it } from 'vitest'
import type { KeypadSummary } from '../../../../contract/keypad-monitor'
import { withOnTop } from './on-top'

const keypad = (id: string, state: KeypadSummary['state']): KeypadSummary => ({
  id,
  serial: id,
  model: null,
  cable: 'usb',
  state,
  stopReason: null,
  p2pe: 'active',
  shop: null,
  seat: null,
  firmware: null,
  lastSeenAt: 0,
  update: null,
})

describe('keypads that wait for an admin', () => {
  it('stand above the list, and once', () => {
    const fresh = [keypad('n1', 'unregistered'), keypad('n2', 'unregistered')]
    const rows = [keypad('a', 'waiting'), keypad('n2', 'unregistered'), keypad('b', 'stopped')]
    expect(withOnTop(fresh, rows).map((row) => row.id)).toEqual(['n1', 'n2', 'a', 'b'])
  })

  it('change nothing where there are none', () => {
    const rows = [keypad('a', 'waiting'), keypad('b', 'offline')]
    expect(withOnTop([], rows)).toEqual(rows)
  })
})

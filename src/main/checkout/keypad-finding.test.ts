import { describe, expect, it } from 'vitest'
import type { KeypadStatus, KeypadTrouble } from '../devices/keypad.port'
import { DEFAULT_SETTINGS } from '../features/settings/settings.service'
import { findingOf } from './keypad-finding'

const facts = { serial: '1', model: null, firmware: null, securityLevel: '3' }
const CONNECTION: KeypadTrouble[] = [
  'relay-unreachable',
  'relay-refused',
  'relay-protocol',
  'relay-pairing',
  'relay-pairing-locked',
  'certificate-changed',
  'tls-required',
  'simulator-refused',
  'not-found',
  'unplugged',
  'busy',
  'permission-denied',
]
const of = (status: KeypadStatus | 'off') => findingOf(status, DEFAULT_SETTINGS, null)

describe('what the connection test says', () => {
  it('a sentence and a next step of its own for each fault of a relay', () => {
    const found = CONNECTION.map((trouble) => of({ kind: 'trouble', trouble }))
    expect(found.map((finding) => finding?.cause)).toEqual(CONNECTION)
    expect(new Set(found.map((finding) => finding?.finding)).size).toBe(CONNECTION.length)
    expect(found.every((finding) => finding?.next.endsWith('。'))).toBe(true)
  })

  it('nothing when the keypad can be used, and who has it when it cannot', () => {
    expect(of({ kind: 'ready', facts })).toBeNull()
    const holder = { seat: '2番席', operator: '鈴木' }
    expect(of({ kind: 'in-use', facts, holder })?.finding).toContain('鈴木(2番席)')
    expect(of('off')?.next).toContain('OFF')
  })

  it('speaks of this PC where the keypad is on its own USB', () => {
    const usb = { ...DEFAULT_SETTINGS, connection: 'usb' as const }
    const finding = findingOf({ kind: 'trouble', trouble: 'not-found' }, usb, null)
    expect(finding?.finding).not.toContain('中継')
    expect(finding?.next).toContain('USBケーブル')
    const denied = findingOf({ kind: 'trouble', trouble: 'permission-denied' }, usb, null)
    expect(denied?.next).toContain('60-uketsuke-keypad.rules')
    const typing = findingOf({ kind: 'trouble', trouble: 'keyboard-mode' }, usb, null)
    expect(typing?.next).toContain('提供元の承諾')
  })
})

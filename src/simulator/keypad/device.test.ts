import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { FAULTS, VirtualKeypad } from './device'

const card = { pan: '4111111111111111', expiry: '3012' }
let folder = ''
const file = () => join(folder, 'ksn.json')
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'keypad-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const counterOf = (keypad: VirtualKeypad) => {
  const frame = Buffer.concat(keypad.key(card, 'C0', null).map((report) => report.data)).subarray(0, 101)
  return frame.readUIntBE(frame.length - 6, 3) & 0x1fffff
}

describe('the virtual keypad', () => {
  it('counts up over restarts and skips as DUKPT does', () => {
    expect(counterOf(new VirtualKeypad(file()))).toBe(1)
    expect(counterOf(new VirtualKeypad(file()))).toBe(2)
    const stored: { ksnBase: string } = JSON.parse(readFileSync(file(), 'utf8'))
    writeFileSync(file(), JSON.stringify({ ...stored, counter: 0b11111111110 }))
    expect(counterOf(new VirtualKeypad(file()))).toBe(0b100000000000)
  })

  it('says so when its keys are used up', () => {
    writeFileSync(file(), JSON.stringify({ ksnBase: 'FFFF9876543210E00000', counter: 2 ** 21 - 1 }))
    expect(() => new VirtualKeypad(file()).key(card, 'C0', null)).toThrow('keys are used up')
  })

  it('does not start from a damaged counter', () => {
    writeFileSync(file(), '{"counter":1}')
    expect(() => new VirtualKeypad(file())).toThrow('not a KSN counter')
  })

  it('takes published test cards only', () => {
    const keypad = new VirtualKeypad(file())
    expect(() => keypad.key({ ...card, pan: '4111111111111112' }, 'C0', null)).toThrow(
      'not a published test card',
    )
    expect(() => keypad.key({ ...card, expiry: '3013' }, 'C0', null)).toThrow('YYMM')
  })

  it('shows the number in no frame but the one that is meant to', () => {
    const keypad = new VirtualKeypad(file())
    for (const fault of [null, ...FAULTS]) {
      const bytes = Buffer.concat(keypad.key(card, 'C0', fault).map((report) => report.data))
      expect([fault, bytes.includes(card.pan)]).toEqual([fault, fault === 'plaintext'])
    }
  })
})

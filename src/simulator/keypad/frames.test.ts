import { describe, expect, it } from 'vitest'
import { keyedFrames } from '../../../tests/support/keypad-vectors'
import { decryptTdes, PUBLIC_TEST_BDK, workingKey } from '../dukpt'
import { enhancedFrame, originalFrame, swipeFrame } from './frames'
import { isTestCard, TEST_CARDS } from './test-cards'

const device = { serial: 'TEST000001', cipher: 'TDES' } as const
const [d12, d14] = keyedFrames
const hex = (bytes: Buffer) => bytes.toString('hex').toUpperCase()

describe('frames of the simulated keypad', () => {
  it('are the known ones, byte for byte', () => {
    if (d12 === undefined || d14 === undefined) throw new Error('vectors are missing')
    const ksn = (vector: typeof d12) => Buffer.from(vector.ksn, 'hex')
    expect(hex(enhancedFrame({ pan: d12.pan, expiry: d12.expiry }, ksn(d12), device))).toBe(d12.bytes)
    expect(hex(originalFrame({ pan: d14.pan, expiry: d14.expiry }, ksn(d14)))).toBe(d14.bytes)
  })

  it.each(TEST_CARDS.map((card) => [card.name, card.pan] as const))(
    'carry %s, readable only with the key',
    (_n, pan) => {
      const ksn = Buffer.from('FFFF9876543210E00007', 'hex')
      const frame = enhancedFrame({ pan, expiry: '3012' }, ksn, device)
      expect(frame.includes(pan)).toBe(false)
      const textBytes = frame[6] ?? 0
      const secret = frame.subarray(10 + textBytes, 10 + textBytes + Math.ceil(textBytes / 8) * 8)
      const text = decryptTdes(workingKey(PUBLIC_TEST_BDK, ksn, 'data'), secret).toString('latin1')
      expect(text.startsWith(`;${pan}=3012?`)).toBe(true)
      expect(swipeFrame({ pan, expiry: '3012' }, ksn, device).includes(pan)).toBe(false)
    },
  )
})

describe('test cards', () => {
  it('pass Luhn and no neighbour of theirs is taken', () => {
    for (const { pan } of TEST_CARDS) {
      const sum = [...pan].toReversed().reduce((total, digit, index) => {
        const value = Number(digit) * (index % 2 === 0 ? 1 : 2)
        return total + (value > 9 ? value - 9 : value)
      }, 0)
      expect(sum % 10).toBe(0)
      expect(isTestCard(pan)).toBe(true)
      expect(isTestCard(`${pan.slice(0, -1)}${(Number(pan.at(-1)) + 1) % 10}`)).toBe(false)
    }
    expect(isTestCard('')).toBe(false)
  })
})

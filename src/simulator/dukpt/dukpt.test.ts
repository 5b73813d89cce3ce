import { describe, expect, it } from 'vitest'
import { cipherVectors, keyedFrames, TEST_BDK, x924 } from '../../../tests/support/keypad-vectors'
import {
  decryptAes,
  decryptTdes,
  encryptAes,
  encryptTdes,
  initialKey,
  ksnWithCounter,
  MAX_COUNTER,
  nextCounter,
  PUBLIC_TEST_BDK,
  transactionKey,
  workingKey,
} from './index'

const bytes = (hex: string) => Buffer.from(hex, 'hex')
const hex = (buffer: Buffer) => buffer.toString('hex').toUpperCase()
const text = (buffer: Buffer) => buffer.toString('latin1').replace(/\0+$/, '')

describe('DUKPT', () => {
  it.each(cipherVectors.map((vector) => [vector.id, vector] as const))('%s decrypts', (_id, vector) => {
    const key = workingKey(PUBLIC_TEST_BDK, bytes(vector.ksn), vector.variant)
    if (vector.key !== null) expect(hex(key)).toBe(vector.key)
    expect(text(decryptTdes(key, bytes(vector.ciphertext)))).toBe(vector.plaintext)
    expect(hex(encryptTdes(key, Buffer.from(vector.plaintext, 'latin1')))).toBe(vector.ciphertext)
  })

  it('derives the initial key of X9.24-1', () => {
    expect(hex(PUBLIC_TEST_BDK)).toBe(TEST_BDK)
    expect(hex(initialKey(PUBLIC_TEST_BDK, bytes(x924.rows[0].ksn)))).toBe(x924.initialKey)
  })

  it.each(x924.rows.map((row) => [row.ksn, row] as const))('transaction key of %s', (ksn, row) => {
    expect(hex(transactionKey(PUBLIC_TEST_BDK, bytes(ksn)))).toBe(row.transactionKey)
    const data = encryptTdes(workingKey(PUBLIC_TEST_BDK, bytes(ksn), 'data'), Buffer.from(x924.plaintext))
    expect(hex(data)).toBe(row.dataRequest)
  })

  it.each(keyedFrames.map((vector) => [vector.id, vector] as const))(
    '%s carries its plaintext',
    (_id, vector) => {
      const key = workingKey(PUBLIC_TEST_BDK, bytes(vector.ksn), 'data')
      expect(text(decryptTdes(key, bytes(vector.ciphertext)))).toBe(vector.plaintext)
    },
  )

  it('AES under the data key comes back', () => {
    const key = workingKey(PUBLIC_TEST_BDK, bytes(x924.rows[4].ksn), 'data')
    expect(text(decryptAes(key, encryptAes(key, Buffer.from(';4111111111111111=3012?2'))))).toBe(
      ';4111111111111111=3012?2',
    )
  })
})

describe('the KSN counter', () => {
  it('skips values with more than ten one-bits and ends', () => {
    expect(nextCounter(0)).toBe(1)
    expect(nextCounter(0b11111111110)).toBe(0b100000000000)
    expect(nextCounter(0b111111111100000000000)).toBeNull()
    expect(nextCounter(MAX_COUNTER)).toBeNull()
  })

  it('replaces only the counter bits', () => {
    expect(hex(ksnWithCounter('FFFF9876543210FFFFFF', 5))).toBe('FFFF9876543210E00005')
  })
})

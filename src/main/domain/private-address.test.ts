import { describe, expect, it } from 'vitest'
import { isLoopbackAddress, isPrivateAddress } from './private-address'

describe('isPrivateAddress', () => {
  it.each([
    '127.0.0.1',
    '127.255.255.254',
    '10.0.0.1',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.1.20',
    '169.254.3.4',
    '::1',
    '0:0:0:0:0:0:0:1',
    'fd00::1',
    'FC00::abcd',
    'fe80::1',
    'fe80::1%eth0',
    'febf::1',
  ])('accepts %s', (address) => expect(isPrivateAddress(address)).toBe(true))

  it.each([
    '',
    'localhost',
    '0.0.0.0',
    '8.8.8.8',
    '172.15.0.1',
    '172.32.0.1',
    '192.169.0.1',
    '11.0.0.1',
    '100.64.0.1',
    '0177.0.0.1',
    '127.1',
    '10.1',
    '2130706433',
    '0x7f.0.0.1',
    '0x7f000001',
    '010.0.0.1',
    '10.0.0.256',
    '10.0.0.1.evil.com',
    '10.0.0.1 ',
    ' 10.0.0.1',
    '10.0.0.1\n',
    '10.0.0.1:80',
    '10.0.0.1/8',
    '[::1]',
    '::ffff:8.8.8.8',
    '::ffff:127.0.0.1',
    '::ffff:7f00:1',
    '::ffff:808:808',
    '::',
    ':::1',
    '1::2::3',
    '2001:db8::1',
    'fec0::1',
    'fe80::1%',
    'fe80::1%eth0%x',
    'fd00::1%eth0',
    '::1%lo',
    '12345::1',
    '0:0:0:0:0:0:1',
    '１０.０.０.１',
    '١٠.0.0.1',
  ])('refuses %j', (address) => expect(isPrivateAddress(address)).toBe(false))
})

describe('isLoopbackAddress', () => {
  it('knows this PC from its network', () => {
    expect(['127.0.0.1', '127.8.8.8', '::1'].every(isLoopbackAddress)).toBe(true)
    expect(['10.0.0.1', 'fe80::1', '::', '::2', 'localhost', '127.1'].some(isLoopbackAddress)).toBe(false)
  })
})

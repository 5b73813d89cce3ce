import { expect, it } from 'vitest'
import { mailFaults } from './mail-settings.service'

const values = {
  providerAddress: 'provider@example.jp',
  senderAddress: 'shop@example.jp',
  host: 'smtp.example.jp',
  port: 465,
  tls: 'tls' as const,
  user: '',
}
const paths = (...of: Parameters<typeof mailFaults>) => mailFaults(...of).map(({ path }) => path)

it('a user needs a password, and nothing goes over a network in clear', () => {
  expect(paths(values, false, 'production')).toEqual([])
  expect(paths({ ...values, user: 'desk' }, false, 'production')).toEqual(['password'])
  expect(paths({ ...values, tls: 'none' }, false, 'training')).toEqual(['tls'])
  expect(paths({ ...values, tls: 'none', host: '127.0.0.1' }, false, 'production')).toEqual(['tls'])
  expect(paths({ ...values, tls: 'none', host: '127.0.0.1' }, false, 'training')).toEqual([])
})

it.each(['1000001', 'smtp example', 'https://smtp.example.jp', '-x', 'user@host', '東京'])(
  'takes no %s for a server',
  (host) => expect(paths({ ...values, host }, false, 'production')).toEqual(['host']),
)

it.each(['smtp.example.jp', 'mail1', '192.168.1.10', '::1', ''])('takes %j', (host) =>
  expect(paths({ ...values, host }, false, 'production')).toEqual([]),
)

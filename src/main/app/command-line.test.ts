import { describe, expect, it } from 'vitest'
import { parseCommandLine } from './command-line'

describe('the command line', () => {
  it.each<[string, readonly string[], boolean, readonly string[] | null]>([
    ['in development', ['electron', '.', 'relay', '--listen', '10.0.0.5'], true, ['--listen', '10.0.0.5']],
    ['with switches', ['electron', '--no-sandbox', '.', '--profile=/p', 'relay'], true, []],
    ['packaged', ['uketsuke', 'relay', '--listen=10.0.0.5'], false, ['--listen=10.0.0.5']],
    ['an app in a folder of that name', ['electron', 'relay'], true, null],
    ['the desk', ['electron', '.', '--sample'], true, null],
    ['a packaged desk', ['uketsuke'], false, null],
  ])('tells the relay from the desk: %s', (_what, argv, isDefaultApp, relay) => {
    expect(parseCommandLine(argv, isDefaultApp).relay).toEqual(relay)
  })

  it('knows the run of 定期 by its word', () => {
    const argv = ['uketsuke', '--profile=/p', 'run-subscriptions', '--date', '2026-11-28', '--dry-run']
    expect(parseCommandLine(argv, false)).toMatchObject({
      profileFolder: '/p',
      relay: null,
      runSubscriptions: ['--date', '2026-11-28', '--dry-run'],
    })
  })

  it.each([
    [['electron', '.', '--profile=/p']],
    [['electron', '.', 'relay', '--profile', '/p', '--listen', '10.0.0.5']],
  ])('finds the profile: %s', (argv) => {
    expect(parseCommandLine(argv, true).profileFolder).toBe('/p')
  })
})

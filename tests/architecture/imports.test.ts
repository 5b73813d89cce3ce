import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { parseSync } from 'oxc-parser'
import { describe, expect, it } from 'vitest'
import { breachesOf, roomOf, type FileImports } from './rooms'

const SRC = resolve(import.meta.dirname, '../../src')

function sourceFiles(): string[] {
  return readdirSync(SRC, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name) && !/\.(test|d)\.tsx?$/.test(entry.name))
    .map((entry) => relative(SRC, join(entry.parentPath, entry.name)))
}

/** Every module that a file names: imports, re-exports and imports made while running. */
function importsOf(file: string): FileImports {
  const { module } = parseSync(file, readFileSync(join(SRC, file), 'utf8'))
  const names = [
    ...module.staticImports.map((found) => found.moduleRequest.value),
    ...module.staticExports.flatMap((found) =>
      found.entries.flatMap((entry) => entry.moduleRequest?.value ?? []),
    ),
  ]
  const targets = names.map((name) =>
    name.startsWith('.') ? relative(SRC, resolve(SRC, dirname(file), name)) : name,
  )
  return { file, targets }
}

const files = sourceFiles()

describe('the rooms of the house', () => {
  it('has a room for every file', () => {
    expect(files.length).toBeGreaterThan(50)
    expect(files.filter((file) => roomOf(file) === null)).toEqual([])
  })

  it('imports only what each room may import', () => {
    expect(files.map(importsOf).flatMap(breachesOf)).toEqual([])
  })

  it.each([
    ['renderer/src/x.ts', 'main/domain/card-frame'],
    ['renderer/src/x.ts', 'node:fs'],
    ['contract/x.ts', 'main/platform/ids'],
    ['contract/x.ts', 'kysely'],
    ['main/domain/x.ts', 'main/db/errors'],
    ['main/devices/x.ts', 'main/checkout/deps'],
    ['main/checkout/x.ts', 'main/devices/relay/relay-keypad'],
    ['main/checkout/x.ts', 'main/gateways/http-service/http-payment-service'],
    ['main/features/orders/x.ts', 'main/features/customers/customers.repository'],
    ['main/features/customers/x.ts', 'main/features/orders/orders.service'],
    ['main/features/orders/x.ts', 'main/devices/keypad.port'],
    ['main/rpc/x.ts', 'main/db/errors'],
    ['main/index.ts', 'simulator/keypad/main'],
    ['simulator/acquirer/x.ts', 'main/domain/card-frame'],
    ['preload/index.ts', 'main/security/origin'],
    ['main/features/orders/x.ts', 'electron'],
  ])('would catch %s importing %s', (file, target) => {
    expect(breachesOf({ file, targets: [target] })).toHaveLength(1)
  })
})

import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { isContractProcedure, oc, type AnyContractProcedure } from '@orpc/contract'
import { describe, expect, it } from 'vitest'
import { contract } from '../../src/contract'
import { commonErrors } from '../../src/contract/procedure'
import { accessOf } from '../../src/main/rpc/handler'

interface Named {
  readonly name: string
  readonly procedure: AnyContractProcedure
}

/** Every procedure below a node of a contract, by its dotted name. */
function proceduresOf(node: unknown, path: readonly string[] = []): Named[] {
  if (isContractProcedure(node)) return [{ name: path.join('.'), procedure: node }]
  if (typeof node !== 'object' || node === null) return []
  return Object.entries(node).flatMap(([key, child]) => proceduresOf(child, [...path, key]))
}

const withoutAccess = (node: unknown): string[] =>
  proceduresOf(node)
    .filter(({ procedure }) => accessOf(procedure) === undefined)
    .map(({ name }) => name)

const all = proceduresOf(contract)

/** Codes that the sources of main refuse with. */
function refusalCodes(): string[] {
  const main = resolve(import.meta.dirname, '../../src/main')
  const codes = readdirSync(main, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts') && !entry.name.endsWith('.test.ts'))
    .flatMap((entry) => [
      ...readFileSync(join(entry.parentPath, entry.name), 'utf8').matchAll(
        /new Refusal\(\s*(?:'([^']*)'|([^')]))/g,
      ),
    ])
    .map((found) => found[1] ?? `not a plain code: ${found[2]}`)
  return [...new Set(codes)]
}

describe('the contract', () => {
  it('says of every procedure who may call it', () => {
    expect(all.length).toBeGreaterThan(25)
    expect(withoutAccess(contract)).toEqual([])
  })

  it('would show a procedure without a rule, and one with an unknown rule', () => {
    const broken = {
      orders: {
        list: oc.$meta({}),
        get: oc.$meta({ access: 'everybody' }),
        fine: oc.$meta({ access: 'order.read' }),
      },
    }
    expect(withoutAccess(broken)).toEqual(['orders.list', 'orders.get'])
  })

  it('leaves open to everybody only what the doors need', () => {
    const open = all.filter(({ procedure }) => accessOf(procedure) === 'public').map(({ name }) => name)
    expect(open.toSorted()).toEqual([
      'auth.firstRun',
      'auth.session',
      'auth.signIn',
      'system.info',
      'system.reportCrash',
    ])
  })

  it('declares the common refusals at every procedure', () => {
    const common = Object.keys(commonErrors)
    const missing = all.filter(({ procedure }) =>
      common.some((code) => !(code in procedure['~orpc'].errorMap)),
    )
    expect(missing.map(({ name }) => name)).toEqual([])
  })

  it('declares every code that main refuses with, each with a sentence for the screen', () => {
    const declared = new Map<string, string | undefined>()
    for (const { procedure } of all) {
      for (const [code, item] of Object.entries(procedure['~orpc'].errorMap)) {
        declared.set(code, item instanceof Object && 'message' in item ? String(item.message) : undefined)
      }
    }
    const used = refusalCodes()
    expect(used.length).toBeGreaterThan(8)
    expect(used.filter((code) => !declared.has(code))).toEqual([])
    expect([...declared].filter(([, message]) => !message).map(([code]) => code)).toEqual([])
  })

  it('describes the output of every procedure, so that nothing unknown leaves main', () => {
    const shapeless = all.filter(({ procedure }) => procedure['~orpc'].outputSchema === undefined)
    expect(shapeless.map(({ name }) => name)).toEqual([])
  })
})

import { isContractProcedure, type AnyContractProcedure } from '@orpc/contract'

/** A procedure of the contract with its place. */
export interface Named {
  readonly path: readonly string[]
  readonly name: string
  readonly procedure: AnyContractProcedure
}

/** All procedures below a node of the contract. */
export function proceduresOf(node: unknown, path: readonly string[] = []): Named[] {
  if (isContractProcedure(node)) return [{ path, name: path.join('.'), procedure: node }]
  if (typeof node !== 'object' || node === null) return []
  return Object.entries(node).flatMap(([key, child]) => proceduresOf(child, [...path, key]))
}

/** True for the answer of a procedure that tells events. */
export function isStream(value: unknown): value is AsyncGenerator<unknown, unknown, undefined> {
  return typeof value === 'object' && value !== null && Symbol.asyncIterator in value && 'return' in value
}

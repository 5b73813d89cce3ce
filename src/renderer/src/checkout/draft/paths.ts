import type { CheckoutForm } from '../../../../contract/checkout'
import type { Fault } from './calls'

/** The value at a dotted path such as `customer.fields.phone`; undefined where the path ends early. */
export function valueAt(form: CheckoutForm, path: string): unknown {
  let value: unknown = form
  for (const key of path.split('.')) {
    if (typeof value !== 'object' || value === null || !(key in value)) return undefined
    value = Object.entries(value).find(([name]) => name === key)?.[1]
  }
  return value
}

/** Faults that still stand after an edit: a field that was touched gets another chance. */
export const remainingFaults = (
  faults: readonly Fault[],
  before: CheckoutForm,
  after: CheckoutForm,
): readonly Fault[] => faults.filter(({ path }) => valueAt(before, path) === valueAt(after, path))

/** True when both forms hold the same, whatever the order of their keys. */
export function sameForm(left: unknown, right: unknown): boolean {
  if (Object.is(left, right)) return true
  if (typeof left !== 'object' || typeof right !== 'object' || left === null || right === null) return false
  const own = Object.entries(left)
  const other = new Map(Object.entries(right))
  return (
    own.length === other.size &&
    own.every(([key, value]) => other.has(key) && sameForm(value, other.get(key)))
  )
}

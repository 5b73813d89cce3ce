export interface Rebased<T> {
  /** What the form shows now: the newest values under the person's own changes. */
  readonly values: T
  /** Fields that both changed, and differently: the person decides. */
  readonly clashes: (keyof T & string)[]
}

/** The same value, or lists and records of the same content. */
const same = (one: unknown, other: unknown): boolean =>
  Object.is(one, other) ||
  (typeof one === 'object' && typeof other === 'object' && JSON.stringify(one) === JSON.stringify(other))

/**
 * Lays a person's changes over a newer version of the same record. Fields that only the other screen changed
 * follow it; fields that both changed keep what was typed here and are named.
 */
export function rebase<T extends object>(before: T, typed: T, latest: T): Rebased<T> {
  const values = { ...latest }
  const clashes: (keyof T & string)[] = []
  for (const key in latest) {
    if (same(typed[key], before[key])) continue
    values[key] = typed[key]
    if (!same(latest[key], before[key]) && !same(latest[key], typed[key])) clashes.push(key)
  }
  return { values, clashes }
}

/** True when every field of both records is the same. */
export function isSame<T extends object>(one: T, other: T): boolean {
  for (const key in one) if (!same(one[key], other[key])) return false
  return true
}

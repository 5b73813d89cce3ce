import fc from 'fast-check'
import { z } from 'zod'

const HOSTILE_TEXT = [
  '',
  ' ',
  '\u0000',
  'a\u0000b\u001b[2J\u007f',
  '\u202e\u200b\ufeff',
  '\ud800',
  '𠮷'.repeat(40),
  "' OR 1=1; DROP TABLE customers; --",
  '" NEAR(* ^ AND NOT (',
  '%_\\%',
  '*',
  '<img src=x onerror=alert(1)>',
  '../../../../etc/passwd',
  'C:\\Windows\\System32',
  'file:///etc/passwd',
  '${7*7}{{7*7}}',
  '__proto__',
  'constructor',
  '-1',
  '1e309',
  '٣٤٥',
  'x'.repeat(200_000),
  'eyJhZnRlciI6WzFdfQ==',
  'bm90IGpzb24',
  'null',
  '[]',
]
const PLAIN_TEXT = [
  'さとう',
  'サトウ カズコ',
  '0312345678',
  '1000001',
  '東京都',
  'A101',
  '2026-02-28',
  '2026-02-30',
  '2026-11',
  '9999-12-31',
  '0000-01-01',
  '127.0.0.1',
  'someone@example.jp',
  'Wrong-Password-2026',
  '00000000-0000-4000-8000-000000000000',
]
const NUMBERS = [
  0,
  -0,
  1,
  2,
  3,
  50,
  200,
  999,
  1_000,
  65_535,
  -1,
  1.5,
  2 ** 31,
  2 ** 53,
  Infinity,
  -Infinity,
  NaN,
]

const deep = () => {
  let value: unknown = 'end'
  for (let level = 0; level < 500; level += 1) value = level % 2 ? [value] : { a: value }
  return value
}
const polluted = () =>
  JSON.parse('{"__proto__":{"access":"public"},"constructor":{"prototype":{}}}') as unknown

/** Anything at all, most of it of the wrong kind. */
export const hostile: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(null, undefined, true, false, [], {}, ...NUMBERS, ...HOSTILE_TEXT),
  fc.constantFrom<() => unknown>(deep, polluted).map((make) => make()),
  fc.constantFrom<unknown>(10n ** 30n, new Date(NaN), new Date(0), /(a+)+$/, new Set([1]), new Map([[1, 2]])),
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.anything({ maxDepth: 3, withNullPrototype: false }).map((value) => plainOf(value)),
)

/** What JSON can carry of a value. */
function plainOf(value: unknown): unknown {
  try {
    return JSON.parse(JSON.stringify(value) ?? 'null') as unknown
  } catch {
    return null
  }
}

type Spoilt = (good: fc.Arbitrary<unknown>) => fc.Arbitrary<unknown>

const nowAndThen: Spoilt = (good) =>
  fc.oneof({ arbitrary: good, weight: 24 }, { arbitrary: hostile, weight: 1 })

/**
 * Input for a schema: mostly values that it lets through (so that the procedure itself meets them), some not. `known`
 * are ids and words that the desk has given out.
 */
export function inputFor(schema: unknown, known: readonly string[]): fc.Arbitrary<unknown> {
  return arbitraryOf(schema, known, nowAndThen)
}

/** Tries until an input is found that the schema takes: a form with thirty checked fields seldom fits at once. */
const TRIES = 400

/** Inputs that get past the check of the input; fewer than asked for when chance finds none. */
export function soundInputs(
  schema: unknown,
  known: readonly string[],
  { count, seed }: { count: number; seed: number },
): unknown[] {
  const arbitrary = arbitraryOf(schema, known, (good) => good)
  const found: unknown[] = []
  for (let tries = 0; found.length < count && tries < TRIES; tries++) {
    const [input] = fc.sample(arbitrary, { numRuns: 1, seed: seed + tries })
    if (!(schema instanceof z.ZodType) || schema.safeParse(input).success) found.push(input)
  }
  return found
}

function arbitraryOf(schema: unknown, known: readonly string[], spoilt: Spoilt): fc.Arbitrary<unknown> {
  const inner = (part: unknown) => arbitraryOf(part, known, spoilt)
  if (schema instanceof z.ZodObject) {
    const shape: Record<string, unknown> = schema.shape
    const fields = Object.fromEntries(Object.entries(shape).map(([key, field]) => [key, inner(field)]))
    return spoilt(fc.record(fields))
  }
  if (schema instanceof z.ZodArray) return spoilt(fc.array(inner(schema.element), { maxLength: 4 }))
  if (schema instanceof z.ZodDefault || schema instanceof z.ZodOptional)
    return fc.oneof(inner(schema.unwrap()), fc.constant(undefined))
  if (schema instanceof z.ZodNullable) return fc.oneof(inner(schema.unwrap()), fc.constant(null))
  if (schema instanceof z.ZodUnion) return fc.oneof(...schema.options.map((option) => inner(option)))
  if (schema instanceof z.ZodLiteral) return spoilt(fc.constantFrom<unknown>(...schema.values))
  if (schema instanceof z.ZodEnum) return spoilt(fc.constantFrom<unknown>(...schema.options))
  if (!(schema instanceof z.ZodType)) return hostile
  const pool = [...known, ...known, ...known, ...PLAIN_TEXT, ...HOSTILE_TEXT, ...NUMBERS, true, false]
  const fitting = pool.filter((value) => schema.safeParse(value).success)
  return fitting.length === 0 ? hostile : spoilt(fc.constantFrom<unknown>(...fitting))
}

// @ts-check
/**
 * `node scripts/build-phone-areas.mjs`: writes src/contract/phone-areas.ts, how long the area code (市外局番) of a
 * fixed line is, from the metadata of a packaged source. Run by hand; its result is committed.
 */
import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ROOT } from './lib/paths.mjs'
import { must, say } from './lib/run.mjs'

const SOURCE = 'libphonenumber-js@1.13.16'
const INTEGRITY = 'tIOCM9yx2Go6d5/ZANe0K+G4AZek1Ymx81HxQpf19Sri4zMP95eQbKdnUGHAvFQ4nx0PeLhFqvAfisTADXj3tQ=='
/** Length that most area codes have, the leading 0 included: left out of the table. */
const USUAL = 4
const DIGITS = 6

const work = mkdtempSync(join(tmpdir(), 'uketsuke-phones-'))
try {
  const packed = await must('npm', ['pack', '--silent', SOURCE], { cwd: work, collect: true })
  const archive = join(work, packed.trim().split('\n').at(-1) ?? '')
  if (createHash('sha512').update(readFileSync(archive)).digest('base64') !== INTEGRITY) {
    throw new Error(`${archive} is not the package that was looked at`)
  }
  await must('tar', ['xzf', archive, '-C', work])
  const metadata = JSON.parse(readFileSync(join(work, 'package', 'metadata.max.json'), 'utf8'))
  const areas = collapse(areaLengths(metadata.countries.JP[4]))
  const line = (/** @type {number} */ length) =>
    `  ${length}: '${areas
      .filter(([, size]) => size === length)
      .map(([prefix]) => prefix)
      .join(' ')}',`
  writeFileSync(
    join(ROOT, 'src', 'contract', 'phone-areas.ts'),
    `// Written by scripts/build-phone-areas.mjs from ${SOURCE} (MIT; its data from Google's libphonenumber, Apache-2.0).\n` +
      `/** Beginnings of fixed-line numbers after the 0, by the length of their area code with the 0. All others have ${USUAL}. */\n` +
      `export const PHONE_AREAS = {\n${[2, 3, 5].map(line).join('\n')}\n} as const\n`,
  )
  say(`phone areas: ${areas.length} beginnings`)
} finally {
  rmSync(work, { recursive: true, force: true })
}

/** Length of the area code for every beginning of six digits, as the formats of nine-digit numbers say. */
function areaLengths(/** @type {[string, string, string[]][]} */ formats) {
  const rules = formats
    .map(([pattern, , leading]) => ({
      sizes: [...pattern.matchAll(/\\d(?:\{(\d)\})?/g)].map((group) => Number(group[1] ?? 1)),
      begins: new RegExp(`^(?:${leading.at(-1)})`),
    }))
    .filter(({ sizes }) => sizes.reduce((sum, size) => sum + size, 0) === 9)
  return Array.from({ length: 10 ** DIGITS }, (_, number) => {
    const digits = String(number).padStart(DIGITS, '0')
    const rule = rules.find(({ begins }) => begins.test(`${digits}000`))
    return rule?.sizes[0] === undefined ? USUAL : rule.sizes[0] + 1
  })
}

/** The shortest beginnings below which every number has the same length, without the usual one. */
function collapse(/** @type {number[]} */ lengths) {
  /** @type {[string, number][]} */
  const areas = []
  const walk = (/** @type {string} */ prefix) => {
    const span = 10 ** (DIGITS - prefix.length)
    const from = Number(prefix.padEnd(DIGITS, '0'))
    const below = new Set(lengths.slice(from, from + span))
    const [only] = below
    if (below.size > 1 || only === undefined)
      for (let digit = 0; digit < 10; digit++) walk(`${prefix}${digit}`)
    else if (only !== USUAL) areas.push([prefix, only])
  }
  for (let digit = 1; digit < 10; digit++) walk(String(digit))
  return areas
}

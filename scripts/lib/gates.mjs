// @ts-check
import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { ROOT } from './paths.mjs'
import { run, say } from './run.mjs'

/** @typedef {{ passed: number, failed: number, skipped: string[] }} Counts */
/** @typedef {{ name: string, run: () => Promise<Counts> }} Gate */

const tool = (/** @type {string} */ path) => join(ROOT, 'node_modules', path)
const reports = join(ROOT, 'out', 'reports')

/** A gate that is one command: it passes or fails as a whole. @returns {Gate} */
export function commandGate(
  /** @type {string} */ name,
  /** @type {string} */ command,
  /** @type {string[]} */ args,
) {
  return {
    name,
    async run() {
      const { code, output } = await run(command, args, { cwd: ROOT, collect: true })
      if (code !== 0) say(`\n── ${name} ──\n${output}`)
      return { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: [] }
    },
  }
}

export const types = () => commandGate('types', process.execPath, [tool('typescript/bin/tsc'), '-b'])
export const lint = () =>
  commandGate('lint', process.execPath, [tool('oxlint/bin/oxlint'), '--deny-warnings'])
export const format = () => commandGate('format', process.execPath, [tool('oxfmt/bin/oxfmt'), '--check'])

const VitestReport = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  testResults: z.array(
    z.object({
      status: z.string(),
      assertionResults: z.array(z.object({ status: z.string(), fullName: z.string() })),
    }),
  ),
})

/**
 * A vitest project, or the part of its files that `shard` names. A file that fails to load counts as one failure; no tests
 * at all is a failure too. @returns {Gate}
 */
export function vitestGate(
  /** @type {string} */ project,
  /** @type {Record<string, string>} */ env = {},
  /** @type {{ index: number, count: number } | null} */ shard = null,
) {
  const name = shard === null ? project : `${project} ${shard.index}/${shard.count}`
  return {
    name,
    async run() {
      mkdirSync(reports, { recursive: true })
      const file = join(reports, `${shard === null ? project : `${project}-${shard.index}`}.json`)
      rmSync(file, { force: true })
      const args = [
        tool('vitest/vitest.mjs'),
        'run',
        '--project',
        project,
        ...(shard === null ? [] : [`--shard=${shard.index}/${shard.count}`]),
        '--reporter=dot',
        '--reporter=json',
        `--outputFile.json=${file}`,
      ]
      const { code, output } = await run(process.execPath, args, {
        cwd: ROOT,
        collect: true,
        env: { ...process.env, ...env },
      })
      const counts = readReport(file, (text) => {
        const report = VitestReport.parse(text)
        const brokenFiles = report.testResults.filter(
          (result) => result.status === 'failed' && result.assertionResults.length === 0,
        )
        const skipped = report.testResults
          .flatMap((result) => result.assertionResults)
          .filter((test) => !['passed', 'failed'].includes(test.status))
          .map((test) => test.fullName)
        return { passed: report.numPassedTests, failed: report.numFailedTests + brokenFiles.length, skipped }
      })
      return judged(name, code, output, counts)
    },
  }
}

/** So many processes for the integration tests: each reads the program anew, and none is so long that the end waits for it. */
const SHARDS = 6

/** The files of a project that take one after the other, in parts that lanes share out. @returns {Gate[]} */
export const vitestShards = (/** @type {string} */ project, /** @type {Record<string, string>} */ env) =>
  Array.from({ length: SHARDS }, (_, at) => vitestGate(project, env, { index: at + 1, count: SHARDS }))

const PlaywrightReport = z.object({
  stats: z.object({ expected: z.number(), unexpected: z.number(), flaky: z.number(), skipped: z.number() }),
})

/** So many files are one gate: small enough to be shared out well, and few enough to be worth a start of the runner. */
const FILES_A_GATE = 4

/**
 * The end-to-end tests on the built desk, a few files a gate. Lanes that take their gates from one iterator share them
 * out; at no time may more of them run than there are `displays`. A flaky test counts as failed. @returns {Gate[]}
 */
export function playwrightGates(
  /** @type {Record<string, string>} */ env,
  /** @type {Record<string, string>[]} */ displays,
) {
  const free = [...displays]
  const files = readdirSync(join(ROOT, 'tests', 'e2e'))
    .filter((name) => name.endsWith('.spec.ts'))
    .sort()
  const count = Math.ceil(files.length / FILES_A_GATE)
  return Array.from({ length: count }, (_, index) => {
    // Neighbours by name are alike in length: each gate gets some of all.
    const own = files.filter((_, at) => at % count === index)
    return {
      name: `e2e ${index + 1}/${count}`,
      async run() {
        const display = free.shift()
        if (display === undefined) throw new Error('more end-to-end tests side by side than displays')
        const counts = await runPlaywright(`e2e-${index + 1}`, own, { ...env, ...display })
        free.push(display)
        return counts
      },
    }
  })
}

/** @returns {Promise<Counts>} */
async function runPlaywright(
  /** @type {string} */ name,
  /** @type {string[]} */ files,
  /** @type {Record<string, string>} */ env,
) {
  mkdirSync(reports, { recursive: true })
  const file = join(reports, `${name}.json`)
  rmSync(file, { force: true })
  const args = [
    tool('@playwright/test/cli.js'),
    'test',
    ...files.map((spec) => `tests/e2e/${spec}`),
    '--reporter=list,json',
    `--output=${join('test-results', name)}`,
  ]
  const { code, output } = await run(process.execPath, args, {
    cwd: ROOT,
    collect: true,
    env: { ...process.env, ...env, PLAYWRIGHT_JSON_OUTPUT_FILE: file },
  })
  const counts = readReport(file, (text) => {
    const { stats } = PlaywrightReport.parse(text)
    const skipped = Array.from(
      { length: stats.skipped },
      (_, index) => `${name} test ${index + 1} (see the list above)`,
    )
    return { passed: stats.expected, failed: stats.unexpected + stats.flaky, skipped }
  })
  return judged(name, code, output, counts)
}

/** A script of ours that ends with "N passed, N failed" and, where it could not run, says so. @returns {Gate} */
export function scriptGate(/** @type {string} */ name, /** @type {string} */ script) {
  return {
    name,
    async run() {
      const { code, output } = await run(process.execPath, [join(ROOT, 'scripts', script)], {
        cwd: ROOT,
        collect: true,
      })
      const [, passed = '0', failed = '0', skipped] =
        /(\d+) passed, (\d+) failed(, \d+ skipped)?\s*$/.exec(output) ?? []
      if (skipped !== undefined && code === 0) {
        return { passed: Number(passed), failed: Number(failed), skipped: [`${name}: ${output.trim()}`] }
      }
      return judged(name, code, output, { passed: Number(passed), failed: Number(failed), skipped: [] })
    },
  }
}

/** @returns {Counts | null} */
function readReport(/** @type {string} */ file, /** @type {(json: unknown) => Counts} */ read) {
  try {
    return read(JSON.parse(readFileSync(file, 'utf8')))
  } catch {
    return null
  }
}

/** A runner that crashed, or ran nothing, has failed whatever it counted. @returns {Counts} */
export function judged(
  /** @type {string} */ name,
  /** @type {number} */ code,
  /** @type {string} */ output,
  /** @type {Counts | null} */ counts,
) {
  const sound = counts !== null && counts.passed + counts.failed > 0 && (code === 0) === (counts.failed === 0)
  const result = sound
    ? counts
    : {
        passed: counts?.passed ?? 0,
        failed: Math.max(1, counts?.failed ?? 0),
        skipped: counts?.skipped ?? [],
      }
  if (result.failed > 0) say(`\n── ${name} ──\n${output}`)
  return result
}

/** One lane's gates: its own, and after them what the other lanes have left of those that it shares with them. */
export function* inTurn(/** @type {Iterable<Gate>[]} */ ...groups) {
  for (const group of groups) yield* group
}

/** Runs gates in lanes side by side, a line each, and adds up what they counted. */
export async function runGates(/** @type {Iterable<Gate>[]} */ lanes) {
  /** @type {Counts} */
  const total = { passed: 0, failed: 0, skipped: [] }
  await Promise.all(
    lanes.map(async (lane) => {
      for (const gate of lane) {
        const startedAt = performance.now()
        const counts = await gate.run()
        const seconds = ((performance.now() - startedAt) / 1000).toFixed(1)
        say(
          `${counts.failed === 0 ? '✓' : '✗'} ${gate.name}: ${counts.passed} passed, ${counts.failed} failed (${seconds} s)`,
        )
        total.passed += counts.passed
        total.failed += counts.failed
        total.skipped.push(...counts.skipped)
      }
    }),
  )
  return total
}

/** The closing line, after a loud list of what did not run. */
export function conclude(/** @type {Counts} */ total) {
  for (const name of total.skipped) say(`SKIPPED: ${name}`)
  const skipped = total.skipped.length > 0 ? `, ${total.skipped.length} skipped` : ''
  process.stdout.write(`${total.passed} passed, ${total.failed} failed${skipped}\n`)
  process.exitCode = total.failed === 0 ? 0 : 1
}

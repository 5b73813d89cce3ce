// @ts-check
/**
 * The desk's HID code against virtual keypads, on the real kernel driver, in a small machine booted for it.
 *   node scripts/test-hid.mjs                  the tests
 *   node scripts/test-hid.mjs --plant <fault>  the same with a fault in the receiver: must fail
 *   node scripts/test-hid.mjs --prove          passes only when the tests see every fault
 */
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { ensurePackages } from './lib/packages.mjs'
import { ROOT } from './lib/paths.mjs'
import { say } from './lib/run.mjs'
import { GUEST_FOLDER, prepareVm, runVm } from './lib/vm.mjs'

const LIMIT_MS = { boot: 60_000, run: 110_000 }
/** After this long a test with a planted fault waits for what never comes. */
const PLANTED_HANG_MS = 10_000
/** What the machine said, of the last time. */
const CONSOLE = join(ROOT, 'out', 'reports', 'hid-machine.log')
/** The run without a fault. */
const CLEAN = 'clean'

/** @typedef {{ name: string, passed: boolean, ms: number, error: string | null }} Result */
/** @typedef {{ results: Result[], ended: boolean }} Run */

const { values } = parseArgs({ options: { plant: { type: 'string' }, prove: { type: 'boolean' } } })
await ensurePackages()
const { z } = await import('zod')
const { PLANTS, plantPlugin } = await import('./lib/hid-plants.mjs')

const Line = z.object({
  run: z.string(),
  end: z.literal(true).optional(),
  name: z.string().optional(),
  passed: z.boolean().optional(),
  ms: z.number().optional(),
  error: z.string().nullable().optional(),
})

if (values.plant !== undefined && !(values.plant in PLANTS)) {
  throw new Error(`--plant takes ${Object.keys(PLANTS).join(', ')}`)
}
const vm = await prepareVm()
if (vm.ready) await main(vm.kernel)
else skip(vm.reason)

async function main(/** @type {import('./lib/vm-kernel.mjs').Kernel} */ kernel) {
  const names = values.prove ? [CLEAN, ...Object.keys(PLANTS)] : [values.plant ?? CLEAN]
  const folder = mkdtempSync(join(tmpdir(), 'uketsuke-hid-'))
  try {
    for (const name of names) await bundle(name, join(folder, name))
    const runs = await runInMachine(kernel, folder, names)
    if (values.prove) prove(runs)
    else conclude(names[0] ?? CLEAN, runs)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** One folder of plain modules: reading hundreds of small files from inside the machine is slow. */
async function bundle(/** @type {string} */ name, /** @type {string} */ outDir) {
  const entry = (/** @type {string} */ file) => join(ROOT, 'tests', 'hid', `${file}.ts`)
  const input = Object.fromEntries(['run', 'emulator', 'desk', 'reporter'].map((file) => [file, entry(file)]))
  const { build } = await import('vite')
  const plant = PLANTS[name]
  await build({
    configFile: false,
    logLevel: 'error',
    root: ROOT,
    plugins: plant === undefined ? [] : [plantPlugin(plant)],
    ssr: { noExternal: true, external: ['node-hid'] },
    build: {
      ssr: true,
      outDir,
      target: 'node20',
      minify: false,
      rollupOptions: {
        input,
        output: { format: 'esm', entryFileNames: '[name].mjs', chunkFileNames: '[name].mjs' },
      },
    },
  })
  symlinkSync(join(ROOT, 'node_modules'), join(outDir, 'node_modules'))
}

/** @returns {Promise<Map<string, Run>>} */
async function runInMachine(
  /** @type {import('./lib/vm-kernel.mjs').Kernel} */ kernel,
  /** @type {string} */ folder,
  /** @type {string[]} */ names,
) {
  const runs = new Map(names.map((name) => [name, /** @type {Run} */ ({ results: [], ended: false })]))
  /** @type {string[]} */
  const log = []
  const planted = `HID_BAIL=1 HID_HANG_MS=${PLANTED_HANG_MS}`
  const commands = names.map((name) => {
    const env = `HID_RUN=${name} ${name === CLEAN ? '' : planted} HID_ROOT='${ROOT}' NO_COLOR=1`
    const flags = '--test-reporter=./reporter.mjs --test-reporter-destination=stdout'
    return `cd ${GUEST_FOLDER}/${name} && ${env} '${process.execPath}' ${flags} run.mjs`
  })
  const onLine = (/** @type {string} */ line) => {
    log.push(line)
    const at = line.indexOf('@hid ')
    if (at !== -1) take(line.slice(at + '@hid '.length), runs)
  }
  const { ended } = await runVm({
    kernel,
    folder,
    commands,
    timeoutMs: LIMIT_MS.boot + LIMIT_MS.run * names.length,
    onLine,
  })
  mkdirSync(join(ROOT, 'out', 'reports'), { recursive: true })
  writeFileSync(CONSOLE, `${log.join('\n')}\n`)
  if (ended !== 'off') say(`the machine did not end by itself (${ended}); its console is in ${CONSOLE}`)
  return runs
}

function take(/** @type {string} */ text, /** @type {Map<string, Run>} */ runs) {
  const line = Line.parse(JSON.parse(text))
  const run = runs.get(line.run)
  if (run === undefined) return
  if (line.end) run.ended = true
  if (line.name === undefined) return
  const { name, passed = false, ms = 0, error = null } = line
  run.results.push({ name, passed, ms, error })
  const fault = line.run === CLEAN ? '' : `[${line.run}] `
  say(`${passed ? '✓' : '✗'} ${fault}${name} (${ms} ms)${error === null ? '' : `\n${error}`}`)
}

function red(/** @type {Run | undefined} */ run) {
  return run?.results.filter(({ passed }) => !passed) ?? []
}

/** A run that told no result, or stopped before its end, has failed whatever it told. */
function conclude(/** @type {string} */ name, /** @type {Map<string, Run>} */ runs) {
  const run = runs.get(name)
  const passed = run?.results.filter((result) => result.passed).length ?? 0
  const sound = run !== undefined && run.ended && run.results.length > 0
  if (!sound && red(run).length === 0) say(`✗ the tests did not come to their end; see ${CONSOLE}`)
  finish(passed, sound ? red(run).length : Math.max(1, red(run).length))
}

/** A fault is seen when a test failed by itself; a run that merely broke off shows nothing. */
function prove(/** @type {Map<string, Run>} */ runs) {
  const clean = runs.get(CLEAN)
  const checks = [...runs].map(([name, run]) => {
    const good =
      name === CLEAN ? clean?.ended && run.results.length > 0 && red(run).length === 0 : red(run).length > 0
    const seen = red(run)[0]?.name
    if (name === CLEAN)
      say(`${good ? '✓' : '✗'} without a fault: ${run.results.length} tests, ${red(run).length} red`)
    else say(`${good ? '✓' : '✗'} fault "${name}": ${seen === undefined ? 'NOT SEEN' : `seen by "${seen}"`}`)
    return good
  })
  finish(checks.filter(Boolean).length, checks.filter((good) => !good).length)
}

function finish(/** @type {number} */ passed, /** @type {number} */ failed) {
  process.stdout.write(`${passed} passed, ${failed} failed\n`)
  process.exitCode = failed === 0 ? 0 : 1
}

function skip(/** @type {string} */ reason) {
  say(`\n!!! SKIPPED: the HID driver tests did NOT run. No machine can be booted here: ${reason}\n`)
  process.stdout.write('0 passed, 0 failed, 1 skipped\n')
}

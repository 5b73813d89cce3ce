// @ts-check
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { _electron } from '@playwright/test'
import { busEnv, withDisplay } from './display.mjs'
import { electronArgs, electronRuntime } from './electron.mjs'
import { processKind, processTree } from './memory.mjs'
import { deskCommand, startAcquirer } from './processes.mjs'

const ROUNDS = 7

/** An Electron program that opens one empty window and does nothing else. */
const EMPTY = `import { app, BrowserWindow } from 'electron'
const profile = process.argv.find((argument) => argument.startsWith('--profile='))
if (profile) app.setPath('userData', profile.slice(10))
app.whenReady().then(() => new BrowserWindow({ width: 1366, height: 768, webPreferences: { sandbox: true } })
  .loadURL('data:text/html;charset=utf-8,' + encodeURIComponent('<!doctype html><label>メールアドレス<input></label>')))
app.on('window-all-closed', () => app.quit())
`

/** Proportional memory of a process tree, megabytes, by kind of process. */
function memoryOf(/** @type {number} */ pid) {
  /** @type {Record<string, number>} */
  const kinds = {}
  for (const each of processTree(pid)) {
    try {
      const pss = Number(
        /^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${each}/smaps_rollup`, 'latin1'))?.[1] ?? 0,
      )
      const kind = processKind(each)
      kinds[kind] = (kinds[kind] ?? 0) + pss / 1024
    } catch {
      /* it has just ended */
    }
  }
  return { total: Object.values(kinds).reduce((sum, mb) => sum + mb, 0), kinds }
}

const middle = (/** @type {number[]} */ samples) =>
  [...samples].sort((a, b) => a - b)[Math.floor(samples.length / 2)] ?? 0

/** Cold start to the sign-in field, and memory then, against an empty Electron window in turn. */
export async function measureStart() {
  const folder = mkdtempSync(join(tmpdir(), 'uketsuke-start-'))
  const display = await withDisplay()
  writeFileSync(
    join(folder, 'package.json'),
    '{"name":"empty","version":"1.0.0","type":"module","main":"main.js"}',
  )
  writeFileSync(join(folder, 'main.js'), EMPTY)
  const acquirer = await startAcquirer(join(folder, 'acquirer'))
  const env = /** @type {Record<string, string>} */ ({ ...process.env, ...display.env, ...busEnv() })
  const open = async (/** @type {string} */ executablePath, /** @type {string[]} */ args) => {
    const from = performance.now()
    const fromEpoch = Date.now()
    const app = await _electron.launch({ executablePath, args, env })
    const page = await app.firstWindow()
    await page.getByLabel('メールアドレス').waitFor()
    const ms = performance.now() - from
    const memory = memoryOf(app.process().pid ?? 0)
    const shown = await page.evaluate(() => {
      const [navigation] = performance.getEntriesByType('navigation')
      const paint = performance.getEntriesByName('first-contentful-paint')[0]
      const loaded =
        navigation instanceof PerformanceNavigationTiming ? navigation.domContentLoadedEventEnd : 0
      return { origin: performance.timeOrigin, loaded, painted: paint?.startTime ?? 0 }
    })
    await app.close()
    const beforePage = shown.origin - fromEpoch
    return { ms, memory, beforePage, loaded: beforePage + shown.loaded, painted: beforePage + shown.painted }
  }
  const desk = deskCommand({ profile: join(folder, 'desk'), simulatorFile: acquirer.file })
  await open(desk.command, desk.args)
  const ours = []
  const empty = []
  for (let round = 0; round < ROUNDS; round++) {
    empty.push(
      await open(electronRuntime()?.path ?? '', [
        ...electronArgs(),
        folder,
        `--profile=${join(folder, 'empty')}`,
      ]),
    )
    ours.push(await open(desk.command, desk.args))
  }
  await acquirer.stop()
  display.stop()
  rmSync(folder, { recursive: true, force: true })
  report(
    'cold start to the sign-in screen',
    'ms',
    ours.map((run) => run.ms),
    empty.map((run) => run.ms),
    1.8,
  )
  const items = (/** @type {typeof ours} */ runs) => ({
    'page asked for': Math.round(middle(runs.map((run) => run.beforePage))),
    'scripts have run': Math.round(middle(runs.map((run) => run.loaded))),
    'first paint': Math.round(middle(runs.map((run) => run.painted))),
    'sign-in field': Math.round(middle(runs.map((run) => run.ms))),
  })
  process.stdout.write(
    `${JSON.stringify({ name: 'cold start by its parts, ms since the process was spawned', ours: items(ours), empty: items(empty) })}\n`,
  )
  report(
    'memory at the sign-in screen',
    'MB',
    ours.map((run) => run.memory.total),
    empty.map((run) => run.memory.total),
    1.5,
  )
  const last = ours.at(-1)
  process.stdout.write(
    `${JSON.stringify({ name: 'memory by process, MB', ours: last?.memory.kinds, empty: empty.at(-1)?.memory.kinds })}\n`,
  )
}

function report(
  /** @type {string} */ name,
  /** @type {string} */ unit,
  /** @type {number[]} */ ours,
  /** @type {number[]} */ reference,
  /** @type {number} */ goal,
) {
  const [mine, bare] = [middle(ours), middle(reference)]
  const ratio = Math.round((mine / bare) * 100) / 100
  const line = {
    name,
    unit,
    from: 'process spawned',
    to: 'sign-in field visible',
    ours: Math.round(mine),
    worst: Math.round(Math.max(...ours)),
    reference: Math.round(bare),
    ratio,
    goal: `<= ${goal}x`,
    met: ratio <= goal,
  }
  process.stdout.write(`${JSON.stringify(line)}\n`)
}

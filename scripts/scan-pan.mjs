// @ts-check
/**
 * `npm run scan:pan`: takes a card order as the demo does and opens card entries that come to nothing (cancelled, cut,
 * refused, too late), then searches the memory of every process of the desk and all its files. Afterwards it plants the number and the frame, to prove that the search would have found them.
 */
import { appendFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { say } from './lib/run.mjs'
import { enterInVain } from './lib/scan-entries.mjs'
import { DESK, ensureSetup } from './lib/setup.mjs'

const { values } = parseArgs({ options: { pan: { type: 'string', default: '3566002020360505' } } })
if (process.platform !== 'linux') throw new Error('the search reads /proc and needs Linux')
await ensureSetup({ want: DESK })
const { ensureBuilt } = await import('./lib/build.mjs')
await ensureBuilt()
const { busEnv, withDisplay } = await import('./lib/display.mjs')
const { runDemo } = await import('./lib/demo-run.mjs')
const { scan, sentCiphertexts } = await import('./lib/scan.mjs')
const display = await withDisplay()
const { result, close, world } = await runDemo({
  pan: values.pan,
  report: say,
  env: { ...display.env, ...busEnv() },
})
const inVain = await enterInVain({ ...world, pan: values.pan, report: say })
const frames = await sentCiphertexts(world.keypadFolder, values.pan, '3012')
const place = { deskPid: world.deskPid, profile: world.profile, pan: values.pan, frames }
const clean = scan(place)
for (const finding of clean.findings) say(`FOUND ${finding.what} in ${finding.where}`)

/** Each plant must be found, and be found where it was put. */
const plants = {
  'number in the page': () =>
    world.page.evaluate(
      (text) => void Object.assign(window, { plantedNumber: text }),
      values.pan.split('').join(''),
    ),
  'frame in the page': () =>
    world.page.evaluate(
      (text) => void Object.assign(window, { plantedFrame: text }),
      frames[0]?.subarray(-60).toString('hex') ?? '',
    ),
  'number in a log': async () =>
    appendFileSync(join(world.profile, 'logs', 'uketsuke.log'), `${values.pan}\n`),
  'frame in a file': async () => appendFileSync(join(world.profile, 'planted'), frames[0] ?? ''),
}
/** @type {Record<string, boolean>} */
const proven = {}
for (const [name, plant] of Object.entries(plants)) {
  const before = scan(place).findings
  await plant()
  // Of one thing there must be more: copies of what was planted earlier come and go meanwhile.
  const after = scan(place).findings
  const times = (/** @type {typeof after} */ list, /** @type {string} */ wanted) =>
    list.filter(({ what }) => what === wanted).length
  proven[name] = after.some(({ what }) => times(after, what) > times(before, what))
  say(`planted ${name}: ${proven[name] ? 'found' : 'NOT FOUND'}`)
}
await close()
display.stop()
const ok = clean.findings.length === 0 && frames.length > 0 && Object.values(proven).every(Boolean)
const megabytes = Object.fromEntries(
  Object.entries(clean.scanned).map(([name, bytes]) => [name, Math.round(bytes / 1e6)]),
)
process.stdout.write(
  `${JSON.stringify({ ok, order: result.order, entriesInVain: inVain, found: clean.findings, frames: frames.length, scannedMB: megabytes, files: clean.files, planted: proven })}\n`,
)
process.exit(ok ? 0 : 1)

// @ts-check
/** `npm run demo`: an operator's work in the built desk, unattended. Options: --pan N, --hold SECONDS, --json. */
import { parseArgs } from 'node:util'
import { say } from './lib/run.mjs'
import { DESK, ensureSetup } from './lib/setup.mjs'

const { values } = parseArgs({
  options: {
    pan: { type: 'string', default: '3566002020360505' },
    hold: { type: 'string', default: '0' },
    json: { type: 'boolean', default: false },
  },
})
const startedAt = performance.now()
await ensureSetup({ want: DESK })
const { ensureBuilt } = await import('./lib/build.mjs')
await ensureBuilt()
const { busEnv, withDisplay } = await import('./lib/display.mjs')
const { runDemo } = await import('./lib/demo-run.mjs')
const display = await withDisplay()
try {
  const report = values.json ? () => undefined : say
  const { result, close } = await runDemo({ pan: values.pan, report, env: { ...display.env, ...busEnv() } })
  result.ms['total'] = Math.round(performance.now() - startedAt)
  process.stdout.write(`${JSON.stringify(result)}\n`)
  const holdMs = Number(values.hold) * 1000
  if (holdMs > 0) await new Promise((resolve) => setTimeout(resolve, holdMs))
  await close()
} catch (error) {
  say(error instanceof Error ? (error.stack ?? error.message) : String(error))
  process.stdout.write(
    `${JSON.stringify({ ok: false, error: error instanceof Error ? error.message : 'unknown' })}\n`,
  )
  process.exitCode = 1
} finally {
  display.stop()
}

// @ts-check
/** Takes the manual's pictures from the running desk: node scripts/manual-pictures.mjs */
import { copyFileSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from './lib/paths.mjs'
import { say } from './lib/run.mjs'
import { DESK, ensureSetup } from './lib/setup.mjs'

await ensureSetup({ want: DESK })
const { ensureBuilt } = await import('./lib/build.mjs')
await ensureBuilt()
const { busEnv, withDisplay } = await import('./lib/display.mjs')
const { runDemo } = await import('./lib/demo-run.mjs')
const display = await withDisplay()
const { result, close, world } = await runDemo({
  pan: '3566002020360505',
  report: say,
  env: { ...display.env, ...busEnv() },
})
/** Pictures of the manual, each with the step of the demo that shows it. */
const PICTURES = {
  'sign-in': 'sign-in-screen',
  home: 'sign-in',
  checkout: 'line-2',
  keypad: 'keypad',
  'read-back': 'read-back',
  done: 'order',
  orders: 'orders',
}
const folder = join(ROOT, 'docs', 'manual', 'images')
mkdirSync(folder, { recursive: true })
for (const [name, step] of Object.entries(PICTURES)) {
  const shot = result.screenshots.find((path) => path.endsWith(`-${step}.png`))
  if (shot) copyFileSync(join(ROOT, shot), join(folder, `${name}.png`))
}
await world.page.getByRole('link', { name: '設定', exact: true }).click()
await world.page.getByRole('button', { name: '接続テスト' }).waitFor()
await world.page.screenshot({ path: join(folder, 'settings.png') })
/** Screens that the demo does not come to. */
const SCREENS = {
  customers: ['#/customers', '最終注文日'],
  keypads: ['#/keypads', 'TEST000005'],
  inspections: ['#/inspections', 'TEST000003'],
  options: ['#/settings/options', '申込メールの設定'],
}
const goTo = (/** @type {string} */ hash) =>
  world.page.evaluate((to) => {
    window.location.hash = to
  }, hash)
for (const [name, [hash, text]] of Object.entries(SCREENS)) {
  await goTo(hash ?? '')
  await world.page
    .getByText(text ?? '')
    .first()
    .waitFor()
  await world.page.screenshot({ path: join(folder, `${name}.png`) })
}
await goTo('#/keypads')
await world.page.getByText('TEST000001').first().click()
await world.page.getByText('デバイス接続情報').waitFor()
await world.page.screenshot({ path: join(folder, 'keypad-detail.png') })
await close()
display.stop()

import { describe, expect, it } from 'vitest'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { electronArgs, electronRuntime } from './electron.mjs'
import { busEnv, withDisplay } from './display.mjs'
import { ROOT } from './paths.mjs'
import { run } from './run.mjs'

/** Loads each native module, does one real thing with it, and goes on after forced garbage collections. */
const WORK = `
import { createRequire } from 'node:module'
const require = createRequire(${JSON.stringify(join(ROOT, 'package.json'))})
const Database = require('better-sqlite3')
const { hash, verify } = require('@node-rs/argon2')
const hid = require('node-hid')
for (let round = 0; round < 20; round++) {
  const db = new Database(':memory:')
  db.exec('create table t (a text, b integer)')
  const put = db.prepare('insert into t values (@a, @b)')
  for (let i = 0; i < 200; i++) put.run({ a: '受付' + i, b: i })
  const row = db.prepare('select count(*) n, max(b) b from t').get()
  if (row.n !== 200 || row.b !== 199) throw new Error('wrong rows')
  try { db.exec('insert into nowhere values (1)') } catch (error) { if (error.code !== 'SQLITE_ERROR') throw error }
  db.close()
  globalThis.gc?.()
}
const phc = await hash('Renshu-2026-Desk', { memoryCost: 8192, timeCost: 1 })
if (!(await verify(phc, 'Renshu-2026-Desk'))) throw new Error('argon2')
hid.setDriverType?.('hidraw')
if (!Array.isArray(hid.devices())) throw new Error('hid')
globalThis.gc?.()
console.log('native modules work')
`

describe('native modules', () => {
  it('work in Node and survive garbage collection', async () => {
    const file = join(mkdtempSync(join(tmpdir(), 'uketsuke-native-')), 'work.mjs')
    writeFileSync(file, WORK)
    const { code, output } = await run(process.execPath, ['--expose-gc', file], { collect: true })
    expect({ code, output }).toMatchObject({
      code: 0,
      output: expect.stringContaining('native modules work'),
    })
  })

  it.skipIf(electronRuntime() === null)('work in Electron and survive garbage collection', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'uketsuke-native-'))
    writeFileSync(
      join(folder, 'package.json'),
      '{"name":"native","version":"1.0.0","type":"module","main":"main.js"}',
    )
    writeFileSync(
      join(folder, 'main.js'),
      `import { app } from 'electron'\nconst work = async () => {\n${WORK.replace(/^import .*$/m, '')}\n}\nimport { createRequire } from 'node:module'\nwork().then(() => app.exit(0), (error) => { console.error(error); app.exit(1) })\n`,
    )
    const display = await withDisplay()
    const { code, output } = await run(
      electronRuntime()?.path ?? '',
      [...electronArgs(), '--js-flags=--expose-gc', `--user-data-dir=${folder}/profile`, folder],
      { collect: true, env: { ...process.env, ...display.env, ...busEnv() }, timeoutMs: 50_000 },
    )
    display.stop()
    expect({ code, output }).toMatchObject({
      code: 0,
      output: expect.stringContaining('native modules work'),
    })
  })
})

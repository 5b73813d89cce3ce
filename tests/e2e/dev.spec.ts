import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { _electron, expect, test } from '@playwright/test'
import { buildForScreens } from '../../scripts/lib/build.mjs'
import { startScreens } from '../../scripts/lib/dev-screens.mjs'
import { deskCommand } from '../../scripts/lib/processes.mjs'

const ROOT = resolve(import.meta.dirname, '../..')
const OLD = 'メールアドレス'
const NEW = '電子メール(書きかえ)'

test('in development a change of a screen is shown at once, with what was typed in place', async () => {
  test.setTimeout(120_000)
  const folder = mkdtempSync(join(tmpdir(), 'uketsuke-dev-'))
  cpSync(join(ROOT, 'src'), join(folder, 'src'), { recursive: true })
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'))
  const screens = await startScreens(folder)
  await buildForScreens(screens.url)
  const { command, args, env } = deskCommand({
    profile: join(folder, 'desk'),
    app: join(ROOT, 'out', 'dev', 'main', 'index.js'),
  })
  const app = await _electron.launch({
    executablePath: command,
    args,
    env: { ...process.env, ...env } as Record<string, string>,
  })
  try {
    const page = await app.firstWindow()
    const refused: string[] = []
    page.on('console', (message) => {
      if (message.type() === 'error') refused.push(message.text())
    })
    await page.getByLabel(OLD).fill('hanako@example.jp')
    const file = join(folder, 'src', 'renderer', 'src', 'features', 'auth', 'sign-in-page.tsx')
    const code = readFileSync(file, 'utf8')
    const label = "label={t('signIn.email')}"
    expect(code).toContain(label)
    writeFileSync(file, code.replace(label, `label="${NEW}"`))
    await expect(page.getByLabel(NEW)).toHaveValue('hanako@example.jp')
    expect(refused).toEqual([])
  } finally {
    await app.close()
    await screens.stop()
    rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 })
  }
})

test('the kept build knows no development server', () => {
  const kept = readFileSync(join(ROOT, 'out', 'main', 'index.js'), 'utf8')
  const developed = readFileSync(join(ROOT, 'out', 'dev', 'main', 'index.js'), 'utf8')
  const marks = ['DEV_SERVER', "connect-src 'self' ", 'text/html; charset=utf-8']
  expect(marks.map((mark) => kept.includes(mark))).toEqual([false, false, true])
  expect(developed).toContain('http://127.0.0.1:')
})

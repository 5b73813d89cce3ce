import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const tsx = join(root, 'node_modules', 'tsx', 'dist', 'loader.mjs')

/**
 * Runs a TypeScript entry of the project with the arguments of this process and its standard streams; its exit
 * code becomes ours. Installs the packages first when they are missing.
 */
export async function runTypeScript(entry) {
  if (!existsSync(tsx)) {
    const { ensureSetup } = await import('./lib/setup.mjs')
    await ensureSetup({ want: ['packages'] })
  }
  const child = spawn(
    process.execPath,
    ['--import', pathToFileURL(tsx).href, join(root, entry), ...process.argv.slice(2)],
    { stdio: 'inherit' },
  )
  process.exitCode = await new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', (code) => resolve(code ?? 1))
  })
}

import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'
import type * as Esbuild from 'esbuild'

/**
 * A thread on a script: the built file beside the bundle, or the TypeScript source when tests and tools run it.
 * `built` is the name of its entry in electron.vite.config.ts; the file that calls must be in the bundle of `index`.
 */
export function openThread(script: { from: string; built: string; source: string; data: unknown }): Worker {
  const { from, data } = script
  if (!from.endsWith('.ts')) return new Worker(new URL(`./${script.built}.js`, from), { workerData: data })
  // Whatever loader this process was started with, the bundle needs none.
  return new Worker(bundleOf(fileURLToPath(new URL(script.source, from)), from), {
    workerData: data,
    execArgv: [],
  })
}

/** Packages with machine code; all others are in the bundle, or reading them takes a quarter of a thread's start. */
const NATIVE = ['better-sqlite3', '@node-rs/argon2', 'node-hid', 'esbuild', 'pg-native', 'pg-cloudflare']
/** What CommonJS packages in a bundle of modules ask for. */
const COMMON_JS = `import { createRequire as requireOf } from 'node:module'
const require = requireOf(import.meta.url)
const [__filename, __dirname] = [import.meta.filename, import.meta.dirname]`

const bundles = new Map<string, string>()

/** The source as one file that any thread starts from at once; a loader in every thread would cost a third of a second. */
function bundleOf(source: string, from: string): string {
  const made = bundles.get(source)
  if (made !== undefined) return made
  const require = createRequire(from)
  const { buildSync } = require('esbuild') as typeof Esbuild
  const { outputFiles } = buildSync({
    entryPoints: [source],
    bundle: true,
    external: NATIVE,
    banner: { js: COMMON_JS },
    platform: 'node',
    format: 'esm',
    write: false,
  })
  const code = outputFiles[0]?.text ?? ''
  const folder = join(dirname(require.resolve('esbuild/package.json')), '../.cache/uketsuke-threads')
  const path = join(folder, `${createHash('sha256').update(code).digest('hex').slice(0, 16)}.mjs`)
  if (!existsSync(path)) {
    mkdirSync(folder, { recursive: true })
    const own = `${path}.${process.pid}.${bundles.size}`
    writeFileSync(own, code)
    renameSync(own, path)
  }
  bundles.set(source, path)
  return path
}

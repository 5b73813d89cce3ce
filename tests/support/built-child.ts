import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { buildSync } from 'esbuild'

const ROOT = resolve(import.meta.dirname, '../..')
const FOLDER = join(ROOT, 'node_modules/.cache/uketsuke-children')
/** Threads of the program, found beside the bundle as in the built desk; their names as in electron.vite.config.ts. */
const THREADS = {
  'sqlite-worker': 'src/main/db/sqlite-worker.ts',
  'job-worker': 'src/main/jobs/job-worker.ts',
}

/** Packages with machine code, found in node_modules; all else is read faster as one file. */
const NATIVE = ['better-sqlite3', '@node-rs/argon2', 'node-hid', 'esbuild', 'pg-native', 'pg-cloudflare']
/** What CommonJS packages in a bundle of modules ask for. */
const COMMON_JS = [
  "import { createRequire as createRequireOfBundle } from 'node:module'",
  'const require = createRequireOfBundle(import.meta.url)',
  'const [__filename, __dirname] = [import.meta.filename, import.meta.dirname]',
].join('\n')

const built = new Map<string, string>()

/**
 * A TypeScript program of the tests or the simulator as one file that `node` starts at once: reading the sources anew in
 * every child costs more than a second of each.
 */
export function builtChild(source: string): string {
  const known = built.get(source)
  if (known !== undefined) return known
  const name = basename(source, '.ts')
  const threads = Object.entries(THREADS).map(([thread, path]) => [thread, resolve(ROOT, path)])
  const { outputFiles } = buildSync({
    entryPoints: Object.fromEntries([[name, source], ...threads]),
    outdir: FOLDER,
    outExtension: { '.js': '.js' },
    bundle: true,
    external: NATIVE,
    banner: { js: COMMON_JS },
    platform: 'node',
    format: 'esm',
    write: false,
  })
  const hash = createHash('sha256')
  for (const file of outputFiles) hash.update(file.text)
  const folder = join(FOLDER, `${name}-${hash.digest('hex').slice(0, 16)}`)
  if (!existsSync(folder)) {
    mkdirSync(FOLDER, { recursive: true })
    const own = mkdtempSync(join(FOLDER, 'new-'))
    writeFileSync(join(own, 'package.json'), '{"type":"module"}')
    for (const file of outputFiles) writeFileSync(join(own, basename(file.path)), file.text)
    try {
      renameSync(own, folder)
    } catch (error) {
      // Another process made the very same one in between.
      rmSync(own, { recursive: true, force: true })
      if (!existsSync(folder)) throw error
    }
  }
  const path = join(folder, `${name}.js`)
  built.set(source, path)
  return path
}

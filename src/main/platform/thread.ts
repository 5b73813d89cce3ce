import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'
import { Worker } from 'node:worker_threads'

/**
 * A thread on a script: the built file beside the bundle, or the TypeScript source when tests and tools run it.
 * `built` is the name of its entry in electron.vite.config.ts; the file that calls must be in the bundle of `index`.
 */
export function openThread(script: { from: string; built: string; source: string; data: unknown }): Worker {
  const { from, data } = script
  if (!from.endsWith('.ts')) return new Worker(new URL(`./${script.built}.js`, from), { workerData: data })
  const loader = pathToFileURL(createRequire(from).resolve('tsx/esm/api').replace(/cjs$/, 'mjs')).href
  const source = new URL(script.source, from).href
  const start = `import(${JSON.stringify(loader)}).then(({ register }) => { register(); return import(${JSON.stringify(source)}) })`
  return new Worker(start, { eval: true, workerData: data })
}

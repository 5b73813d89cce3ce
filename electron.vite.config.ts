import { resolve } from 'node:path'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'electron-vite'

const at = (path: string) => resolve(import.meta.dirname, path)

/** Native modules stay outside; everything else is bundled, which halves the time to the first screen. */
const NATIVE = ['electron', 'better-sqlite3', 'node-hid', '@node-rs/argon2', 'pg-native', 'pg-cloudflare']

/** Address of the server of the screens while they are written; null in every build that is kept. */
const devServer = process.env['UKETSUKE_DEV_SERVER'] ?? null
const outDir = (part: string) => at(devServer === null ? `out/${part}` : `out/dev/${part}`)

export default defineConfig({
  main: {
    define: { __DEV_SERVER__: JSON.stringify(devServer) },
    build: {
      outDir: outDir('main'),
      externalizeDeps: false,
      target: 'node20',
      rollupOptions: {
        external: NATIVE,
        input: {
          index: at('src/main/index.ts'),
          'sqlite-worker': at('src/main/db/sqlite-worker.ts'),
          'job-worker': at('src/main/jobs/job-worker.ts'),
          acquirer: at('src/simulator/acquirer/main.ts'),
          keypad: at('src/simulator/keypad/main.ts'),
          'keypad-cli': at('src/simulator/keypad/cli.ts'),
          'keypad-window': at('src/simulator/keypad/window/main.ts'),
        },
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
      },
    },
  },
  preload: {
    build: {
      outDir: outDir('preload'),
      externalizeDeps: false,
      rollupOptions: {
        input: {
          index: at('src/preload/index.ts'),
          keypad: at('src/simulator/keypad/window/page/preload.ts'),
        },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  // In development the screens come from their server.
  ...(devServer === null
    ? {
        renderer: {
          root: at('src/renderer'),
          // The order flow must not compute anew what did not change: docs/adr/0028.
          plugins: [react({ compiler: true })],
          build: { minify: true, rollupOptions: { input: { index: at('src/renderer/index.html') } } },
        },
      }
    : {}),
})

import { defineConfig } from 'vitest/config'

const node = { environment: 'node', testTimeout: 20_000, hookTimeout: 60_000 } as const
/** Where tests open databases: these are copies of one that is migrated once a run. */
const globalSetup = ['tests/support/schema-template.ts']
/** Counts what its process holds, to the last timer. */
const PROCESS_OF_ITS_OWN = 'tests/integration/keypad-soak.test.ts'

export default defineConfig({
  test: {
    projects: [
      { test: { ...node, name: 'unit', include: ['src/**/*.test.ts'], isolate: false } },
      { test: { ...node, name: 'scripts', include: ['scripts/**/*.test.mjs'], testTimeout: 60_000 } },
      { test: { ...node, name: 'architecture', include: ['tests/architecture/**/*.test.ts'] } },
      {
        test: {
          ...node,
          name: 'property',
          globalSetup,
          include: ['tests/property/**/*.test.ts', PROCESS_OF_ITS_OWN],
          testTimeout: 60_000,
        },
      },
      {
        test: {
          ...node,
          name: 'integration',
          globalSetup,
          include: ['tests/integration/**/*.test.ts', 'tests/migrations/**/*.test.ts'],
          exclude: [PROCESS_OF_ITS_OWN],
          testTimeout: 120_000,
          fileParallelism: false,
          // One process for the files of a part: reading the program's modules anew would take a second and a half of each.
          isolate: false,
        },
      },
      {
        test: {
          ...node,
          name: 'long',
          globalSetup,
          include: ['tests/long/**/*.test.ts'],
          testTimeout: 30 * 60_000,
          fileParallelism: false,
        },
      },
    ],
  },
})

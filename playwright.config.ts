import { defineConfig } from '@playwright/test'

// Two desks on one display would take the focus and the clipboard from each other: each worker has a display of its own.
const displays = (process.env['UKETSUKE_DISPLAYS'] ?? '').split(',').filter((name) => name !== '')
const own = displays[Number(process.env['TEST_PARALLEL_INDEX'] ?? 0)]
if (own !== undefined) process.env['DISPLAY'] = own

export default defineConfig({
  testDir: 'tests/e2e',
  timeout: 120_000,
  expect: { timeout: 10_000 },
  workers: Math.max(1, displays.length),
  fullyParallel: false,
  forbidOnly: true,
  retries: 0,
  outputDir: 'test-results',
})

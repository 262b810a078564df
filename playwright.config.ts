// The workbench's tests: the same specifications in a browser and in Electron, and those that only a window has.
// `npm run build` first: they run what ships.
import { defineConfig } from '@playwright/test';
import type { ShellOptions } from './tests/workbench/fixture.ts';

process.env.TZ = 'America/New_York';

export default defineConfig<ShellOptions>({
  testDir: 'tests',
  outputDir: 'test-results',
  globalSetup: './tests/workbench/setup.config.ts',
  // Each test starts processes that train; two at a time on a small machine only measure each other.
  workers: 1,
  fullyParallel: false,
  retries: 0,
  timeout: 90_000,
  expect: { timeout: 15_000 },
  forbidOnly: Boolean(process.env.CI),
  reporter: process.env.HINDCAST_UI_REPORT
    ? [['list'], ['json', { outputFile: process.env.HINDCAST_UI_REPORT }]]
    : [['list']],
  use: { viewport: { width: 1440, height: 900 }, locale: 'en-US', timezoneId: 'America/New_York' },
  projects: [
    { name: 'browser', testMatch: 'browser/**/*.spec.ts', use: { shellKind: 'browser' } },
    {
      name: 'desktop',
      testMatch: ['browser/**/*.spec.ts', 'desktop/**/*.spec.ts'],
      grepInvert: /@browser-only/,
      use: { shellKind: 'desktop' },
    },
  ],
});

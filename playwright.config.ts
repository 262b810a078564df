// The workbench's tests. Each specification of tests/browser runs in a browser. Electron repeats those that are tagged @both-shells:
// they pass through what the shells do differently (the connection to the engine, its restart, dialogs and files, dropped paths,
// notifications, addresses, a reload) or are a journey that both shells promise. What only the page decides (texts, layout, forms,
// lists, charts) is the same program in both and runs once. tests/desktop is what only a window has.
// `npm run build` first: they run what ships.
import { defineConfig } from '@playwright/test';
import type { ShellOptions } from './tests/workbench/shells.ts';

process.env.TZ = 'America/New_York';

export default defineConfig<ShellOptions>({
  testDir: 'tests',
  outputDir: 'test-results',
  globalSetup: './tests/workbench/setup.config.ts',
  // One test waits while the other computes; more than two would need more than a small machine's two cores.
  workers: 2,
  fullyParallel: false,
  retries: 0,
  // Only for what hangs: on a machine that does ten other things a test takes ten times as long.
  timeout: 480_000,
  // Trainings give way to all else: three short ones took longer than a minute on a machine with ten other programs.
  expect: { timeout: 150_000 },
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
      grep: [/@both-shells/, /desktop\/\S+\.spec\.ts/],
      use: { shellKind: 'desktop' },
    },
  ],
});

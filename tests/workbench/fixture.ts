// A workbench on a workspace of its own for each test, empty or prepared, in a browser or in Electron: a test gets `page` and need not
// know which. Unexpected console output fails the test.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type Browser,
  test as base,
  chromium,
  type ElectronApplication,
  expect,
  type Page,
} from '@playwright/test';
import { connectEngine, type EngineClient } from '../../engine/connect/connection.ts';
import { attach } from './attach.ts';
import { openInBrowser } from './open-in-browser.ts';
import { openInElectron } from './open-in-electron.ts';
import { type Beginning, PreparedWorkspaces } from './prepared.ts';
import { FAKE_MICROPHONE, rootSwitches } from './programs.ts';
import type { ShellOptions } from './shells.ts';

export interface OpenedWorkbench {
  readonly page: Page;
  /** Null in the browser. */
  readonly app: ElectronApplication | null;
  close(): Promise<void>;
}

export interface Workbench extends Omit<OpenedWorkbench, 'close'> {
  readonly shellKind: ShellOptions['shellKind'];
  readonly workspacePath: string;
  /** The engine's API, from the test's own process. */
  readonly client: EngineClient;
  /** Kills the process that hosts the workspace, as the system would. */
  killEngine(): Promise<void>;
  /** Console output that a test provokes. */
  expectConsole(pattern: RegExp): void;
}

export interface OpenOptions {
  /** The browser of all tests of a worker, started when the first needs it. */
  readonly browser: () => Promise<Browser>;
  readonly workspacePath: string;
  /** Of this test alone; removed after it. */
  readonly folder: string;
  readonly size: { readonly width: number; readonly height: number };
  readonly colorScheme: 'light' | 'dark' | 'no-preference' | null;
}

interface Fixtures extends ShellOptions {
  /** What lies in the workspace when it is opened; null for a workspace that does not exist yet. */
  readonly beginning: Beginning | null;
  readonly workbench: Workbench;
  readonly client: EngineClient;
}

interface WorkerFixtures {
  readonly oneBrowser: OpenOptions['browser'];
  readonly prepared: PreparedWorkspaces;
}

export const test = base.extend<Fixtures, WorkerFixtures>({
  shellKind: ['browser', { option: true }],
  beginning: [null, { option: true }],

  // A start costs more than most tests; each test has a context of its own, which shares nothing with the others.
  oneBrowser: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads what a fixture needs from this pattern.
    async ({}, use) => {
      let started: Promise<Browser> | undefined;
      await use(() => {
        started ??= chromium.launch({
          executablePath: programOf('browser'),
          args: [...rootSwitches(), ...FAKE_MICROPHONE],
        });
        return started;
      });
      await (await started)?.close();
    },
    { scope: 'worker' },
  ],

  prepared: [
    // biome-ignore lint/correctness/noEmptyPattern: as above.
    async ({}, use) => {
      const prepared = new PreparedWorkspaces();
      await use(prepared);
      await prepared.remove();
    },
    { scope: 'worker' },
  ],

  workbench: async ({ shellKind, beginning, viewport, colorScheme, oneBrowser, prepared }, use, testInfo) => {
    programOf(shellKind);
    const folder = mkdtempSync(join(tmpdir(), 'hindcast-ui-'));
    const workspacePath = join(folder, 'study.hindcast');
    if (beginning) await prepared.copy(beginning, workspacePath);
    const size = viewport ?? { width: 1440, height: 900 };
    const open = shellKind === 'browser' ? openInBrowser : openInElectron;
    const opened = await open({
      browser: oneBrowser,
      workspacePath,
      folder,
      size,
      colorScheme: colorScheme ?? null,
    });
    const complaints = watchConsole(opened.page);
    const engine = connectEngine(() => attach(workspacePath));
    // A test begins when the page has drawn itself: before, there may still be the empty page of a new window.
    await opened.page.locator('#root > *').first().waitFor({ state: 'attached' });
    try {
      await use({
        page: opened.page,
        app: opened.app,
        shellKind,
        workspacePath,
        client: engine.client,
        killEngine: () => killEngine(engine.client),
        expectConsole: complaints.allow,
      });
      if (testInfo.status !== testInfo.expectedStatus) await keepPicture(opened.page, testInfo);
      expect(complaints.unexpected(), 'console output that no test asked for').toEqual([]);
    } finally {
      await engine.close();
      await opened.close();
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    }
  },

  page: async ({ workbench }, use) => use(workbench.page),
  client: async ({ workbench }, use) => use(workbench.client),
});

export { expect } from '@playwright/test';

/** The browser's or Electron's program; without it the test skips, or fails where the workbench has to be tested. */
export function programOf(shellKind: ShellOptions['shellKind']): string {
  const name = `HINDCAST_TEST_${shellKind.toUpperCase()}`;
  const program = process.env[name];
  if (program) return program;
  const reason = process.env[`${name}_MISSING`] ?? 'not looked for';
  if (process.env.HINDCAST_UI_REQUIRED)
    throw new Error(`The ${shellKind} tests must not be skipped: ${reason}.`);
  test.skip(true, reason);
  throw new Error('unreachable: skip throws');
}

async function killEngine(client: EngineClient): Promise<void> {
  const { hostPid } = await client.engine.describe();
  process.kill(hostPid, 'SIGKILL');
}

function watchConsole(page: Page) {
  const said: string[] = [];
  const allowed: RegExp[] = [];
  page.on('console', (message) => {
    if (['error', 'warning', 'assert'].includes(message.type()))
      said.push(`${message.type()}: ${message.text()}`);
  });
  page.on('pageerror', (error) => said.push(`uncaught: ${error.stack ?? error.message}`));
  return {
    allow: (pattern: RegExp) => void allowed.push(pattern),
    unexpected: () => said.filter((text) => !allowed.some((pattern) => pattern.test(text))),
  };
}

async function keepPicture(page: Page, testInfo: { outputPath(name: string): string }): Promise<void> {
  await page.screenshot({ path: testInfo.outputPath('failed.png') }).catch(() => {});
}

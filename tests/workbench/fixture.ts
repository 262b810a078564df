// A workbench on a fresh workspace for each test, in a browser or in Electron: a test gets `page` and need not know which.
// Unexpected console output fails the test.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as base, type ElectronApplication, expect, type Page } from '@playwright/test';
import { connectEngine, type EngineClient } from '../../engine/connect/connection.ts';
import { openWebSocket } from '../../engine/connect/websocket.ts';
import { HindcastError } from '../../engine/contract/errors.ts';
import { readRendezvous, rendezvousAddress } from '../../engine/hosts/engine/rendezvous.ts';
import { openInBrowser } from './open-in-browser.ts';
import { openInElectron } from './open-in-electron.ts';

export interface ShellOptions {
  readonly shellKind: 'browser' | 'desktop';
}

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
  readonly program: string;
  readonly workspacePath: string;
  /** Of this test alone; removed after it. */
  readonly folder: string;
  readonly size: { readonly width: number; readonly height: number };
  readonly colorScheme: 'light' | 'dark' | 'no-preference' | null;
}

interface Fixtures extends ShellOptions {
  readonly workbench: Workbench;
  readonly client: EngineClient;
}

export const test = base.extend<Fixtures>({
  shellKind: ['browser', { option: true }],

  workbench: async ({ shellKind, viewport, colorScheme }, use, testInfo) => {
    const program = programOf(shellKind);
    const folder = mkdtempSync(join(tmpdir(), 'hindcast-ui-'));
    const workspacePath = join(folder, 'study.hindcast');
    const size = viewport ?? { width: 1440, height: 900 };
    const open = shellKind === 'browser' ? openInBrowser : openInElectron;
    const opened = await open({ program, workspacePath, folder, size, colorScheme: colorScheme ?? null });
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

/** Waits until a host has left its address beside the workspace. */
export async function attach(workspacePath: string) {
  for (let tries = 0; tries < 600; tries++) {
    const rendezvous = readRendezvous(workspacePath);
    const transport = rendezvous && (await openWebSocket(rendezvousAddress(rendezvous)).catch(() => null));
    if (transport) return transport;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new HindcastError('workspace-unreachable', `No process hosts ${workspacePath}.`);
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

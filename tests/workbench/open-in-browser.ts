// The workbench as `hindcast serve` serves it, in a context of its own of the tests' Chromium.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { OpenedWorkbench, OpenOptions } from './fixture.ts';

const CLI = join(import.meta.dirname, '..', '..', 'out', 'main', 'cli.js');

export async function openInBrowser(options: OpenOptions): Promise<OpenedWorkbench> {
  const server = await startServer(options.workspacePath);
  const browser = await options.browser();
  const context = await browser.newContext({
    viewport: options.size,
    colorScheme: options.colorScheme,
    locale: 'en-US',
    timezoneId: 'America/New_York',
    acceptDownloads: true,
    // A test that is about its refusal takes it back.
    permissions: ['microphone'],
  });
  const page = await context.newPage();
  await page.goto(server.address);
  return {
    page,
    app: null,
    async close() {
      await context.close();
      await server.close();
    },
  };
}

/** @returns its address with the token, once it answers. */
export async function startServer(
  workspacePath: string,
  port = 0,
): Promise<{ readonly address: string; close(): Promise<void> }> {
  const child = spawn(
    process.execPath,
    [CLI, 'serve', '--port', String(port), '--no-open', '--json', '--workspace', workspacePath],
    {
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text) => {
    said += text;
  });
  const exited = once(child, 'exit');
  const lines = createInterface({ input: child.stdout });
  const first = await Promise.race([once(lines, 'line'), exited.then(() => null)]);
  if (first === null) throw new Error(`hindcast serve ended: ${said}`);
  const { address } = JSON.parse(String(first[0])) as { address: string };
  return {
    address,
    async close() {
      child.kill('SIGTERM');
      await exited;
    },
  };
}

// `hindcast serve` with a separate engine process: the address, and what is printed about it.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { serve } from '../../../engine/hosts/cli/verbs/serve.ts';
import type { PortChoice } from '../../../engine/hosts/serve/workbench-server.ts';
import { fakeTerminal } from '../cli/fake-terminal.ts';
import { freePort } from './free-port.ts';

const folder = mkdtempSync(join(tmpdir(), 'hindcast-serve-verb-'));
afterAll(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));

/** Until it has said its address and all that goes with it. */
async function start(name: string, port: PortChoice) {
  const terminal = fakeTerminal();
  const said = Promise.withResolvers<void>();
  const out = (text: string) => {
    terminal.out(text);
    said.resolve();
  };
  const ended = serve(
    {
      terminal: { ...terminal, out },
      json: false,
      workspacePath: join(folder, name),
      workspaceNamed: true,
      connect: () => Promise.reject(new Error('it has an engine of its own')),
    },
    { port, open: false },
  );
  await Promise.race([said.promise, ended]);
  const { origin } = new URL(terminal.stdout().replace('Hindcast is at ', ''));
  return {
    origin,
    notes: terminal.stderr(),
    async close() {
      terminal.press();
      await ended;
    },
  };
}

it('has the same address at each start, and says so where it has another', async () => {
  const preferred = { preferred: await freePort() };
  const first = await start('a.hindcast', preferred);
  expect(first.origin).toBe(`http://127.0.0.1:${preferred.preferred}`);
  expect(first.notes).not.toContain('is taken');
  const beside = await start('b.hindcast', preferred);
  expect(beside.origin).not.toBe(first.origin);
  expect(beside.notes).toContain(`\nPort ${preferred.preferred} is taken, so the page is at another`);
  await expect(start('c.hindcast', preferred.preferred)).rejects.toMatchObject({ code: 'conflict' });
  await first.close();
  const again = await start('a.hindcast', preferred);
  expect(again.origin).toBe(first.origin);
  await Promise.all([again.close(), beside.close()]);
});

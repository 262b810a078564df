// A process that hosts only for a moment stays until the clients that attached to it are done.
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openEngine } from '../../../engine/hosts/engine/open-engine.ts';
import { temporaryFolder } from './fixture.ts';

const quiet = { log: () => {} };

/** Whether the promise has settled once everything that was due has run. */
async function isSettled(promise: Promise<unknown>): Promise<boolean> {
  let settled = false;
  promise.then(() => {
    settled = true;
  });
  await new Promise((resolve) => setTimeout(resolve, 200));
  return settled;
}

describe('a host that is done', () => {
  test('stays while clients are attached, and leaves when they are gone', async () => {
    const workspacePath = join(temporaryFolder(), 'w.hindcast');
    const host = await openEngine({ workspacePath, ...quiet });
    const visitor = await openEngine({ workspacePath, ...quiet });
    const idle = host.whenIdle();
    expect(await isSettled(idle)).toBe(false);
    await visitor.client.queue.get();
    await visitor.close();
    await idle;
    await host.close();
  });

  test('does not wait for a window, which takes the workspace over', async () => {
    const workspacePath = join(temporaryFolder(), 'w.hindcast');
    const host = await openEngine({ workspacePath, ...quiet });
    const window = await openEngine({ workspacePath, stays: true, ...quiet });
    await window.client.queue.get();
    await host.whenIdle();
    await host.close();
    expect((await window.client.queue.get()).running).toEqual([]);
    expect(window.role()).toBe('host');
    await window.close();
  });
});

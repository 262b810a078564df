import { existsSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openEngine } from '../../../engine/hosts/engine/open-engine.ts';
import { readRendezvous, rendezvousPath, writeRendezvous } from '../../../engine/hosts/engine/rendezvous.ts';
import { temporaryFolder } from './fixture.ts';

const quiet = { log: () => {} };

describe('rendezvous', () => {
  test('the first hosts, the second attaches to the same engine, and the file is for its owner alone', async () => {
    const workspacePath = join(temporaryFolder(), 'shared.hindcast');
    const first = await openEngine({ workspacePath, ...quiet });
    const second = await openEngine({ workspacePath, ...quiet });
    expect([first.role(), second.role()]).toEqual(['host', 'attached']);
    await first.client.queue.setLimit({ limit: 5 });
    expect((await second.client.queue.get()).limit).toBe(5);
    expect(statSync(rendezvousPath(workspacePath)).mode & 0o077).toBe(0);
    await second.close();
    await first.close();
    expect(existsSync(rendezvousPath(workspacePath))).toBe(false);
  });

  test('a stale file is taken over', async () => {
    const workspacePath = join(temporaryFolder(), 'stale.hindcast');
    writeRendezvous(workspacePath, { pid: 2 ** 22, port: 9, token: 'x'.repeat(64), version: '0.1.0' });
    const engine = await openEngine({ workspacePath, ...quiet });
    expect(engine.role()).toBe('host');
    expect(readRendezvous(workspacePath)?.pid).toBe(process.pid);
    await engine.close();
  });

  test('a file with other things in it is no obstacle', async () => {
    const workspacePath = join(temporaryFolder(), 'odd.hindcast');
    writeFileSync(rendezvousPath(workspacePath), '{"pid": "me"');
    const engine = await openEngine({ workspacePath, ...quiet });
    expect(engine.role()).toBe('host');
    await engine.close();
  });

  test('when the host leaves, an attached process takes the workspace over with its next call', async () => {
    const workspacePath = join(temporaryFolder(), 'heir.hindcast');
    const first = await openEngine({ workspacePath, ...quiet });
    const second = await openEngine({ workspacePath, ...quiet });
    await first.client.queue.setLimit({ limit: 3 });
    await first.close();
    expect((await second.client.queue.get()).limit).toBe(3);
    expect(second.role()).toBe('host');
    await second.close();
  });

  test('many that start at once agree on one host', async () => {
    const workspacePath = join(temporaryFolder(), 'race.hindcast');
    const engines = await Promise.all(
      Array.from({ length: 6 }, () => openEngine({ workspacePath, ...quiet })),
    );
    expect(engines.filter((engine) => engine.role() === 'host')).toHaveLength(1);
    for (const engine of engines.toReversed()) await engine.close();
  });

  test('a file that is not a workspace is refused, and the folder stays as it was', async () => {
    const folder = temporaryFolder();
    const workspacePath = join(folder, 'letter.txt');
    writeFileSync(workspacePath, 'Dear Sir or Madam, this is a letter and no database at all.');
    await expect(openEngine({ workspacePath, ...quiet })).rejects.toMatchObject({
      code: 'workspace-not-ours',
    });
    expect(readdirSync(folder)).toEqual(['letter.txt']);
  });
});

// One file has one host, whatever names lead to it and whatever is deleted beside it.
import { copyFileSync, existsSync, linkSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { type OpenEngine, openEngine } from '../../../engine/hosts/engine/open-engine.ts';
import { lockPath, rendezvousPath } from '../../../engine/hosts/engine/rendezvous.ts';
import { temporaryFolder } from './fixture.ts';

async function open(workspacePath: string): Promise<OpenEngine> {
  const engine = await openEngine({ workspacePath, log: () => {} });
  onTestFinished(() => engine.close());
  return engine;
}

describe('while a workspace is open', () => {
  test('another name of the same file is refused, with the name to use', async () => {
    const folder = temporaryFolder();
    await open(join(folder, 'w.hindcast'));
    renameSync(join(folder, 'w.hindcast'), join(folder, 'moved.hindcast'));
    await expect(open(join(folder, 'moved.hindcast'))).rejects.toMatchObject({
      code: 'workspace-unreachable',
      message: expect.stringContaining('w.hindcast'),
    });
  });

  test('its lock and rendezvous files may be deleted: later processes attach all the same', async () => {
    const path = join(temporaryFolder(), 'w.hindcast');
    const host = await open(path);
    await host.client.queue.setLimit({ limit: 7 });
    for (const name of [lockPath(path), rendezvousPath(path)]) rmSync(name);
    const later = await open(path);
    expect(later.role()).toBe('attached');
    expect((await later.client.queue.get()).limit).toBe(7);
    await later.close();
    expect(existsSync(path)).toBe(true);
  });

  test.each([
    ['renamed', (path: string) => renameSync(path, `${path}.old`), 'renamed'],
    ['deleted', (path: string) => rmSync(path), 'deleted'],
    [
      'replaced',
      (path: string) => {
        copyFileSync(path, `${path}.copy`);
        renameSync(`${path}.copy`, path);
      },
      'another file is at this path',
    ],
    ['overwritten', (path: string) => copyFileSync(`${path}.backup`, path), 'other content was written'],
  ])('a file that is %s takes nothing more, and the sentence says why', async (_what, change, words) => {
    const path = join(temporaryFolder(), 'w.hindcast');
    const other = await openEngine({ workspacePath: `${path}.backup`, log: () => {} });
    await other.close();
    const host = await open(path);
    await host.client.queue.setLimit({ limit: 2 });
    change(path);
    await expect(host.client.queue.setLimit({ limit: 3 })).rejects.toMatchObject({
      code: 'workspace-moved',
      message: expect.stringContaining(words),
    });
    expect((await host.client.queue.get()).limit).toBe(2);
  });

  test('given its name back, it takes writes again', async () => {
    const path = join(temporaryFolder(), 'w.hindcast');
    const host = await open(path);
    renameSync(path, `${path}.old`);
    await expect(host.client.queue.setLimit({ limit: 3 })).rejects.toMatchObject({ code: 'workspace-moved' });
    renameSync(`${path}.old`, path);
    expect((await host.client.queue.setLimit({ limit: 3 })).limit).toBe(3);
  });

  test('one that was renamed has all of its rows in the file when its host has left', async () => {
    const path = join(temporaryFolder(), 'w.hindcast');
    const host = await open(path);
    await host.client.queue.setLimit({ limit: 9 });
    renameSync(path, `${path}.old`);
    await host.close();
    expect(existsSync(`${path}-wal`)).toBe(false);
    const later = await open(`${path}.old`);
    expect((await later.client.queue.get()).limit).toBe(9);
  });

  test('one that was overwritten is what was written into it, when its host has left', async () => {
    const path = join(temporaryFolder(), 'w.hindcast');
    const backup = `${path}.backup`;
    const first = await openEngine({ workspacePath: path, log: () => {} });
    await first.client.queue.setLimit({ limit: 4 });
    await first.close();
    copyFileSync(path, backup);
    const host = await openEngine({ workspacePath: path, log: () => {} });
    await host.client.queue.setLimit({ limit: 5 });
    copyFileSync(backup, path);
    await host.close();
    const later = await open(path);
    expect((await later.client.queue.get()).limit).toBe(4);
    expect(await later.client.workspace.check()).toMatchObject({ healthy: true });
  });
});

describe('a process whose host is gone', () => {
  /** Works through a host that then leaves, with something done to the file before. */
  async function orphaned(change: (path: string) => Promise<void> | void) {
    const path = join(temporaryFolder(), 'w.hindcast');
    const host = await openEngine({ workspacePath: path, log: () => {} });
    const visitor = await open(path);
    expect((await visitor.client.queue.get()).limit).toBe(1);
    await change(path);
    await host.close();
    return { path, visitor };
  }

  test('makes no new workspace where the file was deleted', async () => {
    const { path, visitor } = await orphaned((path) => rmSync(path));
    await expect(visitor.client.queue.get()).rejects.toMatchObject({ code: 'file-missing' });
    expect(existsSync(path)).toBe(false);
  });

  test('does not work on in another workspace of that name', async () => {
    const { path, visitor } = await orphaned(async (path) => {
      const other = await openEngine({ workspacePath: `${path}.other`, log: () => {} });
      await other.close();
      renameSync(`${path}.other`, path);
    });
    await expect(visitor.client.queue.get()).rejects.toMatchObject({
      code: 'workspace-moved',
      message: expect.stringContaining('another workspace'),
    });
    const third = await open(path);
    expect(third.role()).toBe('host');
    await expect(visitor.client.queue.get()).rejects.toMatchObject({ code: 'workspace-moved' });
  });

  test('is told that an older copy took the place of what it watches', async () => {
    const host = await open(join(temporaryFolder(), 'w.hindcast'));
    await host.client.queue.setLimit({ limit: 2 });
    const { workspace } = await host.client.engine.describe();
    const later = host.watchEvents({ after: workspace.lastSequence + 1 });
    await expect(later.next()).rejects.toMatchObject({
      code: 'workspace-moved',
      message: expect.stringContaining('earlier copy'),
    });
  });

  test('becomes the host of the same workspace', async () => {
    const { visitor } = await orphaned(() => {});
    expect((await visitor.client.queue.get()).limit).toBe(1);
    expect(visitor.role()).toBe('host');
  });
});

describe('before it is opened', () => {
  test('a file with two names is refused', async () => {
    const folder = temporaryFolder();
    const path = join(folder, 'w.hindcast');
    await (await openEngine({ workspacePath: path, log: () => {} })).close();
    linkSync(path, join(folder, 'link.hindcast'));
    for (const name of ['w', 'link']) {
      await expect(open(join(folder, `${name}.hindcast`))).rejects.toMatchObject({
        code: 'workspace-unreachable',
        message: expect.stringContaining('hard links'),
      });
    }
  });

  test.each([
    ['a folder at the lock', (path: string) => mkdirSync(lockPath(path)), 'A folder is at'],
    [
      'another file at the lock',
      (path: string) => writeFileSync(lockPath(path), 'x'.repeat(5_000)),
      "not Hindcast's",
    ],
    ['a folder at the rendezvous', (path: string) => mkdirSync(rendezvousPath(path)), 'A folder is at'],
  ])('%s is named, with what to do', async (_what, make, words) => {
    const folder = temporaryFolder();
    const path = join(folder, 'w.hindcast');
    make(path);
    await expect(open(path)).rejects.toMatchObject({
      code: 'workspace-unreachable',
      message: expect.stringMatching(new RegExp(`${words}.*move it away`)),
    });
    expect(existsSync(`${rendezvousPath(path)}.${process.pid}`)).toBe(false);
  });
});

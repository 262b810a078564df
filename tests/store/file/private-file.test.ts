// Only their owner can read the files of a workspace.
import { chmodSync, lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { takeHostLock } from '../../../engine/store/file/host-lock.ts';
import { newRun, openTest, temporaryFolder } from '../helpers.ts';

const modes = (folder: string): Record<string, number> =>
  Object.fromEntries(readdirSync(folder).map((name) => [name, lstatSync(join(folder, name)).mode & 0o777]));
const onlyOwner = (folder: string): void => {
  for (const [name, mode] of Object.entries(modes(folder))) expect([name, mode]).toEqual([name, 0o600]);
};

test.skipIf(process.getuid === undefined)(
  'new files are 0600: workspace, log, index, lock, copy',
  async () => {
    const folder = temporaryFolder();
    const before = process.umask(0);
    onTestFinished(() => void process.umask(before));
    const workspace = openTest(join(folder, 'w.hindcast'));
    onTestFinished(() => workspace.close());
    newRun(workspace);
    const lock = takeHostLock(join(folder, 'w.hindcast-host'));
    await workspace.copyTo(join(folder, 'copy.hindcast'));
    expect(readdirSync(folder).sort()).toEqual(
      expect.arrayContaining(['copy.hindcast', 'w.hindcast', 'w.hindcast-host', 'w.hindcast-wal']),
    );
    onlyOwner(folder);
    lock?.release();
  },
);

test.skipIf(process.getuid === undefined)(
  'files of before are tightened when the workspace is opened',
  () => {
    const folder = temporaryFolder();
    const path = join(folder, 'w.hindcast');
    openTest(path).close();
    takeHostLock(`${path}-host`)?.release();
    for (const name of readdirSync(folder)) chmodSync(join(folder, name), 0o644);
    takeHostLock(`${path}-host`)?.release();
    const workspace = openTest(path);
    onTestFinished(() => workspace.close());
    newRun(workspace);
    onlyOwner(folder);
  },
);

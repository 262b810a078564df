// Temporary files of a killed import are removed when a host starts; those of a living process stay.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { startTestHost, temporaryFolder } from './fixture.ts';

test('temporary folders of dead imports are removed when a host starts', async () => {
  const { pid: dead } = spawnSync(process.execPath, ['-e', '']);
  const folderOf = (pid: number) => mkdtempSync(join(tmpdir(), `hindcast-import-${pid}-`));
  const [theirs, ours] = [folderOf(dead), folderOf(process.pid)];
  onTestFinished(() => rmSync(ours, { recursive: true }));
  await startTestHost(join(temporaryFolder(), 'w.hindcast'));
  expect([existsSync(theirs), existsSync(ours)]).toEqual([false, true]);
});

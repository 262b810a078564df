// Daily backups: when one is due, which are kept, and a restored one equals the original workspace.
import { existsSync, mkdirSync, readdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { dueBackup, KEPT_BACKUPS, listBackups, pruneBackups } from '../../../engine/store/file/backups.ts';
import { carryOutRestore, putInPlace, requestRestore } from '../../../engine/store/file/restore.ts';
import { openWorkspace } from '../../../engine/store/workspace.ts';
import { newRun, temporaryFolder } from '../helpers.ts';

const DAY_MS = 86_400_000;
const open = (path: string) => openWorkspace(path, { create: true, now: Date.now });
const runsOf = (path: string): number => {
  const workspace = open(path);
  const { runs } = workspace.info();
  workspace.close();
  return runs;
};

test('a copy is due a day after the workspace was made, then a day after the last copy; a clock that was wrong puts none off', async () => {
  const path = join(temporaryFolder(), 'w.hindcast');
  const workspace = open(path);
  const madeAtMs = workspace.info().createdAtMs;
  expect(dueBackup(path, madeAtMs, madeAtMs + DAY_MS - 1)).toBeNull();
  const first = dueBackup(path, madeAtMs, madeAtMs + DAY_MS) as string;
  await workspace.copyTo(first);
  expect(dueBackup(path, madeAtMs, madeAtMs + DAY_MS + 60_000)).toBeNull();
  expect(dueBackup(path, madeAtMs, madeAtMs + 2 * DAY_MS)).not.toBeNull();
  writeFileSync(join(`${path}-backups`, '2099-01-01T00-00-00.hindcast'), '');
  expect(dueBackup(path, madeAtMs, madeAtMs + 2 * DAY_MS)).not.toBeNull();
  workspace.close();
});

test('the newest copies stay, drafts of killed hosts and older copies go, files of others stay', async () => {
  const path = join(temporaryFolder(), 'w.hindcast');
  const folder = `${path}-backups`;
  mkdirSync(folder);
  const names = Array.from({ length: KEPT_BACKUPS + 3 }, (_, day) => `2026-03-${10 + day}T08-00-00.hindcast`);
  for (const name of [...names, '2026-03-01T08-00-00.hindcast.new-1', 'mine.hindcast'])
    writeFileSync(join(folder, name), '');
  await pruneBackups(path, process.pid);
  expect(readdirSync(folder).sort()).toEqual([...names.slice(3), 'mine.hindcast']);
});

test('the list has daily copies and those beside the workspace, the newest first', () => {
  const folder = temporaryFolder();
  const path = join(folder, 'w.hindcast');
  mkdirSync(`${path}-backups`);
  writeFileSync(join(`${path}-backups`, '2026-03-10T08-00-00.hindcast'), 'x');
  const beside = `${path}.before-migration-4`;
  writeFileSync(beside, 'xy');
  utimesSync(beside, new Date('2026-03-11T00:00:00Z'), new Date('2026-03-11T00:00:00Z'));
  writeFileSync(`${path}.before-migration-4.new-3`, '');
  writeFileSync(join(folder, 'w.hindcast.txt'), '');
  expect(listBackups(path).map(({ name, bytes }) => [name, bytes])).toEqual([
    ['w.hindcast.before-migration-4', 2],
    ['2026-03-10T08-00-00.hindcast', 1],
  ]);
});

test('a requested restore happens at the next start; of a file that is no backup of the workspace it does not', async () => {
  const folder = temporaryFolder();
  const path = join(folder, 'w.hindcast');
  const workspace = open(path);
  newRun(workspace);
  const backup = join(folder, 'copy.hindcast');
  await workspace.copyTo(backup);
  newRun(workspace);
  workspace.close();
  const claimed: string[] = [];
  const claim = (file: string) => void claimed.push(file);
  expect(carryOutRestore(path, [backup], claim)).toEqual([]);
  requestRestore(path, '/etc/passwd');
  expect(carryOutRestore(path, [backup], claim)).toEqual([expect.stringContaining('nothing was restored')]);
  expect(runsOf(path)).toBe(2);
  requestRestore(path, backup);
  expect(carryOutRestore(path, [backup], claim)).toEqual([expect.stringContaining('was restored from')]);
  expect(claimed).toEqual([path]);
  expect(runsOf(path)).toBe(1);
  expect(runsOf(`${path}.before-restore`)).toBe(2);
  expect(carryOutRestore(path, [backup], claim)).toEqual([]);
});

test('a damaged backup is refused, whatever its size, and nothing changes', async () => {
  const folder = temporaryFolder();
  const path = join(folder, 'w.hindcast');
  open(path).close();
  const backup = join(folder, 'copy.hindcast');
  writeFileSync(backup, 'Dear Sir');
  expect(() => putInPlace(path, backup)).toThrow(expect.objectContaining({ code: 'workspace-not-ours' }));
  requestRestore(path, backup);
  expect(carryOutRestore(path, [backup], () => {})).toEqual([expect.stringContaining('was not restored')]);
  expect(existsSync(path)).toBe(true);
  expect(readdirSync(folder).filter((name) => name.includes('.new-'))).toEqual([]);
});

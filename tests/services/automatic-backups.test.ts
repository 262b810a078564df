// A host that closes makes the backup that is due, unless automatic backups are switched off.
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { keepBackups } from '../../engine/services/automatic-backups.ts';
import { listBackups } from '../../engine/store/file/backups.ts';
import { newRun, newWorkspace, openTest } from '../store/helpers.ts';

const DAY_MS = 86_400_000;

async function leaveAfter(days: number, automaticBackups: boolean) {
  const workspace = newWorkspace();
  newRun(workspace);
  workspace.settings.set('automaticBackups', automaticBackups);
  const nowMs = workspace.info().createdAtMs + days * DAY_MS;
  await keepBackups(workspace, { now: () => nowMs, log: () => {} }).close();
  return listBackups(workspace.path);
}

test('a day after it was made a workspace is copied, with its contents', async () => {
  const [backup] = await leaveAfter(1, true);
  if (!backup) throw new Error('no backup');
  expect(openTest(backup.path).info().runs).toBe(1);
});

test('a copy that is not sound goes, the older ones stay, and the log says why', async () => {
  const workspace = newWorkspace();
  const run = newRun(workspace);
  workspace.metrics.declare(run, 'step', ['a']);
  workspace.metrics.append(run, 'step', 1, 2, Float64Array.of(1, 2));
  const { createdAtMs } = workspace.info();
  const logged: unknown[] = [];
  const leave = (days: number) =>
    keepBackups(workspace, {
      now: () => createdAtMs + days * DAY_MS,
      log: ({ message }) => void logged.push(message),
    }).close();
  for (let day = 1; day <= 7; day++) await leave(day);
  const before = listBackups(workspace.path);
  expect([before.length, logged]).toEqual([7, []]);
  const file = new Database(workspace.path);
  file.exec('UPDATE run_step_metric SET metric_values = zeroblob(12) WHERE step = 2');
  file.close();
  await leave(8);
  expect(listBackups(workspace.path)).toEqual(before);
  expect(logged).toEqual([
    expect.stringContaining('is damaged, so it was removed and the older copies stay'),
  ]);
});

test('not before, and not where it is switched off', async () => {
  expect(await leaveAfter(0.9, true)).toEqual([]);
  expect(await leaveAfter(30, false)).toEqual([]);
});

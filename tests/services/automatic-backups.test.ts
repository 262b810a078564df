// A host that closes makes the backup that is due, unless automatic backups are switched off.
import { expect, test } from 'vitest';
import { keepBackups } from '../../engine/services/automatic-backups.ts';
import { listBackups } from '../../engine/store/backups.ts';
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

test('not before, and not where it is switched off', async () => {
  expect(await leaveAfter(0.9, true)).toEqual([]);
  expect(await leaveAfter(30, false)).toEqual([]);
});

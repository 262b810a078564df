// On a full disk the user can still open the workspace, look at it, and delete from it.
import { spawnSync } from 'node:child_process';
import { existsSync, statfsSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { readRunList } from '../../../engine/contract/runs/run-list.ts';
import { openEngine } from '../../../engine/hosts/engine/open-engine.ts';
import { checkAll } from '../../../engine/store/check/check-file.ts';
import { openWorkspace } from '../../../engine/store/workspace.ts';
import { newRun } from '../../store/content.ts';
import { runCommand } from '../command.ts';
import { temporaryFolder } from './fixture.ts';

function mountFailure(folder: string): string {
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=8m', 'tmpfs', folder], { encoding: 'utf8' });
  if (mounted.error) return mounted.error.message;
  if (mounted.status !== 0) return mounted.stderr.trim();
  onTestFinished(() => {
    spawnSync('umount', ['-l', folder]);
  });
  return '';
}

test('a workspace on a full disk opens, lists its runs, and lets them be deleted', async ({ skip }) => {
  const folder = temporaryFolder();
  const failure = mountFailure(folder);
  skip(failure !== '', `mount: ${failure}`);
  const workspacePath = join(folder, 'w.hindcast');
  await (await openEngine({ workspacePath, log: () => {} })).close();
  const workspace = openWorkspace(workspacePath, { create: false, now: Date.now });
  const runs = [newRun(workspace), newRun(workspace)];
  workspace.checkpoints.write(runs[0]!, 'last', {
    step: 1,
    epoch: 1,
    data: new Uint8Array(2_000_000).fill(7),
    hasOptimizerState: true,
    atMs: 1,
  });
  for (const run of runs) workspace.runs.update(run, { state: 'running' });
  workspace.close();
  fill(folder);

  const engine = await openEngine({ workspacePath, log: () => {} });
  onTestFinished(() => engine.close());
  expect(await readRunList(await engine.client.runs.list({}))).toHaveLength(2);
  await engine.client.runs.delete({ run: runs[0]! });
  expect(await readRunList(await engine.client.runs.list({}))).toHaveLength(1);
  expect(existsSync(workspacePath)).toBe(true);
});

test('without a free byte and without a reserve, runs are listed and deleted, on a copy that is written back', async ({
  skip,
}) => {
  const folder = temporaryFolder();
  const failure = mountFailure(folder);
  skip(failure !== '', `mount: ${failure}`);
  const workspacePath = join(folder, 'w.hindcast');
  const workspace = openWorkspace(workspacePath, { create: true, now: Date.now });
  const runs = [newRun(workspace), newRun(workspace)];
  const data = new Uint8Array(1_000_000).fill(7);
  for (const run of runs) {
    workspace.checkpoints.write(run, 'last', { step: 1, epoch: 1, data, hasOptimizerState: true, atMs: 1 });
    workspace.runs.update(run, { state: 'stopped' });
  }
  workspace.close();
  fill(folder);
  const before = statSync(workspacePath).size;

  const engine = await openEngine({ workspacePath, log: () => {} });
  const other = await openEngine({ workspacePath, log: () => {} });
  expect(await readRunList(await other.client.runs.list({}))).toHaveLength(2);
  await expect(engine.client.runs.resume({ run: runs[1]! })).rejects.toMatchObject({
    code: 'disk-full',
    message: expect.stringContaining('nothing but deleting'),
  });
  await engine.client.runs.delete({ run: runs[0]! });
  await other.close();
  await engine.close();
  expect(statSync(workspacePath).size).toBeLessThan(before - 900_000);
  expect(checkAll(workspacePath, { isWholeFile: () => true })).toEqual([]);
  const again = await openEngine({ workspacePath, log: () => {} });
  onTestFinished(() => again.close());
  expect(await readRunList(await again.client.runs.list({}))).toHaveLength(1);
});

test('on a full disk the commands look, check and delete', async ({ skip }) => {
  const folder = temporaryFolder();
  const failure = mountFailure(folder);
  skip(failure !== '', `mount: ${failure}`);
  const workspacePath = join(folder, 'w.hindcast');
  await (await openEngine({ workspacePath, log: () => {} })).close();
  const workspace = openWorkspace(workspacePath, { create: false, now: Date.now });
  const runs = [newRun(workspace), newRun(workspace), newRun(workspace)];
  for (const run of runs) workspace.runs.update(run, { state: 'stopped' });
  workspace.close();
  fill(folder);
  const hindcast = (...args: string[]) => runCommand([...args, '--workspace', workspacePath]);
  for (const command of [
    ['runs'],
    ['show', '1'],
    ['check'],
    ['doctor'],
    ['delete', '1', '--yes'],
    ['runs'],
  ]) {
    const { code, stderr } = await hindcast(...command);
    expect([command, code, code === 0 ? '' : stderr]).toEqual([command, 0, '']);
    fill(folder);
  }
  expect(JSON.parse((await hindcast('runs', '--json')).stdout)).toHaveLength(2);
});

/** Takes all that is left. */
function fill(folder: string): void {
  const { bavail, bsize } = statfsSync(folder);
  writeFileSync(join(folder, `ballast ${Math.random()}`), new Uint8Array(bavail * bsize));
  expect(statfsSync(folder).bavail).toBe(0);
}

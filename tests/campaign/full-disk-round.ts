// A round on a small disk that runs full at a random moment: a tmpfs where this user may mount one, otherwise a limit of pages. The oracle:
// what was stored before is whole, runs are listed and deleted on the full disk, and writing continues when there is room.
import { spawnSync } from 'node:child_process';
import { statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseRunList } from '../../engine/contract/runs/run-list.ts';
import { HindcastError } from '../../engine/contract/values/errors.ts';
import { tryWithReserve } from '../../engine/hosts/engine/with-reserve.ts';
import { checkAll } from '../../engine/store/check/check-file.ts';
import { makeReserve } from '../../engine/store/file/reserve.ts';
import { isPassing } from '../../engine/store/file/sqlite-errors.ts';
import { openWorkspace, type Workspace } from '../../engine/store/workspace.ts';
import { newRun } from '../store/content.ts';
import { below, type Random } from './random.ts';

export interface FullDiskRound {
  readonly disk: 'tmpfs' | 'page limit';
  readonly rows: number;
}

/** @throws Error that says what was not as it should be. */
export function playFullDiskRound(folder: string, random: Random): FullDiskRound {
  const size = `size=${6 + below(random, 6)}m`;
  const isMounted = spawnSync('mount', ['-t', 'tmpfs', '-o', size, 'tmpfs', folder]).status === 0;
  try {
    const rows = isMounted ? onFullDisk(folder, random) : onPageLimit(folder, random);
    return { disk: isMounted ? 'tmpfs' : 'page limit', rows };
  } finally {
    if (isMounted) spawnSync('umount', ['-l', folder]);
  }
}

function onFullDisk(folder: string, random: Random): number {
  const path = join(folder, 'w.hindcast');
  let workspace = openWorkspace(path, { create: true, now: Date.now });
  makeReserve(path);
  const [run, other] = [newRun(workspace), newRun(workspace)];
  const rows = writeUntilFull(workspace, run, random);
  workspace.close();
  fill(folder);
  workspace = tryWithReserve(path, () => openWorkspace(path, { create: false, now: Date.now }));
  expectWhole(workspace, run, rows);
  tryWithReserve(path, () => workspace.runs.delete(other));
  expectRuns(workspace, 1);
  spawnSync('mount', ['-o', 'remount,size=64m', folder]);
  return continueWriting(workspace, run, rows);
}

function onPageLimit(folder: string, random: Random): number {
  const workspace = openWorkspace(join(folder, 'w.hindcast'), { create: true, now: Date.now });
  const run = newRun(workspace);
  workspace.setPageLimit(60 + below(random, 200));
  const rows = writeUntilFull(workspace, run, random);
  expectWhole(workspace, run, rows);
  workspace.setPageLimit(null);
  return continueWriting(workspace, run, rows);
}

function append(workspace: Workspace, run: ReturnType<typeof newRun>, count: number): void {
  const first = workspace.metrics.lastIndex(run, 'step') + 1;
  const values = Float64Array.from({ length: count }, (_, at) => first + at);
  workspace.metrics.append(run, 'step', first, count, values);
}

/** The number of rows that were stored. */
function writeUntilFull(workspace: Workspace, run: ReturnType<typeof newRun>, random: Random): number {
  workspace.metrics.declare(run, 'step', ['index']);
  for (let rows = 0; ; ) {
    const count = 1 + below(random, 5_000);
    try {
      append(workspace, run, count);
      rows += count;
    } catch (cause) {
      if (cause instanceof HindcastError && isPassing(cause)) return rows;
      throw cause;
    }
  }
}

function expectWhole(workspace: Workspace, run: ReturnType<typeof newRun>, rows: number): void {
  const [index] = workspace.metrics.read(run, 'step').columns.values;
  const isWhole = index?.length === rows && index.every((value, row) => value === row + 1);
  if (!isWhole) throw new Error(`of ${rows} rows ${index?.length} are there`);
}

function expectRuns(workspace: Workspace, count: number): void {
  const listed = parseRunList(workspace.runs.listText()).length;
  if (listed !== count) throw new Error(`${listed} runs are listed instead of ${count}`);
}

function continueWriting(workspace: Workspace, run: ReturnType<typeof newRun>, rows: number): number {
  append(workspace, run, 100);
  expectWhole(workspace, run, rows + 100);
  workspace.close();
  const findings = checkAll(workspace.path, { isWholeFile: () => true });
  if (findings.length > 0) throw new Error(findings.map(({ message }) => message).join(' '));
  return rows + 100;
}

function fill(folder: string): void {
  const { bavail, bsize } = statfsSync(folder);
  writeFileSync(join(folder, 'ballast'), new Uint8Array(bavail * bsize));
}

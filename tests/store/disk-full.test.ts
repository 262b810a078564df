import { spawnSync } from 'node:child_process';
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, onTestFinished, test } from 'vitest';
import { parseRunList } from '../../engine/contract/runs/run-list.ts';
import type { HindcastError } from '../../engine/contract/values/errors.ts';
import type { Workspace } from '../../engine/store/workspace.ts';
import {
  errorOf,
  feed,
  importData,
  importMessages,
  newRun,
  newWorkspace,
  openTest,
  temporaryFolder,
} from './helpers.ts';

const PAGE = 16384;

/** All that is stored, as text: equal before and after a failed write. */
function dump(workspace: Workspace): string {
  const database = new Database(workspace.path, { fileMustExist: true });
  try {
    expect(database.pragma('integrity_check', { simple: true })).toBe('ok');
    const tables = database
      .prepare(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name <> 'sqlite_sequence' ORDER BY name",
      )
      .pluck()
      .all() as string[];
    return JSON.stringify(tables.map((table) => [table, database.prepare(`SELECT * FROM "${table}"`).all()]));
  } finally {
    database.close();
  }
}

/** Leaves room for this many more pages. */
function leaveRoom(workspace: Workspace, pages: number): void {
  workspace.setPageLimit(pageCount(workspace) + pages);
}

function pageCount(workspace: Workspace): number {
  const database = new Database(workspace.path, { fileMustExist: true });
  try {
    return Number(database.pragma('page_count', { simple: true }));
  } finally {
    database.close();
  }
}

function expectFull(error: HindcastError, workspace: Workspace): void {
  expect(error.code).toBe('disk-full');
  expect(error.message).toContain(workspace.path);
  expect(error.message).toContain('free some space');
}

describe.each([0, 2, 20])('a full disk with room for %d pages', (room) => {
  test('metric rows: all of a call or none, and the same call works once there is room', () => {
    const workspace = newWorkspace();
    const runId = newRun(workspace);
    workspace.metrics.declare(runId, 'step', ['a', 'b']);
    workspace.metrics.append(runId, 'step', 1, 1, new Float64Array([1, 2]));
    const values = Float64Array.from({ length: 50_000 }, (_, at) => at);
    const before = dump(workspace);
    leaveRoom(workspace, room);
    expectFull(
      errorOf(() => workspace.metrics.append(runId, 'step', 2, 25_000, values)),
      workspace,
    );
    expect(dump(workspace)).toBe(before);
    workspace.setPageLimit(null);
    workspace.metrics.append(runId, 'step', 2, 25_000, values);
    expect(workspace.metrics.lastIndex(runId, 'step')).toBe(25_001);
  });

  test('a checkpoint: the old one stays, nothing of the new one does', () => {
    const workspace = newWorkspace();
    const runId = newRun(workspace);
    const write = (data: Uint8Array, step: number): void =>
      workspace.checkpoints.write(runId, 'last', { step, epoch: 1, data, hasOptimizerState: true, atMs: 1 });
    write(new Uint8Array(1000).fill(1), 1);
    const before = dump(workspace);
    leaveRoom(workspace, room);
    expectFull(
      errorOf(() => write(new Uint8Array(3_000_000).fill(2), 2)),
      workspace,
    );
    expect(dump(workspace)).toBe(before);
    expect(workspace.checkpoints.read(runId, 'last')?.step).toBe(1);
    workspace.setPageLimit(null);
    write(new Uint8Array(3_000_000).fill(2), 2);
    expect(workspace.checkpoints.read(runId, 'last')?.step).toBe(2);
  });

  test('an import: aborted, nothing of it stays', () => {
    const workspace = newWorkspace();
    importData(workspace, 'data');
    const before = dump(workspace);
    const writer = workspace.datasets.beginImport({ name: 'data', atMs: 1 });
    leaveRoom(workspace, room);
    expectFull(
      errorOf(() => feed(writer, importMessages({ rows: 60_000 }))),
      workspace,
    );
    writer.abort();
    expect(dump(workspace)).toBe(before);
  });

  test('a transaction of several things: none of them', () => {
    const workspace = newWorkspace();
    const runId = newRun(workspace);
    const before = dump(workspace);
    leaveRoom(workspace, room);
    const error = errorOf(() =>
      workspace.transaction(() => {
        workspace.runs.update(runId, { state: 'running' });
        workspace.metrics.declare(runId, 'step', ['a']);
        workspace.settings.set('big', 'x'.repeat(50 * PAGE));
      }),
    );
    expectFull(error, workspace);
    expect(dump(workspace)).toBe(before);
    expect(parseRunList(workspace.runs.listText())[0]?.state).toBe('queued');
  });
});

/** Why no small file system can be had here; empty where it can. */
function mountFailure(folder: string): string {
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=6m', 'tmpfs', folder], { encoding: 'utf8' });
  if (mounted.error) return mounted.error.message;
  if (mounted.status !== 0) return mounted.stderr.trim();
  onTestFinished(() => {
    spawnSync('umount', ['-l', folder]);
  });
  return '';
}

test('a disk that is really full', ({ skip }) => {
  const folder = temporaryFolder();
  const failure = mountFailure(folder);
  skip(failure !== '', `mount: ${failure}`);
  const workspace = openTest(join(folder, 'w.hindcast'));
  onTestFinished(() => workspace.close());
  const runId = newRun(workspace);
  workspace.metrics.declare(runId, 'step', ['a', 'b']);
  const append = (): void =>
    workspace.metrics.append(
      runId,
      'step',
      workspace.metrics.lastIndex(runId, 'step') + 1,
      5_000,
      new Float64Array(10_000).fill(1.5),
    );
  let stored = 0;
  const error = errorOf(() => {
    for (; ; stored++) append();
  });
  expectFull(error, workspace);
  expect(stored).toBeGreaterThan(2);
  expect(workspace.metrics.lastIndex(runId, 'step')).toBe(stored * 5_000);
  expect(workspace.metrics.read(runId, 'step').columns.values[1]?.length).toBe(stored * 5_000);
  // A second workspace in the same folder cannot be made either, and leaves nothing.
  const files = readdirSync(folder);
  writeFileSync(join(folder, 'ballast'), '');
  expect(errorOf(() => openTest(join(folder, 'second.hindcast'))).code).toBe('disk-full');
  expect(readdirSync(folder).sort()).toEqual([...files, 'ballast'].sort());
  // Room comes back: the same call goes through.
  spawnSync('mount', ['-o', 'remount,size=64m', folder]);
  append();
  expect(workspace.metrics.lastIndex(runId, 'step')).toBe((stored + 1) * 5_000);
  expect(dump(workspace)).toContain('metric');
});

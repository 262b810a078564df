import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import type { RunId } from '../../../engine/contract/values/ids.ts';
import type { Workspace } from '../../../engine/store/workspace.ts';
import { errorOf, newRun, newWorkspace, openTest, temporaryFolder } from '../helpers.ts';

const MIB = 2 ** 20;

function bytes(length: number, seed: number): Uint8Array {
  return Uint8Array.from({ length }, (_, at) => (at * 31 + (at >> 8) + seed) & 255);
}

function write(workspace: Workspace, runId: RunId, data: Uint8Array, step = 1): void {
  workspace.checkpoints.write(runId, 'last', { step, epoch: 1, data, hasOptimizerState: true, atMs: 9 });
}

function sql<Value>(workspace: Workspace, statement: string): Value {
  const database = new Database(workspace.path, { fileMustExist: true });
  try {
    const prepared = database.prepare(statement);
    return (prepared.reader ? prepared.pluck().get() : prepared.run()) as Value;
  } finally {
    database.close();
  }
}

describe('checkpoints', () => {
  test.each([0, 1, MIB - 1, MIB, MIB + 1, 3 * MIB + 7])('of %d bytes come back as they were', (length) => {
    const workspace = newWorkspace();
    const runId = newRun(workspace);
    const data = bytes(length, 1);
    // A view into something bigger: only the view is stored.
    const around = new Uint8Array(length + 10).fill(7);
    around.set(data, 3);
    write(workspace, runId, around.subarray(3, 3 + length), 12);
    const read = workspace.checkpoints.read(runId, 'last');
    expect(read).toMatchObject({ step: 12, epoch: 1 });
    expect(Buffer.compare(read!.data, data)).toBe(0);
    expect(sql(workspace, 'SELECT count(*) FROM checkpoint_part')).toBe(Math.ceil(length / MIB));
    expect(workspace.diskUse().checkpointBytes).toBe(length);
  });

  test('a new one replaces the old one of its kind only', () => {
    const workspace = newWorkspace();
    const runId = newRun(workspace);
    const other = newRun(workspace);
    workspace.checkpoints.write(runId, 'best', {
      step: 5,
      epoch: 2,
      data: bytes(10, 2),
      hasOptimizerState: false,
      atMs: 8,
    });
    write(workspace, other, bytes(20, 3));
    write(workspace, runId, bytes(2 * MIB, 4), 6);
    write(workspace, runId, bytes(MIB, 5), 7);
    expect(workspace.checkpoints.info(runId)).toEqual([
      { kind: 'last', step: 7, epoch: 1, bytes: MIB, hasOptimizerState: true, createdAtMs: 9 },
      { kind: 'best', step: 5, epoch: 2, bytes: 10, hasOptimizerState: false, createdAtMs: 8 },
    ]);
    expect(workspace.checkpoints.read(runId, 'best')?.data).toEqual(bytes(10, 2));
    expect(workspace.checkpoints.read(other, 'last')?.data).toEqual(bytes(20, 3));
    expect(workspace.checkpoints.read(other, 'best')).toBeNull();
    expect(sql(workspace, 'SELECT count(*) FROM checkpoint_part')).toBe(3);
    expect(workspace.checkpoints.delete(runId, 'last')).toBe(true);
    expect(workspace.checkpoints.delete(runId, 'last')).toBe(false);
    expect(sql(workspace, 'SELECT count(*) FROM checkpoint_part')).toBe(2);
  });

  test('a half-written one is not seen, is swept at the next start, and does no harm', () => {
    const path = join(temporaryFolder(), 'w.hindcast');
    const killed = openTest(path);
    const runId = newRun(killed);
    write(killed, runId, bytes(2 * MIB, 1), 1);
    killed.close();
    const half = `INSERT INTO checkpoint (run_id, kind, step, epoch, bytes, has_optimizer_state, created_at_ms)
      VALUES (${runId}, 'last', 2, 1, 99, 1, 3)`;
    sql(killed, half);
    sql(killed, "INSERT INTO checkpoint_part (checkpoint_id, position, data) VALUES (2, 0, x'0102')");
    const lines: string[] = [];
    const workspace = openTest(path, { logger: (line) => lines.push(line) });
    expect(lines).toEqual(['removed 1 half-written checkpoint']);
    expect(sql(workspace, 'SELECT count(*) FROM checkpoint_part')).toBe(2);
    sql(workspace, half);
    expect(workspace.checkpoints.read(runId, 'last')?.step).toBe(1);
    expect(workspace.checkpoints.info(runId)).toHaveLength(1);
    expect(workspace.runs.detail(runId).bytes).toBe(2 * MIB);
    write(workspace, runId, bytes(5, 6), 3);
    expect(workspace.checkpoints.read(runId, 'last')).toEqual({ step: 3, epoch: 1, data: bytes(5, 6) });
    expect(sql(workspace, 'SELECT count(*) FROM checkpoint')).toBe(1);
    workspace.close();
  });

  test('one with a piece missing is damage', () => {
    const workspace = newWorkspace();
    const runId = newRun(workspace);
    write(workspace, runId, bytes(2 * MIB, 1));
    sql(workspace, 'DELETE FROM checkpoint_part WHERE position = 1');
    expect(errorOf(() => workspace.checkpoints.read(runId, 'last')).code).toBe('workspace-damaged');
  });
});

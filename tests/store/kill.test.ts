import { spawn } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import type { RunId } from '../../engine/contract/values/ids.ts';
import { CHECKPOINT_BYTES, openTest, temporaryFolder } from './helpers.ts';

/**
 * Starts the writer and kills it `delayMs` after it began to open the workspace, had opened it, or had written a round. @returns the
 * last row that it knew was stored.
 */
async function writeAndKill(
  path: string,
  from: 'begin' | 'open' | 'round',
  delayMs: number,
): Promise<number> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'writer-child.ts'), path], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const errors: string[] = [];
  child.stderr.on('data', (chunk) => errors.push(String(chunk)));
  const ended = new Promise<NodeJS.Signals | null>((resolve) => {
    child.on('close', (_code, signal) => resolve(signal));
  });
  const kill = (): void => {
    setTimeout(() => child.kill('SIGKILL'), delayMs);
  };
  let stored = 0;
  for await (const line of createInterface({ input: child.stdout })) {
    const isRound = /^\d+$/.test(line);
    if (line === from || (from === 'round' && isRound && stored === 0)) kill();
    if (isRound) stored = Number(line);
  }
  expect([await ended, errors.join('')]).toEqual(['SIGKILL', '']);
  return stored;
}

function expectSound(path: string, stored: number): void {
  const workspace = openTest(path, { create: false });
  workspace.datasets.sweepImports();
  const [runId] = workspace.runs.inState('queued');
  if (runId !== undefined) {
    const rows = workspace.metrics.lastIndex(runId, 'step');
    expect(rows).toBeGreaterThanOrEqual(stored);
    expect(workspace.runs.summary(runId).step).toBe(rows);
    // Names are declared before the first row, or not yet.
    const names = workspace.metrics.names(runId, 'step');
    expect(rows > 0 ? [['index', 'twice']] : [[], ['index', 'twice']]).toContainEqual(names);
    const { index, values } = workspace.metrics.read(runId, 'step').columns;
    expect(index).toEqual(Int32Array.from({ length: rows }, (_, row) => row + 1));
    const times = (factor: number) => Float64Array.from({ length: rows }, (_, row) => (row + 1) * factor);
    expect(values).toEqual(names.length > 0 ? [times(1), times(2)] : []);
    expectWholeCheckpoint(workspace, runId, rows);
  }
  for (const dataset of workspace.datasets.list()) {
    expect(dataset.rows).toBe(dataset.name === 'data' ? 20 : 9_000);
    const frame = workspace.datasets.readValues(dataset.versionId, { fromRow: 0 });
    expect(frame.columns.values[0]?.length).toBe(dataset.rows);
  }
  workspace.close();
  const database = new Database(path, { fileMustExist: true });
  expect(database.pragma('integrity_check', { simple: true })).toBe('ok');
  expect(database.pragma('foreign_key_check')).toEqual([]);
  const orphans = database.prepare(
    'SELECT count(*) FROM chunk WHERE id NOT IN (SELECT chunk_id FROM column_chunk)',
  );
  expect(orphans.pluck().get()).toBe(0);
  database.close();
}

function expectWholeCheckpoint(workspace: ReturnType<typeof openTest>, runId: RunId, rows: number): void {
  const checkpoint = workspace.checkpoints.read(runId, 'last');
  if (checkpoint === null) return;
  expect(checkpoint.step).toBeLessThanOrEqual(rows);
  expect(checkpoint.data.length).toBe(CHECKPOINT_BYTES);
  expect(
    Buffer.compare(checkpoint.data, new Uint8Array(CHECKPOINT_BYTES).fill(checkpoint.data[0] ?? 0)),
  ).toBe(0);
}

test('a writer that is killed at any moment leaves a sound workspace, and all that it knew was stored', async () => {
  const path = join(temporaryFolder(), 'w.hindcast');
  let stored = 0;
  // Spread over the rounds of the writer (about 100 ms each), by the golden ratio.
  for (let attempt = 0; attempt < 6; attempt++) {
    const delayMs = ((attempt * 0.618034) % 1) * 400;
    // From the first round on in every other attempt: on a busy machine the delay alone may pass before there is one.
    const from = attempt % 2 === 0 ? 'open' : 'round';
    stored = Math.max(stored, await writeAndKill(path, from, delayMs));
    expectSound(path, stored);
  }
  expect(stored).toBeGreaterThan(0);
});

test('one that is killed while it makes the workspace leaves either none or a whole one', async () => {
  for (const delayMs of [0, 10, 30, 90]) {
    const folder = temporaryFolder();
    const path = join(folder, 'w.hindcast');
    await writeAndKill(path, 'begin', delayMs);
    if (existsSync(path)) expectSound(path, 0);
    else expect(readdirSync(folder).every((name) => name.startsWith('w.hindcast.new-'))).toBe(true);
  }
});

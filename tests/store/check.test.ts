// Every flipped byte of a metric row, a data chunk or kept weights is found, and what can be repaired is.
import { closeSync, copyFileSync, existsSync, openSync, readFileSync, writeSync } from 'node:fs';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { checkAll, checkSlice } from '../../engine/store/check/check-file.ts';
import { repairFile } from '../../engine/store/check/repair-file.ts';
import type { Workspace } from '../../engine/store/workspace.ts';
import { hasItsChecksum } from '../../engine/training/own-checksum.ts';
import { encodeWeights, hashWeights } from '../../engine/training/weights.ts';
import { errorOf, importData, newRun, newWorkspace, openTest, temporaryFolder } from './helpers.ts';

const found = ({ path }: Pick<Workspace, 'path'>) => checkAll(path, { isWholeFile: hasItsChecksum });
const messages = (workspace: Workspace) => found(workspace).map(({ message }) => message);

/** Changes the file beside the workspace, as damage does. */
function damage(workspace: Pick<Workspace, 'path'>, ...statements: string[]): void {
  const file = new Database(workspace.path);
  file.unsafeMode();
  for (const statement of statements) file.exec(statement);
  file.close();
}

const repairsOf = (workspace: Workspace) => found(workspace).flatMap(({ repair }) => repair ?? []);

function keepWeights(workspace: Workspace, run: ReturnType<typeof newRun>): void {
  const weights = [{ name: 'w', shape: [100], values: Float32Array.from({ length: 100 }, (_, at) => at) }];
  const data = encodeWeights(weights);
  workspace.checkpoints.write(run, 'best', { step: 1, epoch: 1, data, hasOptimizerState: false, atMs: 1 });
  workspace.runs.update(run, { weightsHash: hashWeights(data) });
}

test('flipped bytes of metric rows and chunks are found and named; a sound workspace has no findings', () => {
  const workspace = newWorkspace();
  importData(workspace, 'data');
  const run = newRun(workspace);
  workspace.metrics.declare(run, 'step', ['a', 'b']);
  workspace.metrics.append(
    run,
    'step',
    1,
    5_000,
    Float64Array.from({ length: 10_000 }, (_, at) => at / 7),
  );
  const findings = () => messages(workspace);
  expect(findings()).toEqual([]);
  const file = new Database(workspace.path);
  for (let byte = 0; byte < 20; byte++) {
    const row = file
      .prepare('SELECT metric_values FROM run_step_metric WHERE step = 4321')
      .pluck()
      .get() as Buffer;
    const flipped = Buffer.from(row);
    flipped[byte]! ^= 1 << (byte % 8);
    const put = file.prepare('UPDATE run_step_metric SET metric_values = ? WHERE step = 4321');
    put.run(flipped);
    expect(findings()).toEqual([expect.stringContaining(`run ${run} at step 4321`)]);
    put.run(row);
  }
  file.prepare('UPDATE chunk SET data = zeroblob(length(data)) WHERE id = 1').run();
  file.close();
  expect(findings()).toEqual([expect.stringContaining('of "data"')]);
});

test('rows of an older Hindcast, without checksums, are read as they are', () => {
  const workspace = newWorkspace();
  const run = newRun(workspace);
  workspace.metrics.declare(run, 'step', ['a']);
  workspace.metrics.append(run, 'step', 1, 4, Float64Array.of(1, 2, 3, 4));
  const file = new Database(workspace.path);
  file.exec('UPDATE run_step_metric SET metric_values = substr(metric_values, 1, 8) WHERE step < 3');
  file.close();
  expect(workspace.metrics.read(run, 'step').columns.values).toEqual([Float64Array.of(1, 2, 3, 4)]);
  expect(messages(workspace)).toEqual([]);
});

test('a broken metric row is not read as if it were whole; other runs are', () => {
  const workspace = newWorkspace();
  const [run, other] = [newRun(workspace), newRun(workspace)];
  for (const id of [run, other]) {
    workspace.metrics.declare(id, 'step', ['a', 'b', 'c']);
    workspace.metrics.append(id, 'step', 1, 2, Float64Array.of(1, 2, 3, 4, 5, 6));
  }
  workspace.close();
  const file = new Database(workspace.path);
  const row = file
    .prepare(`SELECT metric_values FROM run_step_metric WHERE run_id = ${run} AND step = 2`)
    .pluck()
    .get() as Buffer;
  row[3]! ^= 4;
  file.prepare(`UPDATE run_step_metric SET metric_values = ? WHERE run_id = ${run} AND step = 2`).run(row);
  file.close();
  const again = openTest(workspace.path);
  for (const names of [['a'], ['c'], ['a', 'b', 'c']]) {
    const error = errorOf(() => again.metrics.read(run, 'step', { names }));
    expect([error.code, error.message]).toEqual(['workspace-damaged', expect.stringContaining('at step 2')]);
  }
  expect(again.metrics.read(other, 'step').columns.values).toHaveLength(3);
});

test('the check in slices of one step finds the same and comes to its end', () => {
  const workspace = newWorkspace();
  importData(workspace, 'data', { rows: 100_000 });
  const run = newRun(workspace);
  workspace.metrics.declare(run, 'epoch', ['a']);
  workspace.metrics.append(run, 'epoch', 1, 3, Float64Array.of(1, 2, 3));
  keepWeights(workspace, run);
  damage(workspace, 'UPDATE run_epoch_metric SET metric_values = zeroblob(12) WHERE epoch = 2');
  const phases: string[] = [];
  const slices: string[] = [];
  let from = null;
  do {
    const slice = checkSlice(workspace.path, from, { isWholeFile: hasItsChecksum, isEnough: () => true });
    slices.push(...slice.findings.map(({ message }) => message));
    if (slice.next && slice.next.phase !== phases.at(-1)) phases.push(slice.next.phase);
    if (slice.next) expect(slice.next.doneBytes).toBeLessThanOrEqual(slice.next.totalBytes * 1.2);
    from = slice.next;
  } while (from);
  expect(slices).toEqual(messages(workspace));
  expect(slices).toEqual([expect.stringContaining(`run ${run} at epoch 2`)]);
  expect(phases).toEqual(['structure', 'rows', 'data', 'metrics', 'weights']);
});

test('every flipped byte of kept weights is found; so are missing pieces, and weights that are not the recorded ones', () => {
  const workspace = newWorkspace();
  const run = newRun(workspace);
  keepWeights(workspace, run);
  expect(messages(workspace)).toEqual([]);
  const named = [expect.stringContaining(`The best checkpoint of run ${run}`)];
  const file = new Database(workspace.path);
  const row = file.prepare('SELECT data FROM checkpoint_part').pluck().get() as Buffer;
  const put = file.prepare('UPDATE checkpoint_part SET data = ?');
  for (let byte = 0; byte < row.length; byte += 29) {
    const flipped = Buffer.from(row);
    flipped[byte]! ^= 1 << (byte % 8);
    put.run(flipped);
    expect(messages(workspace)).toEqual(named);
  }
  put.run(row.subarray(1));
  expect(messages(workspace)).toEqual(named);
  put.run(Buffer.from(encodeWeights([{ name: 'w', shape: [100], values: new Float32Array(100) }])));
  expect(messages(workspace)).toEqual(named);
  file.close();
});

test('a row that is gone in the midst is found', () => {
  const workspace = newWorkspace();
  const run = newRun(workspace);
  workspace.metrics.declare(run, 'step', ['a']);
  workspace.metrics.append(run, 'step', 1, 4_000, new Float64Array(4_000));
  damage(workspace, 'DELETE FROM run_step_metric WHERE step IN (2000, 2001)');
  expect(messages(workspace)).toEqual([expect.stringContaining('at step 2000, 2001 are gone')]);
});

test('a repair shows lost metrics as missing, drops broken weights, notes both on the run, and fetches data from a backup', async () => {
  const workspace = newWorkspace();
  importData(workspace, 'data');
  const [run, other] = [newRun(workspace), newRun(workspace)];
  workspace.metrics.declare(run, 'step', ['a', 'b']);
  workspace.metrics.append(run, 'step', 1, 3, Float64Array.of(1, 2, 3, 4, 5, 6));
  for (const id of [run, other]) keepWeights(workspace, id);
  await workspace.copyTo(`${workspace.path}.before-restore`);
  damage(
    workspace,
    'UPDATE run_step_metric SET metric_values = zeroblob(20) WHERE step = 2',
    `UPDATE checkpoint_part SET data = zeroblob(length(data)) WHERE checkpoint_id = (SELECT id FROM checkpoint WHERE run_id = ${run})`,
    'UPDATE chunk SET data = zeroblob(length(data)) WHERE id = 2',
  );
  const repairs = repairsOf(workspace);
  expect(repairs.map(({ kind }) => kind)).toEqual(['fetch-chunk', 'blank-rows', 'drop-checkpoint']);
  expect(workspace.repair(repairs)).toMatchObject({ done: { length: 3 }, failed: [] });
  expect(messages(workspace)).toEqual([]);
  const { columns } = workspace.metrics.read(run, 'step');
  expect(columns.values).toEqual([Float64Array.of(1, Number.NaN, 5), Float64Array.of(2, Number.NaN, 6)]);
  expect(workspace.checkpoints.read(run, 'best')).toBeNull();
  expect(workspace.checkpoints.read(other, 'best')).not.toBeNull();
  expect(workspace.runs.detail(run).notes).toEqual([
    expect.stringContaining('metrics at step 2'),
    expect.stringContaining('best checkpoint was damaged'),
  ]);
  expect(workspace.runs.detail(other).notes).toEqual([]);
});

test('a chunk that no backup has whole is left, and said to be', () => {
  const workspace = newWorkspace();
  importData(workspace, 'data');
  damage(workspace, 'UPDATE chunk SET data = zeroblob(length(data)) WHERE id = 1');
  expect(workspace.repair(repairsOf(workspace))).toMatchObject({ done: [], failed: { length: 1 } });
  expect(messages(workspace)).toHaveLength(1);
});

test('rows that a resumed run has repeated in the meantime are not blanked', () => {
  const workspace = newWorkspace();
  const run = newRun(workspace);
  workspace.metrics.declare(run, 'step', ['a']);
  workspace.metrics.append(run, 'step', 1, 3, Float64Array.of(1, 2, 3));
  damage(workspace, 'UPDATE run_step_metric SET metric_values = zeroblob(12) WHERE step >= 2');
  const repairs = repairsOf(workspace);
  workspace.metrics.truncateAfter(run, { step: 1, epoch: 0 });
  workspace.metrics.append(run, 'step', 2, 1, Float64Array.of(2));
  workspace.repair(repairs);
  expect(workspace.metrics.read(run, 'step').columns.values).toEqual([Float64Array.of(1, 2)]);
});

/** An index of something else: as many entries, none of them right. `quick_check` does not see that. */
const OTHER_COLUMN =
  "UPDATE sqlite_schema SET sql = 'CREATE INDEX run_by_name ON run (backend)' WHERE name = 'run_by_name'";

test('an index that contradicts its table is found and rebuilt', () => {
  const workspace = newWorkspace();
  for (const name of ['one', 'two']) newRun(workspace, name);
  workspace.close();
  const file = new Database(workspace.path);
  file.unsafeMode();
  file.pragma('writable_schema = ON');
  const before = file.prepare("SELECT sql FROM sqlite_schema WHERE name = 'run_by_name'").pluck().get();
  file.exec(OTHER_COLUMN);
  file.pragma('schema_version = 1000');
  file.exec('REINDEX run_by_name');
  file.prepare("UPDATE sqlite_schema SET sql = ? WHERE name = 'run_by_name'").run(before);
  file.pragma('schema_version = 1001');
  file.close();
  const again = openTest(workspace.path);
  expect(messages(again)).toContainEqual(expect.stringContaining('has an index that contradicts its table'));
  again.repair(repairsOf(again));
  expect(messages(again)).toEqual([]);
  again.close();
});

test('a file that does not open for a broken index is repaired in a copy; one without remedy stays as it is', () => {
  const workspace = newWorkspace();
  for (let count = 0; count < 200; count++) newRun(workspace, `run ${count}`);
  workspace.close();
  const file = new Database(workspace.path);
  const root = file.prepare("SELECT rootpage FROM sqlite_schema WHERE name = 'run_by_name'").pluck().get();
  const table = file.prepare("SELECT rootpage FROM sqlite_schema WHERE name = 'run'").pluck().get();
  file.close();
  const hopeless = `${temporaryFolder()}/hopeless.hindcast`;
  copyFileSync(workspace.path, hopeless);
  spoilPage(workspace.path, Number(root));
  spoilPage(hopeless, Number(table));
  expect(errorOf(() => openTest(workspace.path)).code).toBe('workspace-damaged');
  const repaired = repairFile(workspace.path);
  expect(repaired?.kept).toBe(`${workspace.path}.before-repair`);
  expect(existsSync(`${workspace.path}.before-repair`)).toBe(true);
  const again = openTest(workspace.path);
  expect([again.info().runs, messages(again)]).toEqual([200, []]);
  again.close();

  const bytes = readFileSync(hopeless);
  expect(repairFile(hopeless)).toBeNull();
  expect(readFileSync(hopeless).equals(bytes)).toBe(true);
});

function spoilPage(path: string, page: number): void {
  const file = openSync(path, 'r+');
  writeSync(file, Buffer.alloc(2_000, 0xa5), 0, 2_000, (page - 1) * 16_384);
  closeSync(file);
}

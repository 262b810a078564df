// Every flipped byte of a metric row or a data chunk is found.
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { errorOf, importData, newRun, newWorkspace, openTest } from './helpers.ts';

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
  const findings = () => [...workspace.checkContents()].flat();
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
  expect([...workspace.checkContents()].flat()).toEqual([]);
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

// Whatever changes in a cell beside the program is found by the check, in every table; what the program itself writes is sound.
import { gzipSync } from 'node:zlib';
import Database from 'better-sqlite3';
import { expect, onTestFinished, test } from 'vitest';
import type { EventBody } from '../../../engine/contract/api/events.ts';
import type { ProbeLayout } from '../../../engine/contract/inside/probe.ts';
import type { RunSummary } from '../../../engine/contract/runs/run.ts';
import { parseRunList } from '../../../engine/contract/runs/run-list.ts';
import type { RunId } from '../../../engine/contract/values/ids.ts';
import { checkAll } from '../../../engine/store/check/check-file.ts';
import {
  damagedRows,
  keepRowChecksums,
  resealAround,
  sealedTables,
} from '../../../engine/store/checks/row-checksums.ts';
import { rowChecksum } from '../../../engine/store/checks/row-sum.ts';
import { openSeriesSource } from '../../../engine/store/datasets/series-source.ts';
import { type Connection, openConnection } from '../../../engine/store/file/connection.ts';
import type { Standing } from '../../../engine/store/runs/scores.ts';
import type { Workspace } from '../../../engine/store/workspace.ts';
import { errorOf, importData, newRun, newWorkspace, openTest } from '../helpers.ts';

/** Their rows have no checksum, and why. */
const UNSEALED: Readonly<Record<string, string>> = {
  chunk: 'SHA-256 over encoding, rows and data',
  checkpoint_part: 'the file that the pieces make has a SHA-256',
  artifact_part: 'as checkpoint_part',
  run_step_metric: 'CRC-32 behind the values, over the step too',
  run_epoch_metric: 'as run_step_metric',
  migration: "compared with the program's own at each start",
  log_mark: 'random bytes that are compared, never trusted',
};

const messages = ({ path }: Pick<Workspace, 'path'>) =>
  checkAll(path, { isWholeFile: () => true }).map(({ message }) => message);

function outside(path: string): Database.Database {
  const file = new Database(path);
  for (const rule of ['foreign_keys = OFF', 'ignore_check_constraints = ON']) file.pragma(rule);
  onTestFinished(() => void file.close());
  return file;
}

const NO_STANDING: Standing = {
  testScore: null,
  testMetric: null,
  testUnit: null,
  testOutcome: null,
  bestBaseline: null,
  bestBaselineScore: null,
};

/** A workspace with a row in every table. */
function full(): Workspace {
  const workspace = newWorkspace();
  importData(workspace, 'data', { rows: 100, series: ['a', 'b'] });
  const run = newRun(workspace);
  const experiment = workspace.runs.experiment(run);
  const plan = { kind: 'seeds', seeds: [1] } as const;
  const study = workspace.studies.create({ name: 's', plan, experiment, hidesTest: false, atMs: 1 });
  workspace.studies.addRecord(study, 1, { x: 1 });
  workspace.metrics.declare(run, 'step', ['a', 'b']);
  workspace.metrics.append(run, 'step', 1, 2, Float64Array.of(1, 2, 3, 4));
  workspace.runs.update(run, { state: 'running', step: 2, lastTrainLoss: Number.NaN, notes: ['a note'] });
  const score = {
    part: 'test',
    subject: 'model',
    metric: 'mae',
    unit: 'original',
    target: null,
    value: 1.5,
    count: 3,
  } as const;
  workspace.scores.replace(run, [score, { ...score, value: Number.NaN }], NO_STANDING);
  workspace.checkpoints.write(run, 'best', {
    step: 1,
    epoch: 1,
    data: new Uint8Array(9),
    hasOptimizerState: false,
    atMs: 1,
  });
  workspace.probes.begin(run, { every: 1 } as ProbeLayout);
  workspace.probes.write(run, { epoch: 0, step: 0, data: new Uint8Array(8) });
  workspace.texts.write(run, { epoch: 1, step: 2 }, [{ prompt: 'a', text: 'b', reference: 'c' }]);
  expect(workspace.texts.read(run)).toEqual([{ epoch: 1, step: 2, prompt: 'a', text: 'b', reference: 'c' }]);
  const form = { width: 1, height: 1, channels: 1, steps: [1], windows: [], copyPsnr: [] };
  const pixels = { truth: Uint8Array.of(1, 2), said: Uint8Array.of(3) };
  workspace.frames.write(run, { epoch: 1, step: 2 }, { form, ...pixels, psnr: [[20.5]] });
  workspace.poolRuns.add(run);
  workspace.poolRuns.begin(run, 'a job');
  workspace.labels.set({ runId: run, tags: ['x'], note: 'y' });
  workspace.settings.set('key', { value: 1 });
  workspace.events.append({ type: 'run.created', runId: run } as EventBody, 1);
  const writer = openConnection(workspace.path, { now: () => 0 });
  keepRowChecksums(writer);
  for (const insert of [
    `artifact (run_id, name, media_type, bytes, created_at_ms) VALUES (${run}, 'a', 'text/csv', 1, 1)`,
    "lab_result (lab, at_ms, seconds, quick, machine, outcome) VALUES ('a', 1, 1.5, 1, 'm', '{}')",
  ])
    writer.run(`INSERT INTO ${insert}`);
  writer.close();
  return workspace;
}

const reading = ({ path }: Workspace): Connection => {
  const connection = openConnection(path, { readonly: true, now: () => 0 });
  onTestFinished(() => connection.close());
  return connection;
};

/** Another value of the same type, as a flipped bit makes it. */
function another(cell: unknown): string | number {
  if (typeof cell === 'string') return `${cell.slice(0, -1)}~`;
  return typeof cell === 'number' ? cell + 1_000 : 1;
}

test('a changed cell of any table is found; what the program itself writes is sound', () => {
  const workspace = full();
  expect(messages(workspace)).toEqual([]);
  const file = outside(workspace.path);
  const connection = reading(workspace);
  for (const table of sealedTables(connection)) {
    const { name, cells } = table;
    const row = file.prepare(`SELECT * FROM "${name}" LIMIT 1`).get() as Record<string, unknown> | undefined;
    expect(row, name).toBeDefined();
    const change = (cell: string, from: unknown, to: unknown) =>
      file.prepare(`UPDATE "${name}" SET "${cell}" = ? WHERE "${cell}" IS ?`).run(to, from);
    for (const cell of [...cells, 'checksum']) {
      const [before, after] = [row?.[cell], another(row?.[cell])];
      file.exec('BEGIN');
      change(cell, before, after);
      file.exec('COMMIT');
      expect(damagedRows(connection, table).length, `${name}.${cell}`).toBeGreaterThan(0);
      change(cell, after, before);
    }
  }
  expect(messages(workspace)).toEqual([]);
});

test('every table has a checksum in its rows, or another one', () => {
  const connection = reading(newWorkspace());
  const tables = connection.values<string>(
    "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name",
  );
  const sealed = sealedTables(connection).map(({ name }) => name);
  // A new table gets a column `checksum INTEGER`, or a line above.
  expect(tables).toEqual([...sealed, ...Object.keys(UNSEALED)].sort());
});

test('changed cells are named by the check, with the run that they belong to', () => {
  const workspace = full();
  outside(workspace.path).exec(
    "UPDATE score SET value = 1.25 WHERE position = 0; UPDATE setting SET value = '2'",
  );
  expect(messages(workspace)).toEqual([
    expect.stringContaining('In the table "score" the row run_id 1, position 0 is not what was stored'),
    expect.stringContaining('In the table "setting" the row key key is not what was stored'),
  ]);
});

test('a damaged row stays recognizable when the program changes other cells of it', () => {
  const workspace = full();
  outside(workspace.path).exec('UPDATE run SET best_epoch = 7');
  for (let step = 3; step < 6; step++) workspace.runs.update(workspace.runs.resolve(1), { step });
  expect(messages(workspace)).toEqual([expect.stringContaining('In the table "run" the row id 1')]);
});

test('a repair takes rows from a backup, and keeps what no backup has, with a note on the run', async () => {
  const workspace = full();
  const run = workspace.runs.resolve(1);
  await workspace.copyTo(`${workspace.path}.before-restore`);
  workspace.runs.rename(run, 'newer');
  const file = outside(workspace.path);
  file.exec("UPDATE score SET metric = 'mse' WHERE position = 0; UPDATE run SET best_epoch = 7");
  const found = checkAll(workspace.path, { isWholeFile: () => true });
  expect(workspace.repair(found.flatMap(({ repair }) => repair ?? []))).toMatchObject({
    done: { length: 2 },
    failed: [],
  });
  expect(messages(workspace)).toEqual([]);
  expect(workspace.scores.of(run).map(({ metric }) => metric)).toEqual(['mae', 'mae']);
  expect(workspace.runs.detail(run)).toMatchObject({
    name: 'newer',
    bestEpoch: 7,
    notes: ['a note', expect.stringContaining('no backup had it whole')],
  });
});

test('a changed rule of the schema is found', () => {
  const workspace = full();
  workspace.close();
  const file = outside(workspace.path);
  file.unsafeMode();
  file.pragma('writable_schema = ON');
  file.exec(
    "UPDATE sqlite_schema SET sql = replace(sql, 'stop_requested INTEGER NOT NULL DEFAULT 0', 'stop_requested INTEGER NOT NULL DEFAULT 1') WHERE name = 'run'",
  );
  expect(messages(workspace)).toEqual([expect.stringContaining('The definition of "run"')]);
});

test('a migration gives all rows their checksums; rows that were damaged before stay recognizable', () => {
  const workspace = full();
  const file = outside(workspace.path);
  file.exec("UPDATE setting SET value = '3'");
  const connection = openConnection(workspace.path, { now: () => 0 });
  resealAround(connection, () => connection.script("UPDATE run SET reason = 'migrated'"));
  connection.close();
  expect(messages(workspace)).toEqual([expect.stringContaining('In the table "setting"')]);
});

test('many rows are checked in steps', () => {
  const workspace = newWorkspace();
  workspace.transaction(() => {
    for (let at = 1; at <= 5_000; at++) workspace.events.append({ type: 'run.created' } as EventBody, at);
  });
  outside(workspace.path).exec('UPDATE event SET at_ms = 0 WHERE sequence IN (1, 2000, 2001, 4999, 5000)');
  const event = messages(workspace);
  expect(event.map((message) => /rows? sequence [^:]*? (is|are)/.exec(message)?.[0])).toEqual([
    'rows sequence 1; sequence 2000 are',
    'row sequence 2001 is',
    'rows sequence 4999; sequence 5000 are',
  ]);
});

test('the sum tells position, kind and NULL apart', () => {
  const sums = [
    [1, null],
    [null, 1],
    ['1', null],
    [0, null],
    [-0, null],
    ['', null],
    [null, null],
    ['a', 'b'],
    ['ab', ''],
  ].map((cells) => rowChecksum(...cells));
  expect(new Set(sums).size).toBe(sums.length);
  expect(rowChecksum('a', 2)).toBe(rowChecksum('a', 2, null));
});

test('nothing is computed or exported from damaged rows; the run is shown with a sentence', async () => {
  const workspace = full();
  const run = workspace.runs.resolve(1);
  const file = outside(workspace.path);
  expect(workspace.runs.damage(run)).toBeNull();
  expect(workspace.runs.wholeDetail(run)).toEqual(workspace.runs.detail(run));
  for (const change of [
    'UPDATE run SET seed = seed + 1',
    "UPDATE experiment SET configuration = json_set(configuration, '$.training.epochs', 21)",
    "UPDATE run_setup SET parts = '[1]'",
    "UPDATE score SET metric = 'mse'",
  ]) {
    file.exec(change);
    const error = errorOf(() => workspace.runs.wholeDetail(run));
    expect([change, error.code, error.message]).toEqual([
      change,
      'workspace-damaged',
      workspace.runs.damage(run),
    ]);
    workspace.repair(
      checkAll(workspace.path, { isWholeFile: () => true }).flatMap(({ repair }) => repair ?? []),
    );
    expect(workspace.runs.damage(run)).toBeNull();
  }
  const { versionId } = workspace.datasets.find('data')!;
  (await openSeriesSource(workspace.path, versionId)).close();
  file.exec('UPDATE column_chunk SET position = position + 9 WHERE series_column_id = 1');
  await expect(openSeriesSource(workspace.path, versionId)).rejects.toMatchObject({
    code: 'workspace-damaged',
  });
});

/** With every number that the list shows. */
function scored(): { workspace: Workspace; run: RunId; path: string } {
  const workspace = full();
  const run = workspace.runs.resolve(1);
  workspace.runs.update(run, {
    state: 'completed',
    epoch: 4,
    bestEpoch: 3,
    bestValidationLoss: 0.5,
    testScore: 1.5,
    weightsHash: 'ab',
  });
  return { workspace, run, path: workspace.path };
}

const listed = (workspace: Workspace, run: RunId) =>
  parseRunList(workspace.runs.listText()).find(({ id }) => id === run);

test('a damaged row of a run is never shown as a number, wherever the run is listed', () => {
  const { workspace, run, path } = scored();
  expect(listed(workspace, run)).toMatchObject({ state: 'completed', testScore: 1.5 });
  workspace.close();
  const file = outside(path);
  for (const change of [
    'test_score = 0.001',
    'best_validation_loss = 1e-9',
    'seed = 77',
    "state = 'running'",
    'dataset_version_id = 999',
    'checksum = NULL',
  ]) {
    const [column] = change.split(' ');
    const before = file.prepare(`SELECT ${column} FROM run`).pluck().get();
    file.exec(`UPDATE run SET ${change}`);
    const opened = openTest(path);
    for (const shown of [opened.runs.summary(run), listed(opened, run)]) {
      expect(shown, change).toMatchObject({ id: run, name: 'run', state: 'damaged' });
      expect(shown?.reason, change).toContain('`hindcast check --repair`');
      const { id: _, ...rest } = shown as RunSummary;
      const numbers = Object.entries(rest).filter(([, value]) => typeof value === 'number' && value !== 0);
      expect(numbers, change).toEqual([]);
    }
    opened.close();
    file.prepare(`UPDATE run SET ${column} = ?`).run(before);
  }
  const mended = openTest(path);
  expect(listed(mended, run)).toMatchObject({ state: 'completed', testScore: 1.5 });
  mended.close();
});

test.for(['value = 1e-9', "metric = 'mse'", 'checksum = NULL'])(
  'a run whose scores were damaged (%s) is damaged wherever it is listed, until they are scored again',
  (change) => {
    const { workspace, run, path } = scored();
    const scores = workspace.scores.of(run);
    workspace.close();
    outside(path).exec(`UPDATE score SET ${change} WHERE position = 1`);
    const opened = openTest(path);
    for (const shown of [opened.runs.summary(run), opened.runs.detail(run), listed(opened, run)])
      expect(shown).toMatchObject({
        state: 'damaged',
        testScore: null,
        reason: expect.stringContaining('in the table "score"'),
      });
    opened.scores.replace(run, scores, { ...NO_STANDING, testScore: 2.5 });
    for (const shown of [opened.runs.summary(run), listed(opened, run)])
      expect(shown).toMatchObject({ state: 'completed', testScore: 2.5 });
  },
);

test('what is whole of a damaged run is shown, and nothing else; a repair shows it again', () => {
  const { workspace, run, path } = scored();
  const file = outside(path);
  file.exec('UPDATE checkpoint SET step = 999');
  file.exec("UPDATE run_setup SET parts = '[', notes = '[]'");
  const shown = workspace.runs.detail(run);
  expect(shown).toMatchObject({ testScore: 1.5, checkpoints: [], parts: [], notes: [] });
  expect(shown.scores).toHaveLength(2);
  file.exec('UPDATE run SET test_score = 0.001');
  expect(workspace.runs.detail(run)).toMatchObject({ state: 'damaged', scores: [], weightsHash: null });
  file.exec("UPDATE run_setup SET parts = '[]'");
  workspace.repair(checkAll(path, { isWholeFile: () => true }).flatMap(({ repair }) => repair ?? []));
  expect(listed(workspace, run)).toMatchObject({ state: 'completed', testScore: 0.001 });
  expect(workspace.runs.detail(run).notes).toContainEqual(expect.stringContaining('no backup had it whole'));
});

test('a damaged configuration and damaged names of metrics are refused with a sentence', () => {
  const { workspace, run, path } = scored();
  outside(path).exec(
    "UPDATE experiment SET configuration = '{'; UPDATE run_metric_name SET name = 'c' WHERE position = 1",
  );
  for (const read of [() => workspace.runs.detail(run), () => workspace.metrics.read(run, 'step')])
    expect(errorOf(read)).toMatchObject({
      code: 'workspace-damaged',
      message: expect.stringContaining('--repair'),
    });
});

test('damaged datasets, studies, results of labs and events are listed without values, and refused by name', () => {
  const workspace = full();
  const lists = () => ({
    datasets: workspace.datasets.list(),
    studies: workspace.studies.list(),
    labs: workspace.labResults.list(undefined),
    events: workspace.events.after(0, 10),
    labels: workspace.labels.list(),
    setting: workspace.settings.get('key'),
  });
  outside(workspace.path).exec(`
    UPDATE dataset_version SET row_count = 77, recipe = '{';
    UPDATE study SET plan = '{', is_open = 1;
    UPDATE lab_result SET seconds = 77, lab = 'state', outcome = '{';
    UPDATE event SET body = '{';
    UPDATE run_label SET tags = '[';
    UPDATE setting SET value = '{"value":77}'`);
  const shown = lists();
  expect(JSON.stringify(shown)).not.toContain('77');
  expect(shown).toMatchObject({
    datasets: [{ name: 'data', state: 'damaged', rows: 0, columns: [] }],
    studies: [{ name: 's', open: false, damage: expect.stringContaining('`hindcast check --repair`') }],
    labs: [{ seconds: 0, sentence: expect.stringContaining('`hindcast check --repair`') }],
    events: [{ atMs: 0, body: { type: 'event.damaged' } }],
    labels: [],
    setting: undefined,
  });
  const [study, lab] = [shown.studies[0]!.id, shown.labs[0]!.id];
  for (const read of [
    () => workspace.datasets.detail('data'),
    () => workspace.studies.get(study),
    () => workspace.labResults.get(lab),
  ])
    expect(errorOf(read).code).toBe('workspace-damaged');
  workspace.datasets.rename(shown.datasets[0]!.id, 'renamed');
  workspace.studies.update(study, { name: 'renamed' });
  expect([workspace.datasets.list()[0]?.state, workspace.studies.list()[0]?.damage]).toEqual([
    'damaged',
    expect.any(String),
  ]);
});

test('what damage has taken from every list is said when the workspace is opened', () => {
  const workspace = full();
  workspace.close();
  outside(workspace.path).exec(`
    UPDATE setting SET value = '2';
    UPDATE run_label SET note = 'z';
    UPDATE pool_run SET job = 'another job'`);
  const opened = openTest(workspace.path);
  expect(opened.notices).toEqual([
    expect.stringMatching(/pool .* run 1 was changed by damage.*--repair/),
    expect.stringMatching(/tags and the notes of run 1 were changed by damage.*--repair/),
    expect.stringMatching(/settings key were changed by damage.*--repair/),
  ]);
  // A job that is not known is not waited for, and a new one is whole.
  const run = opened.runs.resolve(1);
  expect([opened.poolRuns.open(), opened.poolRuns.get(run)?.job]).toEqual([[], null]);
  opened.poolRuns.begin(run, 'a new job');
  opened.poolRuns.setStored(run, 7);
  expect(opened.poolRuns.open()).toEqual([{ run, job: 'a new job', isSent: false, stored: 7, worker: null }]);
});

test.for(['run_label', 'run_text', 'run_frames', 'run_frames_epoch', 'event'])(
  'a damaged row of %s is said on the page of its run',
  (table) => {
    const workspace = full();
    const run = workspace.runs.resolve(1);
    expect(workspace.runs.sideDamage(run)).toBeNull();
    outside(workspace.path).exec(`UPDATE ${table} SET checksum = 1`);
    expect(workspace.runs.damage(run)).toBeNull();
    expect(workspace.runs.sideDamage(run)).toContain(`in the table "${table}"`);
  },
);

test('texts of a model that damage has changed are refused with a sentence', () => {
  const workspace = full();
  outside(workspace.path).exec("UPDATE run_text SET text = 'another'");
  expect(errorOf(() => workspace.texts.read(workspace.runs.resolve(1)))).toMatchObject({
    code: 'workspace-damaged',
    message: expect.stringContaining('in the table "run_text"'),
  });
});

test('a changed byte of the rows that an import set aside is found by the check', () => {
  const workspace = full();
  const file = outside(workspace.path);
  const put = file.prepare('UPDATE dataset_version SET set_aside_rows = ?');
  const packed = gzipSync('line,column,reason,raw\n7,a,not a number,x\n');
  put.run(packed);
  expect(messages(workspace)).toEqual([]);
  packed[packed.length - 12]! ^= 1;
  put.run(packed);
  expect(messages(workspace)).toEqual([expect.stringContaining('import of "data" set aside')]);
});

test.for(['dataset', 'dataset_version'])(
  'a damaged row of the table %s is refused by the name of that table',
  (table) => {
    const workspace = full();
    outside(workspace.path).exec(`UPDATE ${table} SET checksum = 1`);
    expect(errorOf(() => workspace.datasets.detail('data'))).toMatchObject({
      code: 'workspace-damaged',
      message: expect.stringContaining(`in the table "${table}"`),
    });
  },
);

test.for(['series', 'series_column'])('a dataset whose %s was damaged is refused by name', (table) => {
  const workspace = full();
  outside(workspace.path).exec(`UPDATE ${table} SET name = 'x' WHERE id = 1`);
  expect(errorOf(() => workspace.datasets.detail('data'))).toMatchObject({
    code: 'workspace-damaged',
    message: expect.stringContaining(`in the table "${table}"`),
  });
});

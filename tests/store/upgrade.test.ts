// A workspace of the third schema, with rows in every table, opened by today's program.
import { join } from 'node:path';
import type Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import type { RunId } from '../../engine/contract/values/ids.ts';
import { checkAll } from '../../engine/store/check/check-file.ts';
import { openTest, temporaryFolder } from './helpers.ts';
import { firstMigrations, insertOldRun, look, oldWorkspace } from './old-rows.ts';

type Rows = Record<string, { readonly columns: readonly string[]; readonly rows: readonly unknown[] }>;

const tableNames = (database: Database.Database): string[] =>
  database
    .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name")
    .pluck()
    .all() as string[];

/** Every row of every table, in the columns of `like` where it is given. */
function dump(database: Database.Database, like?: Rows): Rows {
  const tables = like ? Object.keys(like) : tableNames(database);
  return Object.fromEntries(
    tables.map((table) => {
      const columns =
        like?.[table]?.columns ??
        (database.prepare('SELECT name FROM pragma_table_info(?)').pluck().all(table) as string[]);
      const list = columns.map((name) => `"${name}"`).join(', ');
      const rows = database.prepare(`SELECT ${list} FROM "${table}" ORDER BY ${list}`).raw().all();
      return [table, { columns, rows }];
    }),
  );
}

/** A finished run with all that belongs to one, a resumed one, one that trains and one that waits. */
function fill(database: Database.Database): Record<'finished' | 'resumed' | 'training' | 'waiting', RunId> {
  const finished = insertOldRun(database, 'finished', 1);
  const resumed = insertOldRun(database, '7', 2);
  const training = insertOldRun(database, 'training', 3);
  const waiting = insertOldRun(database, 'waiting', 4);
  const set = database.prepare(
    `UPDATE run SET state = ?, attempts = ?, started_at_ms = ?, ended_at_ms = ?, test_score = ?, queue_position = ? WHERE id = ?`,
  );
  set.run('completed', 1, 1_000, 61_000, 1.5, null, finished);
  set.run('completed', 2, 1_000, 90_000_000, 'NaN', null, resumed);
  set.run('running', 1, 5_000, null, null, null, training);
  set.run('queued', 0, null, null, null, 1, waiting);
  database
    .prepare("UPDATE run SET best_baseline = 'repeat', best_baseline_score = 2 WHERE id = ?")
    .run(finished);
  const score = database.prepare("INSERT INTO score VALUES (?, ?, 'test', ?, ?, ?, ?, ?, 10)");
  score.run(finished, 0, 'model', 'mae', 'standardized', null, 0.1);
  score.run(finished, 1, 'model', 'rmse', 'original', null, 2.5);
  score.run(finished, 2, 'model', 'mae', 'original', null, 1.5);
  score.run(finished, 3, 'repeat', 'mae', 'original', null, 2);
  score.run(resumed, 0, 'model', 'mae', 'standardized', null, 'NaN');
  const blob = Buffer.from([1, 2, 3]);
  database.exec(`
    INSERT INTO setting VALUES ('queue.limit', '2');
    INSERT INTO run_metric_name VALUES (${finished}, 'step', 0, 'loss');
    INSERT INTO run_label VALUES (${finished}, '["paper"]', 'a note');
    INSERT INTO event (at_ms, type, run_id, dataset_id, body) VALUES (1, 'run.created', ${finished}, NULL, '{"type":"run.created"}');`);
  database.prepare('INSERT INTO run_step_metric VALUES (?, 1, ?)').run(finished, blob);
  database.prepare('INSERT INTO run_epoch_metric VALUES (?, 1, ?)').run(finished, blob);
  const checkpoint = database
    .prepare("INSERT INTO checkpoint VALUES (NULL, ?, 'last', 1, 1, 3, 0, 1, 5)")
    .run(finished);
  database.prepare('INSERT INTO checkpoint_part VALUES (?, 0, ?)').run(checkpoint.lastInsertRowid, blob);
  const artifact = database
    .prepare("INSERT INTO artifact VALUES (NULL, ?, 'a.txt', 'text/plain', 3, 1, 5)")
    .run(finished);
  database.prepare('INSERT INTO artifact_part VALUES (?, 0, ?)').run(artifact.lastInsertRowid, blob);
  return { finished, resumed, training, waiting };
}

test('an older workspace keeps every row of every table, and gets what is new from what it has', () => {
  const path = join(temporaryFolder(), 'old.hindcast');
  oldWorkspace(path, firstMigrations(3));
  const runs = look(path, fill);
  const before = look(path, (database) => dump(database));
  // A table without rows would be compared with nothing.
  expect(Object.entries(before).filter(([, { rows }]) => rows.length === 0)).toEqual([]);

  const workspace = openTest(path);
  const now = (id: RunId) => workspace.runs.summary(id);
  expect(now(runs.finished)).toMatchObject({
    targetNames: 'close',
    testMetric: 'mae',
    testUnit: 'original',
    trainedMs: 60_000,
    studyId: null,
    studyPosition: null,
  });
  // With a break of unknown length between its attempts.
  expect(now(runs.resumed)).toMatchObject({ trainedMs: null, testUnit: 'standardized' });
  expect(now(runs.training)).toMatchObject({ trainedMs: null, testMetric: null });
  expect(workspace.runs.attemptStartedAtMs(runs.training)).toBe(5_000);
  expect(now(runs.waiting)).toMatchObject({ queuePosition: 1, targetNames: 'close', trainedMs: null });
  expect(workspace.runs.resolve('7')).toBe(runs.resumed);
  expect(workspace.studies.list()).toEqual([]);
  workspace.close();
  // Every row has its checksum; the other findings are the made-up contents of `fill`.
  const found = checkAll(path, { isWholeFile: () => true }).map(({ message }) => message);
  expect(found.filter((message) => /In the table|The definition/.test(message))).toEqual([]);

  const after = look(path, (database) => dump(database, before));
  const { migration: oldMigrations, ...oldTables } = before;
  const { migration: newMigrations, ...newTables } = after;
  expect(newTables).toEqual(oldTables);
  expect(newMigrations?.rows.slice(0, 3)).toEqual(oldMigrations?.rows);
});

test('a fresh workspace has the schema of an upgraded one', () => {
  const folder = temporaryFolder();
  const [upgraded, fresh] = ['upgraded', 'fresh'].map((name) => join(folder, `${name}.hindcast`)) as [
    string,
    string,
  ];
  oldWorkspace(upgraded, firstMigrations(3));
  openTest(upgraded).close();
  openTest(fresh).close();
  const schema = (path: string): unknown =>
    look(path, (database) =>
      database.prepare('SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY name').all(),
    );
  expect(schema(upgraded)).toEqual(schema(fresh));
});

test('what a trial of an older sweep had seen stands apart from its values', () => {
  const path = join(temporaryFolder(), 'sweep.hindcast');
  oldWorkspace(path, firstMigrations(8));
  const seen = [{ trial: 1, result: 0.5 }];
  look(path, (database) => {
    const study = database.prepare(
      "INSERT INTO study (name, kind, plan, configuration, created_at_ms) VALUES ('s', 'sweep', '{\"kind\":\"sweep\"}', '{}', 1)",
    );
    const { lastInsertRowid } = study.run();
    const add = database.prepare('INSERT INTO study_experiment VALUES (?, ?, ?)');
    add.run(lastInsertRowid, 1, JSON.stringify({ values: { 'model.units': 8 }, seen: [] }));
    add.run(lastInsertRowid, 2, JSON.stringify({ values: { 'model.units': 16 }, seen }));
  });
  const workspace = openTest(path);
  const id = workspace.studies.list()[0]!.id;
  expect(workspace.studies.records(id).map(({ record }) => record)).toEqual([
    { values: { 'model.units': 8 } },
    { values: { 'model.units': 16 } },
  ]);
  expect([1, 2, 3].map((position) => workspace.studies.basis(id, position))).toEqual([[], seen, null]);
  workspace.close();
});

test('of the checkpoint events of an older workspace the newest of each run stays', () => {
  const path = join(temporaryFolder(), 'events.hindcast');
  oldWorkspace(path, firstMigrations(3));
  const runs = look(path, (database) => {
    const ids = [insertOldRun(database, 'one'), insertOldRun(database, 'two')];
    const add = database.prepare('INSERT INTO event (at_ms, type, run_id, body) VALUES (1, ?, ?, ?)');
    for (const [step, type] of ['started', 'checkpointed', 'checkpointed', 'ended'].entries())
      for (const runId of ids)
        add.run(`run.${type}`, runId, JSON.stringify({ type: `run.${type}`, runId, step }));
    return ids;
  });
  const workspace = openTest(path);
  const last = workspace.events.lastSequence();
  for (const run of runs) {
    const kept = workspace.events.after(0, 10, run).map(({ body }) => body);
    expect(kept.map(({ type }) => type)).toEqual(['run.started', 'run.checkpointed', 'run.ended']);
    expect(kept[1]).toMatchObject({ step: 2 });
  }
  // Numbers are not given again.
  expect(last).toBeGreaterThanOrEqual(8);
  workspace.close();
});

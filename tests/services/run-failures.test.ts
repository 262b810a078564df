// Writes that fail permanently, disks that are full at the worst moment, runs that cannot start.
import { renameSync } from 'node:fs';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import type { FromTrainer } from '../../engine/contract/processes/trainer.ts';
import { readRunList } from '../../engine/contract/runs/run-list.ts';
import type { RunId } from '../../engine/contract/values/ids.ts';
import { checkExperiment } from '../../engine/services/runs/experiment-check.ts';
import {
  deleteRun,
  duplicateRun,
  listRuns,
  runDetail,
  startRun,
  summaryOf,
} from '../../engine/services/runs/runs.ts';
import { keepRowChecksums } from '../../engine/store/checks/row-checksums.ts';
import { openConnection } from '../../engine/store/file/connection.ts';
import { storeError } from '../../engine/store/file/sqlite-errors.ts';
import { chunkMessages, describedMessage } from './dataset.ts';
import {
  createTestEngine,
  type FakeTrainer,
  runJobHere,
  smallExperiment,
  type TestEngine,
} from './fixture.ts';
import { checkpoint, ended, epoch, prepared, steps } from './messages.ts';

const start = (engine: TestEngine, name = 'small'): RunId =>
  startRun(engine, { ...smallExperiment, name }, undefined).id;
const firstTrainer = (engine: TestEngine): FakeTrainer => engine.trainers[0] as FakeTrainer;
const endings = (engine: TestEngine) =>
  engine.workspace.events.after(0, 1_000).filter(({ body }) => body.type === 'run.ended');
const many = Array.from({ length: 4_000 }, () => 1);

test('after a row that could not be written nothing later is stored: the run failed, with the first reason', async () => {
  const engine = createTestEngine();
  const run = start(engine);
  const trainer = firstTrainer(engine);
  trainer.say(prepared());
  trainer.say(steps(2, 1, [1, 1]));
  const { metrics } = engine.workspace;
  const append = metrics.append.bind(metrics);
  metrics.append = () => {
    metrics.append = append;
    throw new Error('disk I/O error');
  };
  // The pipe still holds what the process said before it was killed.
  for (const message of [steps(3, 3, [1, 1]), epoch(4, 1, 4), checkpoint(5, 4, 1), ended(6)])
    trainer.say(message);
  trainer.end();
  await engine.settle();
  expect(summaryOf(engine, run)).toMatchObject({
    state: 'failed',
    reason: expect.stringContaining('disk I/O error'),
  });
  expect(metrics.lastIndex(run, 'step')).toBe(2);
  expect(engine.workspace.checkpoints.read(run, 'last')).toBeNull();
});

test('a workspace that another program has locked pauses the run, and no row is lost', async () => {
  const engine = createTestEngine();
  const run = start(engine);
  const trainer = firstTrainer(engine);
  trainer.say(prepared());
  const { metrics } = engine.workspace;
  const append = metrics.append.bind(metrics);
  metrics.append = () => {
    throw storeError(Object.assign(new Error('database is locked'), { code: 'SQLITE_BUSY' }), 'w', 'storing');
  };
  trainer.say(steps(2, 1, [1, 1]));
  expect(summaryOf(engine, run)).toMatchObject({
    state: 'paused',
    reason: expect.stringContaining('another program'),
  });
  metrics.append = append;
  engine.supervisor.resume(run);
  expect(summaryOf(engine, run).state).toBe('running');
  expect(metrics.lastIndex(run, 'step')).toBe(2);
});

test('a pause is reported once however often it is tried, and only a full disk shrinks the log', async () => {
  const engine = createTestEngine();
  const run = start(engine);
  const trainer = firstTrainer(engine);
  trainer.say(prepared());
  const { workspace, supervisor } = engine;
  const append = workspace.metrics.append.bind(workspace.metrics);
  let shrunk = 0;
  workspace.shrinkLog = () => void shrunk++;
  const failWith = (code: string) => {
    workspace.metrics.append = () => {
      throw storeError(Object.assign(new Error('no'), { code }), 'w', 'storing');
    };
  };
  failWith('SQLITE_BUSY');
  trainer.say(steps(2, 1, [1, 1]));
  supervisor.resume(run);
  expect(shrunk).toBe(0);
  failWith('SQLITE_FULL');
  supervisor.resume(run);
  expect(shrunk).toBe(0);
  supervisor.resume(run);
  expect(shrunk).toBe(1);
  workspace.metrics.append = append;
  supervisor.resume(run);
  const told = workspace.events.after(0, 1_000).map(({ body }) => body.type);
  expect(told.filter((type) => type === 'run.paused' || type === 'run.unpaused')).toEqual([
    'run.paused',
    'run.unpaused',
  ]);
  expect(workspace.metrics.lastIndex(run, 'step')).toBe(2);
});

test('a pause that cannot be stored is told to those who watch', async () => {
  const engine = createTestEngine();
  const { workspace, hub } = engine;
  const run = start(engine);
  firstTrainer(engine).say(prepared());
  const watching = hub.watch(workspace.events.lastSequence(), run, undefined);
  const next = watching.next();
  renameSync(workspace.path, `${workspace.path}.elsewhere`);
  firstTrainer(engine).say(steps(2, 1, [1, 1]));
  expect((await next).value).toMatchObject({
    sequence: 0,
    body: { type: 'run.paused', runId: run, reason: expect.stringContaining('was renamed') },
  });
  // The store says that it runs: the list says what this host knows.
  expect(workspace.runs.summary(run).state).toBe('running');
  expect(await readRunList(await listRuns(engine, undefined))).toEqual([
    expect.objectContaining({ id: run, state: 'paused', reason: expect.stringContaining('was renamed') }),
  ]);
  renameSync(`${workspace.path}.elsewhere`, workspace.path);
  engine.supervisor.resume(run);
  const types: (string | undefined)[] = [];
  while (types.at(-1) !== 'run.unpaused') types.push((await watching.next()).value?.body.type);
  expect(types).not.toContain('run.paused');
});

test('a resumed run with other kernels says so, once', async () => {
  const engine = createTestEngine();
  const run = start(engine);
  const goOn = async (trainer: FakeTrainer, version: string, more: readonly FromTrainer[]) => {
    const first = prepared();
    if (first.type !== 'prepared') throw new Error('the first message prepares');
    trainer.say({ ...first, notes: ['of the data'], backend: { ...first.backend, version } });
    for (const message of more) trainer.say(message);
    trainer.end();
    await engine.settle();
  };
  await goOn(firstTrainer(engine), '1', [steps(2, 1, [1, 1]), checkpoint(3, 2, 0)]);
  expect(runDetail(engine, run).notes).toEqual(['of the data']);
  for (const version of ['1', '2', '2']) {
    engine.supervisor.resume(run);
    await goOn(engine.trainers.at(-1)!, version, []);
  }
  expect(runDetail(engine, run).notes).toEqual([
    'of the data',
    expect.stringMatching(/^Steps up to 2 were made by simd 1, those after it by simd 2:/),
  ]);
});

test('a run of another version of Hindcast is named, and drafts are still judged', async () => {
  const engine = createTestEngine();
  const run = start(engine);
  const trainer = firstTrainer(engine);
  for (const message of [prepared(), ended(2)]) trainer.say(message);
  trainer.end();
  await engine.settle();
  // As the other version writes it: with the checksums of its rows.
  const later = openConnection(engine.workspace.path, { now: () => 0 });
  keepRowChecksums(later);
  later.script(`
    UPDATE experiment SET configuration = json_set(configuration, '$.task.later', 1);
    UPDATE run SET step = 100, state = 'completed'`);
  later.close();
  expect(() => runDetail(engine, run)).toThrow(
    expect.objectContaining({ code: 'workspace-newer', message: expect.stringContaining(`Run ${run}`) }),
  );
  const { usable } = await checkExperiment({ ...engine, runJob: runJobHere }, smallExperiment, undefined);
  expect(usable).toBe(true);
});

test('closing on a full disk ends', async () => {
  const engine = createTestEngine();
  const run = start(engine);
  firstTrainer(engine).say(prepared());
  engine.workspace.setPageLimit(1);
  firstTrainer(engine).say(steps(2, 1, many));
  expect(summaryOf(engine, run).state).toBe('paused');
  await engine.supervisor.close(1);
  engine.workspace.setPageLimit(null);
  expect(engine.supervisor.running()).toEqual([]);
});

test('a run whose weights do not fit at its end waits, and then ends once, with all of them', async () => {
  const engine = createTestEngine();
  const run = start(engine);
  const trainer = firstTrainer(engine);
  for (const message of [prepared(), steps(2, 1, [1, 1, 1, 1]), epoch(3, 1, 4), checkpoint(4, 4, 1)])
    trainer.say(message);
  engine.workspace.setPageLimit(1);
  const weights = { step: 8, epoch: 2, weights: new Uint8Array(3_000_000).fill(7) };
  trainer.say({ ...ended(5), last: weights, best: weights } as never);
  expect(summaryOf(engine, run).state).toBe('paused');
  expect(endings(engine)).toEqual([]);
  expect(engine.workspace.checkpoints.read(run, 'best')).toBeNull();
  engine.workspace.setPageLimit(null);
  engine.supervisor.resume(run);
  trainer.end();
  await engine.settle();
  expect(summaryOf(engine, run).state).toBe('completed');
  expect(endings(engine)).toHaveLength(1);
  expect(engine.workspace.checkpoints.read(run, 'best')?.data).toHaveLength(3_000_000);
});

test('a run that cannot be started fails by itself and delays no other run', async () => {
  const engine = createTestEngine();
  const damaged = start(engine, 'damaged');
  for (const message of [prepared(), steps(2, 1, [1]), checkpoint(3, 1, 0)])
    firstTrainer(engine).say(message);
  firstTrainer(engine).end();
  await engine.settle();
  const database = new Database(engine.workspace.path);
  database.exec('DELETE FROM checkpoint_part');
  database.close();
  engine.supervisor.resume(damaged);
  expect(summaryOf(engine, damaged).state).toBe('failed');
  const next = start(engine, 'next');
  expect(summaryOf(engine, next).state).toBe('running');
});

test('a resumed run shows neither scores nor best weights of the stop before', async () => {
  const engine = createTestEngine();
  const run = start(engine);
  const trainer = firstTrainer(engine);
  for (const message of [prepared(), steps(2, 1, [1]), checkpoint(3, 1, 0), ended(4, 'stopped')])
    trainer.say(message);
  trainer.end();
  await engine.settle();
  expect(engine.workspace.checkpoints.read(run, 'best')).not.toBeNull();
  engine.supervisor.resume(run);
  expect(engine.workspace.checkpoints.read(run, 'best')).toBeNull();
  expect(runDetail(engine, run)).toMatchObject({ weightsHash: null, scores: [], testScore: null });
});

test('a duplicate trains on the data of its original, whatever has taken that name since', () => {
  const engine = createTestEngine();
  const run = start(engine);
  const { datasets } = engine.workspace;
  datasets.rename(datasets.detail('waves').id, 'old waves');
  const writer = datasets.beginImport({ name: 'waves', atMs: 1 });
  writer.describe(describedMessage());
  for (const chunk of chunkMessages(40, 1)) writer.chunk(chunk);
  writer.finish(2);
  const copy = duplicateRun(engine, { run });
  expect(runDetail(engine, copy.id).datasetVersionId).toBe(runDetail(engine, run).datasetVersionId);
});

/** Like a file system that was remounted read-only. */
const READ_ONLY = storeError(
  Object.assign(new Error('attempt to write a readonly database'), { code: 'SQLITE_READONLY' }),
  'w',
  'storing',
);
const FULL = storeError(Object.assign(new Error('full'), { code: 'SQLITE_FULL' }), 'w', 'storing');

test.each(['stop', 'resume'] as const)(
  'a run whose process left while it was paused, and whose end could not be written, ends with the next %s',
  async (verb) => {
    const engine = createTestEngine();
    const run = start(engine);
    const trainer = firstTrainer(engine);
    trainer.say(prepared());
    const { workspace, supervisor } = engine;
    const { transaction, metrics } = workspace;
    const append = metrics.append.bind(metrics);
    metrics.append = () => {
      throw FULL;
    };
    trainer.say(steps(2, 1, [1, 1]));
    expect(workspace.runs.summary(run).state).toBe('paused');
    trainer.end();
    await engine.settle();
    workspace.transaction = () => {
      throw READ_ONLY;
    };
    supervisor.resume(run);
    await engine.settle();
    expect(summaryOf(engine, run).state).toBe('paused');
    workspace.transaction = transaction;
    metrics.append = append;
    supervisor[verb](run);
    expect(summaryOf(engine, run)).toMatchObject({
      state: 'failed',
      reason: expect.stringContaining('readonly'),
    });
    await engine.settle();
    // It is not in the queue any more, and can be trained again.
    supervisor.resume(run);
    expect(summaryOf(engine, run).state).toBe('running');
    expect(engine.trainers).toHaveLength(2);
  },
);

test('a long checkpoint is written a piece at a time: other work has its turn, and the old one counts until it is whole', async () => {
  const engine = createTestEngine();
  const run = start(engine);
  const trainer = firstTrainer(engine);
  const pieces = 6;
  const { checkpoints } = engine.workspace;
  trainer.say(prepared());
  trainer.say(steps(2, 1, [1, 1]));
  trainer.say(checkpoint(3, 1, 0));
  trainer.say({ ...checkpoint(4, 2, 0), data: new Uint8Array(pieces * 2 ** 20).fill(7) } as FromTrainer);
  trainer.say(steps(5, 3, [1, 1]));
  let turns = 0;
  while (checkpoints.read(run, 'last')?.step === 1) {
    // What came after it waits, and nothing of it is acknowledged.
    expect(engine.workspace.metrics.lastIndex(run, 'step')).toBe(2);
    expect(trainer.received).not.toContainEqual({ type: 'stored', message: 4 });
    await new Promise((resolve) => setImmediate(resolve));
    turns++;
  }
  expect(turns).toBeGreaterThanOrEqual(pieces - 1);
  expect(checkpoints.read(run, 'last')).toMatchObject({
    step: 2,
    data: new Uint8Array(pieces * 2 ** 20).fill(7),
  });
  expect(engine.workspace.metrics.lastIndex(run, 'step')).toBe(4);
  expect(trainer.received).toContainEqual({ type: 'stored', message: 5 });
});

test('a disk that becomes full within a long checkpoint pauses the run with the old one, and begins the new one again', async () => {
  const engine = createTestEngine();
  const run = start(engine);
  const trainer = firstTrainer(engine);
  const { workspace, supervisor } = engine;
  trainer.say(prepared());
  trainer.say(steps(2, 1, [1, 1]));
  trainer.say(checkpoint(3, 1, 0));
  const { stage } = workspace.checkpoints;
  let written = 0;
  let discarded = 0;
  workspace.checkpoints.stage = (...args) => {
    const staged = stage(...args);
    return {
      ...staged,
      more() {
        if (++written === 3) throw FULL;
        return staged.more();
      },
      discard() {
        discarded++;
        staged.discard();
      },
    };
  };
  const data = new Uint8Array(5 * 2 ** 20).fill(9);
  trainer.say({ ...checkpoint(4, 2, 0), data } as FromTrainer);
  await expect.poll(() => summaryOf(engine, run).state).toBe('paused');
  expect([discarded, workspace.checkpoints.read(run, 'last')?.step]).toEqual([1, 1]);
  supervisor.resume(run);
  await expect.poll(() => workspace.checkpoints.read(run, 'last')?.step).toBe(2);
  expect(workspace.checkpoints.read(run, 'last')?.data).toEqual(data);
  expect(summaryOf(engine, run).state).toBe('running');
});

test('what a deleted run took is given back to the disk, a little at a time', async () => {
  const engine = createTestEngine();
  const run = start(engine);
  engine.supervisor.stop(run);
  firstTrainer(engine).end();
  await engine.settle();
  const { workspace } = engine;
  const data = new Uint8Array(40 * 2 ** 20);
  workspace.checkpoints.write(run, 'last', { step: 1, epoch: 1, data, hasOptimizerState: true, atMs: 1 });
  const rounds: number[] = [];
  const { freePages } = workspace;
  workspace.freePages = (limit) => {
    const freed = freePages(limit);
    rounds.push(freed);
    return freed;
  };
  deleteRun(engine, run);
  expect(rounds).toEqual([]);
  await expect.poll(() => rounds.at(-1)).toBe(0);
  expect(rounds.length).toBeGreaterThan(3);
  for (const freed of rounds) expect(freed).toBeLessThanOrEqual(1_000);
  const { freeBytes } = workspace.diskUse();
  expect(freeBytes).toBe(0);
});

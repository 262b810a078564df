import Database from 'better-sqlite3';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  RunDetailSchema,
  type RunSummary,
  RunSummarySchema,
  type Score,
} from '../../../engine/contract/runs/run.ts';
import { parseRunList } from '../../../engine/contract/runs/run-list.ts';
import { asForecastTask } from '../../../engine/contract/tasks/forecast.ts';
import type { DatasetVersionId, RunId } from '../../../engine/contract/values/ids.ts';
import { keepScores } from '../../../engine/services/runs/standing.ts';
import type { RunPatch } from '../../../engine/store/runs/run-patch.ts';
import type { Workspace } from '../../../engine/store/workspace.ts';
import { errorOf, importData, newRun, newWorkspace, testExperiment } from '../helpers.ts';

const EVERYTHING: Required<RunPatch> = {
  name: 'everything',
  state: 'diverged',
  reason: 'the loss is not a number',
  stopRequested: true,
  step: 7,
  totalSteps: 70,
  epoch: 2,
  totalEpochs: 20,
  secondsLeft: 1.5,
  lastTrainLoss: Number.NaN,
  lastValidationLoss: Number.POSITIVE_INFINITY,
  bestValidationLoss: 0.1 + 0.2,
  bestEpoch: 1,
  testScore: Number.NaN,
  testMetric: 'mae',
  testUnit: 'original',
  testOutcome: 'worse',
  trainedMs: 17,
  attemptStartedAtMs: 9,
  holdRule: '{"afterEpoch":3}',
  bestBaseline: 'repeat',
  bestBaselineScore: 0.3,
  parameterCount: 1234,
  fingerprint: 'ab',
  weightsHash: 'cd',
  attempts: 3,
  heartbeatAtMs: 11,
  startedAtMs: 12,
  endedAtMs: 13,
  backendUsed: { name: 'cpu', version: '4', device: 'CPU', fallbackReason: 'asked' },
  fitted: { scale: [1, Number.NaN, Number.NEGATIVE_INFINITY] },
  parts: [{ part: 'train', rows: 5, windows: 3, fromUs: 1, toUs: null }],
  notes: ['a note'],
};

const score = (change: Partial<Score> = {}): Score => ({
  part: 'test',
  subject: 'model',
  metric: 'mae',
  unit: 'original',
  target: null,
  value: 0.5,
  count: 10,
  ...change,
});

function experiments(workspace: Workspace): unknown {
  const database = new Database(workspace.path, { fileMustExist: true });
  try {
    return database.prepare('SELECT count(*) FROM experiment').pluck().get();
  } finally {
    database.close();
  }
}

/** What the list must say: the summaries one by one, with numbers that are not finite as null. */
function expectedList(workspace: Workspace, ids: readonly RunId[]): unknown {
  return JSON.parse(JSON.stringify([...ids].sort((a, b) => b - a).map((id) => workspace.runs.summary(id))));
}

describe('a run', () => {
  test('begins queued, with what its experiment says', () => {
    const workspace = newWorkspace();
    const id = newRun(workspace, 'first', 4_294_967_295);
    const detail = workspace.runs.detail(id);
    expect(RunDetailSchema.parse(detail)).toEqual(detail);
    expect(detail).toMatchObject({
      name: 'first',
      state: 'queued',
      queuePosition: null,
      datasetName: 'data',
      datasetVersion: 1,
      modelKind: 'lstm',
      seed: 4_294_967_295,
      backend: 'simd',
      totalEpochs: 20,
      step: 0,
      attempts: 0,
      createdAtMs: 5,
      lastTrainLoss: null,
      parts: [],
      notes: [],
    });
    expect(detail.configuration).toEqual(testExperiment({ seed: 4_294_967_295 }));
    expect(workspace.runs.experiment(id)).toEqual(detail.configuration);
    expect(workspace.runs.datasetVersionId(id)).toBe(detail.datasetVersionId);
    expect(workspace.runs.fitted(id)).toBeNull();
  });

  test('keeps everything that a patch sets, NaN and infinities too, and nothing else changes', () => {
    const workspace = newWorkspace();
    const id = newRun(workspace);
    const other = newRun(workspace);
    const untouched = workspace.runs.detail(other);
    workspace.runs.update(id, EVERYTHING);
    const { backendUsed, fitted, heartbeatAtMs, attemptStartedAtMs, holdRule, ...shown } = EVERYTHING;
    const detail = workspace.runs.detail(id);
    expect(RunDetailSchema.parse(detail)).toEqual(detail);
    expect(detail).toMatchObject({ ...shown, backendUsed, backend: 'cpu' });
    expect(detail.lastTrainLoss).toBeNaN();
    expect(workspace.runs.fitted(id)).toEqual(fitted);
    expect(workspace.runs.heartbeatAtMs(id)).toBe(heartbeatAtMs);
    expect(workspace.runs.attemptStartedAtMs(id)).toBe(attemptStartedAtMs);
    expect(workspace.runs.holdRule(id)).toEqual(JSON.parse(holdRule ?? ''));
    expect(workspace.runs.detail(other)).toEqual(untouched);
    workspace.runs.update(id, { reason: null, stopRequested: false, step: 8 });
    expect(workspace.runs.detail(id)).toEqual({ ...detail, reason: null, stopRequested: false, step: 8 });
    workspace.runs.update(id, {});
    expect(errorOf(() => workspace.runs.update(99 as RunId, { step: 1 })).code).toBe('not-found');
  });

  test('is found by number and by name; an ambiguous name lists the numbers', () => {
    const workspace = newWorkspace();
    const first = newRun(workspace, 'a');
    const second = newRun(workspace, 'b');
    const third = newRun(workspace, 'b');
    // From a time when such names were allowed: they hide no number.
    newRun(workspace, '1');
    const named = newRun(workspace, '77');
    expect(workspace.runs.resolve(first)).toBe(first);
    expect(workspace.runs.resolve('a')).toBe(first);
    expect(workspace.runs.resolve('2')).toBe(second);
    expect(workspace.runs.resolve('1')).toBe(first);
    for (const reference of [77, '77']) expect(workspace.runs.resolve(reference)).toBe(named);
    const error = errorOf(() => workspace.runs.resolve('b'));
    expect(error.code).toBe('conflict');
    expect(error.message).toContain(`${second}, ${third}`);
    for (const reference of [99, 'c', '99']) {
      expect(errorOf(() => workspace.runs.resolve(reference)).code).toBe('not-found');
    }
    expect(errorOf(() => workspace.runs.summary(99 as RunId)).code).toBe('not-found');
    expect(errorOf(() => workspace.runs.detail(99 as RunId)).code).toBe('not-found');
  });

  test('shares its experiment with equal ones, until the last of them is deleted', () => {
    const workspace = newWorkspace();
    const versionId = importData(workspace, 'data');
    const experiment = testExperiment();
    const reordered = Object.fromEntries(Object.entries(experiment).reverse()) as typeof experiment;
    const create = (given: typeof experiment): RunId =>
      workspace.runs.create({
        name: 'r',
        experiment: given,
        targets: ['close'],
        datasetVersionId: versionId,
        atMs: 1,
      });
    const [first, second] = [create(experiment), create(reordered)];
    expect(experiments(workspace)).toBe(1);
    workspace.runs.delete(first);
    expect(workspace.runs.experiment(second)).toEqual(experiment);
    workspace.runs.delete(second);
    expect(experiments(workspace)).toBe(0);
    expect(errorOf(() => workspace.runs.experiment(second)).code).toBe('not-found');
    expect(create(experiment)).toBe(second + 1);
  });

  test('of a time when the contract had fewer options has their defaults', () => {
    const workspace = newWorkspace();
    const experiment = testExperiment();
    const { huberDelta, ...task } = asForecastTask(experiment.task);
    expect(huberDelta).toBe(1);
    const older = { ...experiment, task } as typeof experiment;
    const datasetVersionId = importData(workspace, 'data');
    const id = workspace.runs.create({
      name: 'r',
      experiment: older,
      targets: ['close'],
      datasetVersionId,
      atMs: 1,
    });
    expect(workspace.runs.experiment(id)).toEqual(experiment);
    expect(workspace.runs.detail(id).configuration.task).toMatchObject({ huberDelta: 1 });
  });

  test('needs a dataset version that is there', () => {
    const workspace = newWorkspace();
    const create = (): RunId =>
      workspace.runs.create({
        name: 'r',
        experiment: testExperiment(),
        targets: ['close'],
        datasetVersionId: 99 as DatasetVersionId,
        atMs: 1,
      });
    expect(errorOf(create).message).toContain('FOREIGN KEY');
    expect(workspace.info().runs).toBe(0);
  });

  test('takes everything of it along when it is deleted', () => {
    const workspace = newWorkspace();
    const id = newRun(workspace);
    const data = new Uint8Array(10);
    workspace.metrics.declare(id, 'step', ['a']);
    workspace.metrics.append(id, 'step', 1, 1, new Float64Array(1));
    workspace.checkpoints.write(id, 'best', { step: 1, epoch: 1, data, hasOptimizerState: false, atMs: 1 });
    keepScores(workspace, id, [score()]);
    workspace.events.append({ type: 'run.created', runId: id, name: 'run' }, 1);
    expect(workspace.runs.detail(id)).toMatchObject({ bytes: 18, stepMetrics: ['a'], testScore: 0.5 });
    workspace.runs.delete(id);
    expect(workspace.diskUse()).toMatchObject({ metricBytes: 0, checkpointBytes: 0 });
    expect(workspace.scores.of(id)).toEqual([]);
    expect(workspace.events.after(0, 10)).toEqual([]);
    expect(errorOf(() => workspace.runs.delete(id)).code).toBe('not-found');
  });

  test('states: which runs are in one of them', () => {
    const workspace = newWorkspace();
    const ids = ['queued', 'running', 'paused', 'completed'].map((state) => {
      const id = newRun(workspace);
      workspace.runs.update(id, { state: state as RunSummary['state'] });
      return id;
    });
    expect(workspace.runs.inState('running', 'paused')).toEqual([ids[1], ids[2]]);
    expect(workspace.runs.inState('failed')).toEqual([]);
    expect(workspace.runs.inState()).toEqual([]);
  });
});

describe('scores', () => {
  test('are replaced whole, in their order, NaN and infinities kept', () => {
    const workspace = newWorkspace();
    const id = newRun(workspace);
    keepScores(workspace, id, [score({ value: 9 })]);
    const scores = [
      score({ part: 'validation', value: 1 }),
      score({ metric: 'rmse', value: Number.NaN }),
      score({ subject: 'repeat', value: 3 }),
      score({ unit: 'standardized', value: 4 }),
      score({ target: 'close', value: Number.POSITIVE_INFINITY }),
      score({ value: -0.25 }),
    ];
    keepScores(workspace, id, scores);
    expect(workspace.scores.of(id)).toEqual(scores);
    expect(workspace.runs.summary(id).testScore).toBe(-0.25);
    keepScores(workspace, id, [score({ value: Number.NaN })]);
    expect(workspace.runs.summary(id).testScore).toBeNaN();
    keepScores(workspace, id, []);
    expect(workspace.runs.summary(id).testScore).toBeNull();
  });
});

describe('the run list', () => {
  test('is newest first, at most `limit`, with null for what is not finite', () => {
    const workspace = newWorkspace();
    const ids = [1, 2, 3].map((seed) => newRun(workspace, `run "${seed}"\n`, seed));
    workspace.runs.update(ids[0]!, { ...EVERYTHING, secondsLeft: Number.NEGATIVE_INFINITY });
    const list = parseRunList(workspace.runs.listText());
    expect(list.map((summary) => RunSummarySchema.parse(summary))).toEqual(list);
    expect(list.map(({ id }) => id)).toEqual([...ids].reverse());
    expect(list[2]).toMatchObject({ lastTrainLoss: null, lastValidationLoss: null, secondsLeft: null });
    expect(list).toEqual(expectedList(workspace, ids));
    expect(parseRunList(workspace.runs.listText(2))).toEqual(list.slice(0, 2));
  });

  test('has a text that many runs share once, and the rows of chosen runs alone', () => {
    const workspace = newWorkspace();
    const [first, second] = [newRun(workspace), newRun(workspace)];
    for (const id of [first, second]) workspace.runs.update(id, { fingerprint: 'f'.repeat(64) });
    expect(workspace.runs.listText().split('f'.repeat(64))).toHaveLength(2);
    const { list } = workspace.runs;
    const before = list.rows([second]);
    expect(parseRunList(list.json([first]).toString())).toEqual(expectedList(workspace, [first]));
    const renamed = { ...workspace.runs.summary(first), name: 'instead', modelKind: 'another' };
    const [same, instead] = parseRunList(list.json([second, first], new Map([[first, renamed]])).toString());
    expect([same]).toEqual(expectedList(workspace, [second]));
    expect(instead).toEqual(renamed);
    workspace.runs.rename(first, 'new');
    expect(list.rows([second])[0]).toBe(before[0]);
    workspace.runs.rename(second, 'new');
    expect(list.rows([second])[0]).not.toBe(before[0]);
  });

  test('is made in one go for many, with gaps between the numbers, and stays right as some change', () => {
    const workspace = newWorkspace();
    let ids = Array.from({ length: 700 }, (_, seed) => newRun(workspace, 'many', seed));
    for (const id of ids.filter((_id, index) => index % 10 === 3)) workspace.runs.delete(id);
    ids = ids.filter((_id, index) => index % 10 !== 3);
    expect(parseRunList(workspace.runs.listText(2))).toHaveLength(2);
    expect(parseRunList(workspace.runs.listText())).toEqual(expectedList(workspace, ids));
    workspace.runs.update(ids[300]!, { step: 5 });
    expect(parseRunList(workspace.runs.listText())).toEqual(expectedList(workspace, ids));
  });

  test('follows every change, also those that are rolled back', () => {
    const float = fc.oneof(fc.double(), fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, null));
    const action = fc.record({
      kind: fc.constantFrom('create', 'update', 'rename', 'score', 'delete', 'push', 'dataset', 'list'),
      at: fc.nat(5),
      name: fc.string(),
      float,
      undo: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(action, { minLength: 8, maxLength: 20 }), (actions) => {
        const workspace = newWorkspace();
        let ids = [newRun(workspace), newRun(workspace)];
        for (const { kind, at, name, float, undo } of actions) {
          const before = ids;
          const id = ids[at % ids.length];
          const change = (): void => {
            if (kind === 'create' || id === undefined) ids = [...ids, newRun(workspace, name)];
            else if (kind === 'update')
              workspace.runs.update(id, { bestValidationLoss: float, reason: name });
            else if (kind === 'rename') workspace.runs.rename(id, name);
            else if (kind === 'score') keepScores(workspace, id, [score({ value: float ?? 1 })]);
            else if (kind === 'push') workspace.queue.push(id);
            else if (kind === 'dataset')
              workspace.datasets.rename(workspace.datasets.list()[0]!.id, `d${name}`);
            else if (kind === 'delete') {
              workspace.runs.delete(id);
              ids = ids.filter((other) => other !== id);
            }
            workspace.runs.listText();
          };
          // newRun looks for the dataset "data": only then does it import one.
          if (undo) {
            const attempt = (): void =>
              workspace.transaction(() => {
                change();
                throw new Error('undone');
              });
            expect(attempt).toThrow(/^undone$/);
            ids = before;
          } else change();
          expect(parseRunList(workspace.runs.listText())).toEqual(expectedList(workspace, ids));
        }
      }),
      { numRuns: 15, seed: 11 },
    );
  });
});

import { describe, expect, test } from 'vitest';
import {
  type Space,
  SpaceSchema,
  TrialBasisSchema,
  TrialRecordSchema,
} from '../../engine/contract/studies/search.ts';
import { HindcastError } from '../../engine/contract/values/errors.ts';
import type { RunId } from '../../engine/contract/values/ids.ts';
import { METHODS } from '../../engine/search/methods/registry.ts';
import { problemOf } from '../../engine/search/problem.ts';
import { suggest } from '../../engine/search/suggest.ts';
import { isLong, suggestTrials } from '../../engine/search/suggest-trials.ts';
import { runDetail, summaryOf } from '../../engine/services/runs/runs.ts';
import {
  deleteStudy,
  getStudy,
  resumeReachable,
  resumeStudy,
  startStudy,
  stopStudy,
} from '../../engine/services/studies/studies.ts';
import { createTestEngine, runJobHere, smallExperiment, type TestEngine } from './fixture.ts';
import { ended, prepared, steps } from './messages.ts';

const SPACE = {
  'training.optimizer.learningRate': { kind: 'log', min: 1e-4, max: 1e-1 },
  'training.optimizer.kind': { kind: 'categorical', values: ['adam', 'sgd'] },
  'training.optimizer.momentum': { kind: 'linear', min: 0, max: 0.9 },
};
const PLAN = {
  kind: 'sweep',
  space: SPACE,
  method: { kind: 'tpe', startup: 3 },
  budget: { runs: 8 },
  batch: 2,
};
const begin = (engine: TestEngine, changes: object = {}) =>
  startStudy(engine, { configuration: smallExperiment, plan: { ...PLAN, ...changes } });

const rateOf = (engine: TestEngine, run: RunId): number =>
  runDetail(engine, run).configuration.training.optimizer.learningRate;

/** Plays the run that trains now; its loss is least at a learning rate of 0.01. */
async function finish(engine: TestEngine, state: 'completed' | 'stopped' | 'diverged' = 'completed') {
  const run = engine.supervisor.running()[0] as RunId;
  const trainer = engine.trainers.at(-1)!;
  const loss = state === 'diverged' ? Number.NaN : Math.abs(Math.log10(rateOf(engine, run)) + 2) + 0.1;
  trainer.say(prepared());
  trainer.say(steps(2, 1, [1, 1]));
  const values = Float64Array.of(loss, loss);
  trainer.say({ type: 'epoch', message: 3, epoch: 1, step: 2, values, best: state !== 'diverged' });
  const scores = (['validation', 'test'] as const).map((part) => ({
    part,
    subject: 'model',
    metric: 'mae' as const,
    unit: 'original' as const,
    target: null,
    value: loss,
    count: 4,
  }));
  const message = ended(4, state);
  trainer.say({ ...message, scores } as typeof message);
  trainer.end();
  await engine.settle();
}

async function finishAll(engine: TestEngine): Promise<void> {
  while (engine.supervisor.running().length > 0) await finish(engine);
}

const recordsOf = (engine: TestEngine, study: number) =>
  engine.workspace.studies.records(getStudy(engine, study).id).map(({ position, record }) => ({
    position,
    ...TrialRecordSchema.parse(record),
    seen: TrialBasisSchema.parse(engine.workspace.studies.basis(getStudy(engine, study).id, position)),
  }));

describe('a sweep', () => {
  test('tries its trials batch by batch to the end of its budget, and names the best', async () => {
    const engine = createTestEngine();
    const { id } = begin(engine);
    expect(getStudy(engine, id).runs).toHaveLength(2);
    await finish(engine);
    expect(getStudy(engine, id).runs).toHaveLength(2);
    await finish(engine);
    expect(getStudy(engine, id).runs).toHaveLength(4);
    await finishAll(engine);
    const { runs, open, findings } = getStudy(engine, id);
    expect([runs.length, open]).toEqual([8, false]);
    const losses = runs.map((run) => summaryOf(engine, run).bestValidationLoss ?? Infinity);
    const best = runs[losses.indexOf(Math.min(...losses))]!;
    expect(findings.note).toBe(`Best of 8 trials: small trial ${runs.indexOf(best) + 1}, run ${best}.`);
    expect(new Set(runs.map((run) => rateOf(engine, run))).size).toBe(8);
  });

  test('keeps what each suggestion had seen, and every suggestion can be computed again', async () => {
    const engine = createTestEngine();
    const { id } = begin(engine);
    await finishAll(engine);
    const records = recordsOf(engine, id);
    expect(records.map(({ seen }) => seen.length)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    expect(records[3]?.seen.map(({ result }) => result === null)).toEqual([false, false, true]);
    const experiment = engine.workspace.studies.experiment(id);
    const method = METHODS.get('tpe')!.options.parse(PLAN.method) as { kind: string };
    const search = { problem: problemOf(experiment, SpaceSchema.parse(SPACE) as Space), method };
    for (const { position, values, seen } of records) {
      const told = seen.map((one) => ({ ...one, values: records[one.trial - 1]!.values }));
      expect(suggest(search, 1, position, told)?.values).toEqual(values);
    }
    // With other results the model proposes something else, so what was seen matters.
    const other = records[7]!.seen.map((one) => ({
      ...one,
      values: records[one.trial - 1]!.values,
      result: one.trial,
    }));
    expect(suggest(search, 1, 8, other)?.values).not.toEqual(records[7]!.values);
  });

  test('is the same after an interruption in the middle', async () => {
    const whole = createTestEngine();
    begin(whole);
    await finishAll(whole);
    const engine = createTestEngine();
    const { id } = begin(engine);
    for (const _ of [1, 2, 3]) await finish(engine);
    engine.trainers.at(-1)!.end({ code: null, signal: 'SIGKILL' });
    await engine.settle();
    expect(getStudy(engine, id)).toMatchObject({ open: false });
    expect(runDetail(engine, getStudy(engine, id).runs[0]!).testScore).toBeNull();
    resumeStudy(engine, id);
    await finishAll(engine);
    expect(recordsOf(engine, id)).toEqual(recordsOf(whole, 1));
  });

  test('stops with its runs, and continues where it was', async () => {
    const engine = createTestEngine();
    const { id } = begin(engine);
    await finish(engine);
    stopStudy(engine, id);
    await finish(engine, 'stopped');
    expect(getStudy(engine, id)).toMatchObject({ open: false, runs: [1, 2] });
    resumeStudy(engine, id);
    expect(getStudy(engine, id).runs).toHaveLength(2);
    await finishAll(engine);
    expect(getStudy(engine, id).runs).toHaveLength(8);
  });

  test('is taken back from the pool, with its runs and those to come', async () => {
    const engine = createTestEngine();
    const { id } = startStudy(engine, {
      configuration: smallExperiment,
      plan: { ...PLAN, batch: 1, budget: { runs: 2 } },
      on: 'pool',
    });
    // A workspace without a pool can send nothing.
    expect(summaryOf(engine, 1 as RunId)).toMatchObject({
      state: 'failed',
      reason: expect.stringContaining('no pool'),
    });
    engine.workspace.runs.update(1 as RunId, { state: 'interrupted', step: 1 });
    await expect(resumeReachable(engine, id)).rejects.toThrow(/has no pool/);
    resumeStudy(engine, id, 'here');
    await finishAll(engine);
    expect(getStudy(engine, id)).toMatchObject({ open: false, runs: [1, 2] });
    expect(engine.workspace.poolRuns.queued()).toEqual([]);
    expect(runDetail(engine, 2 as RunId)).toMatchObject({ state: 'completed' });
    expect(runDetail(engine, 2 as RunId).pool).toBeUndefined();
  });

  test('shows no test score before its end', async () => {
    const engine = createTestEngine();
    const { id } = begin(engine, { budget: { runs: 3 } });
    await finish(engine);
    const during = runDetail(engine, 1);
    expect([during.testScore, during.testOutcome]).toEqual([null, null]);
    expect(during.scores.map(({ part }) => part)).toEqual(['validation']);
    await finishAll(engine);
    expect(getStudy(engine, id).open).toBe(false);
    const after = runDetail(engine, 1);
    expect(after.testScore).toBe(after.bestValidationLoss);
    expect(after.scores.map(({ part }) => part)).toEqual(['validation', 'test']);
  });

  test('starts no trial once its epochs are used up; one that diverged counts as the worst', async () => {
    const engine = createTestEngine();
    const { id } = begin(engine, { budget: { runs: 50, epochs: 3 } });
    await finish(engine, 'diverged');
    await finishAll(engine);
    expect(getStudy(engine, id)).toMatchObject({ open: false, runs: [1, 2, 3, 4] });
    expect(recordsOf(engine, id)[3]?.seen[0]).toEqual({ trial: 1, result: 'failed' });
  });

  test('ends with a grid when every combination was tried; its notes go with it', async () => {
    const engine = createTestEngine();
    const space = { 'training.batchSize': { kind: 'categorical', values: [1, 2, 4] } };
    const { id } = begin(engine, { space, method: { kind: 'grid' } });
    await finishAll(engine);
    expect(getStudy(engine, id).runs).toHaveLength(3);
    deleteStudy(engine, id);
    expect(engine.workspace.studies.records(id)).toEqual([]);
  });

  test('an objective of quantiles needs a model that forecasts them: calibrated ones have no value of an epoch', () => {
    const withTask = (engine: TestEngine, task: object) =>
      startStudy(engine, {
        configuration: {
          ...smallExperiment,
          task: { ...smallExperiment.task, metrics: ['mae', 'crps'], ...task },
        },
        plan: { ...PLAN, objective: 'crps' },
      });
    for (const intervals of ['conformal', 'adaptive']) {
      const engine = createTestEngine();
      expect(() => withTask(engine, { intervals })).toThrow(
        /"crps", which has a value only behind the training.*choose loss or mae/,
      );
      expect(() => withTask(engine, { intervals, loss: 'pinball' })).toThrow(/only behind the training/);
      expect(engine.workspace.studies.list()).toEqual([]);
    }
    expect(withTask(createTestEngine(), { loss: 'pinball' }).runs).toHaveLength(2);
  });

  test.each([
    ['no field', { space: { 'model.unitz': { kind: 'linear', min: 0, max: 1 } } }, /model\.unitz/],
    [
      'an empty range',
      { space: { 'training.batchSize': { kind: 'int', min: 4, max: 4 } } },
      /range is empty/,
    ],
    ['an empty space', { space: {} }, /must name a field/],
    [
      'an unknown method',
      { method: { kind: 'oracle' } },
      /method\.kind is "oracle"; it must be one of "tpe"/,
    ],
    ['an option of another method', { method: { kind: 'random', startup: 3 } }, /startup/],
    ['a budget of 0', { budget: { runs: 0 } }, /budget\.runs is 0; it must be at least 1/],
    ['no minutes', { budget: { minutes: 0 } }, /budget\.minutes is 0/],
    ['a plan with more', { objective: 'test' }, /objective/],
    ['a metric that the task has not', { objective: 'mape' }, /which no run of this experiment has/],
    ['a metric that decides nothing', { objective: 'bias' }, /which no run of this experiment has/],
  ])('with %s is refused in one sentence and leaves nothing', (_name, changes, message) => {
    const engine = createTestEngine();
    expect(() => begin(engine, changes)).toThrow(message);
    expect(engine.workspace.studies.list()).toEqual([]);
    expect(engine.workspace.info().runs).toBe(0);
  });
});

describe('a choice that takes long', () => {
  const LONG = { batch: 20, budget: { runs: 40 }, method: { kind: 'tpe', startup: 3 } };
  const question = (changes: object = {}) => ({
    // It is not looked at.
    experiment: null as never,
    space: SPACE as Space,
    method: { kind: 'tpe', startup: 10, candidates: 24 },
    seed: 1,
    first: 1,
    count: 1,
    told: [],
    ...changes,
  });

  test('is one of many trials, of many that are known, or of many kinds', () => {
    const told = (count: number) =>
      Array.from({ length: count }, () => ({ trial: 1, values: {}, result: 1 }));
    const kinds = { kind: 'categorical', values: Array.from({ length: 40 }, (_, kind) => `k${kind}`) };
    expect(isLong(question())).toBe(false);
    expect(isLong(question({ count: 30 }))).toBe(true);
    expect(isLong(question({ told: told(20) }))).toBe(false);
    expect(isLong(question({ told: told(490) }))).toBe(true);
    expect(isLong(question({ told: told(490), method: { kind: 'random' } }))).toBe(false);
    expect(isLong(question({ method: { kind: 'grid', points: 3 }, told: told(400) }))).toBe(true);
    expect(isLong(question({ space: { 'model.kind': kinds } }))).toBe(true);
  });

  test('is made in a process, and the sweep is the same', async () => {
    const plain = createTestEngine();
    begin(plain, LONG);
    await finishAll(plain);
    let jobs = 0;
    const engine = createTestEngine({
      suggests: (name, input) => {
        jobs++;
        return runJobHere(name, input);
      },
    });
    const { id } = begin(engine, LONG);
    expect(getStudy(engine, id)).toMatchObject({ open: true, runs: [] });
    expect(engine.supervisor.idle()).toBe(false);
    await expect.poll(() => getStudy(engine, id).runs.length).toBe(20);
    for (const _ of Array(20)) await finish(engine);
    await expect.poll(() => getStudy(engine, id).runs.length).toBe(40);
    await finishAll(engine);
    expect(getStudy(engine, id)).toMatchObject({ open: false });
    expect(recordsOf(engine, id)).toEqual(recordsOf(plain, 1));
    expect(jobs).toBe(2);
  });

  test('of a sweep that is stopped meanwhile begins nothing; a resumed one asks again', async () => {
    const asked: (() => void)[] = [];
    const engine = createTestEngine({
      suggests: (_name, input) =>
        new Promise((resolve) => {
          asked.push(() => resolve(suggestTrials(input as never) as never));
        }),
    });
    const { id } = begin(engine, { ...LONG, batch: 20 });
    engine.workspace.studies.update(id, { open: false });
    asked[0]!();
    await engine.settle();
    expect(getStudy(engine, id).runs).toEqual([]);
    resumeStudy(engine, id);
    await engine.settle();
    expect(getStudy(engine, id).runs).toHaveLength(20);
    expect(asked).toHaveLength(1);
  });

  test('is made in the engine where its process dies; a search that fails ends its sweep', async () => {
    const failing = (code: 'process-died' | 'invalid-input') =>
      createTestEngine({ suggests: () => Promise.reject(new HindcastError(code, 'It failed.')) });
    const engine = failing('process-died');
    const { id } = begin(engine, LONG);
    await expect.poll(() => getStudy(engine, id).runs.length).toBe(20);
    const refused = failing('invalid-input');
    begin(refused, LONG);
    await expect.poll(() => getStudy(refused, 1).open).toBe(false);
  });
});

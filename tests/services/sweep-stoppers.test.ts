// Sweeps whose trials are held and resumed; the test plays the training processes, epoch by epoch.
import { expect, test } from 'vitest';
import type { ToTrainer } from '../../engine/contract/processes/trainer.ts';
import { TrialBasisSchema, TrialRecordSchema } from '../../engine/contract/studies/search.ts';
import type { RunId } from '../../engine/contract/values/ids.ts';
import { createForecastViews } from '../../engine/services/forecasts/views.ts';
import { createInside } from '../../engine/services/inside/inside.ts';
import { exportRun } from '../../engine/services/runs/export.ts';
import { forecastFrame, resumeRun, runDetail, stopRun, summaryOf } from '../../engine/services/runs/runs.ts';
import { changeStudy, sweepOf } from '../../engine/services/studies/change-study.ts';
import { getStudy, resumeStudy, startStudy } from '../../engine/services/studies/studies.ts';
import { createTestEngine, type FakeTrainer, smallExperiment, type TestEngine } from './fixture.ts';
import { checkpoint, ended, prepared } from './messages.ts';

const SPACE = { 'training.optimizer.learningRate': { kind: 'log', min: 1e-4, max: 1e-1 } };
const ASHA = { kind: 'asha', minEpochs: 1, factor: 3 };
const EPOCHS = 9;

const begin = (engine: TestEngine, changes: object = {}) =>
  startStudy(engine, {
    configuration: { ...smallExperiment, training: { epochs: EPOCHS } },
    plan: {
      kind: 'sweep',
      space: SPACE,
      method: { kind: 'random' },
      stopper: ASHA,
      budget: { runs: 9 },
      batch: 3,
      ...changes,
    },
  });

type Job = Extract<ToTrainer, { type: 'train' }>;
const jobOf = (trainer: FakeTrainer): Job =>
  trainer.received.find((one): one is Job => one.type === 'train')!;

/** Least at a learning rate of 0.01, and falling with the epochs. */
const lossOf = ({ experiment }: Job, epoch: number): number =>
  Math.abs(Math.log10(experiment.training.optimizer.learningRate) + 2) + 1 / epoch + experiment.seed / 1e3;

/** Trains as the job says: from the checkpoint to where it is held, or to its end. */
async function play(engine: TestEngine, trainer: FakeTrainer): Promise<void> {
  const job = jobOf(trainer);
  const from = job.checkpoint?.[1] ?? 0;
  const to = Math.min(job.hold?.afterEpoch ?? EPOCHS, EPOCHS);
  let message = 1;
  trainer.say(prepared(message++));
  for (let epoch = from + 1; epoch <= to; epoch++) {
    const loss = lossOf(job, epoch);
    trainer.say({
      type: 'epoch',
      message: message++,
      epoch,
      step: epoch,
      values: Float64Array.of(loss, loss),
      best: true,
    });
    trainer.say(checkpoint(message++, epoch, epoch));
  }
  trainer.say(ended(message++, to < EPOCHS ? 'held' : 'completed'));
  trainer.end();
  await engine.settle();
}

/** Plays the newest of those that train first, so that they end in another order than they began. */
async function playAll(engine: TestEngine): Promise<void> {
  const played = new Set<FakeTrainer>();
  for (;;) {
    const next = engine.trainers.findLast((trainer) => !played.has(trainer));
    if (next === undefined) return;
    played.add(next);
    await play(engine, next);
  }
}

const recordsOf = (engine: TestEngine, study: number) =>
  engine.workspace.studies.records(getStudy(engine, study).id).flatMap(({ position, record }) => {
    const trial = TrialRecordSchema.safeParse(record);
    const seen = TrialBasisSchema.safeParse(
      engine.workspace.studies.basis(getStudy(engine, study).id, position),
    );
    return trial.success && seen.success ? [{ ...trial.data, seen: seen.data }] : [];
  });

/** Of each attempt the run's name, where it began and where it was to be held. */
const attemptsOf = (engine: TestEngine) =>
  engine.trainers.map((trainer) => {
    const { experiment, checkpoint: data, hold } = jobOf(trainer);
    return `${experiment.name} ${data?.[1] ?? 0}-${hold?.afterEpoch ?? 'end'}`;
  });

test('ASHA: trials are held at rungs, the best are resumed from their checkpoint, and the winner reaches the end', async () => {
  const engine = createTestEngine();
  const { id } = begin(engine);
  await playAll(engine);
  const { runs, open, findings } = getStudy(engine, id);
  expect([runs.length, open]).toEqual([9, false]);
  const summaries = runs.map((run) => summaryOf(engine, run));
  const states = summaries.map(({ state, epoch }) => `${state} ${epoch}`).toSorted();
  expect(states).toEqual(['completed 9', ...Array(6).fill('held 1'), 'held 3', 'held 3']);
  const rates = runs.map((run) => runDetail(engine, run).configuration.training.optimizer.learningRate);
  const byRate = summaries.toSorted(
    (a, b) =>
      Math.abs(Math.log10(rates[runs.indexOf(a.id)]!) + 2) -
      Math.abs(Math.log10(rates[runs.indexOf(b.id)]!) + 2),
  );
  expect(byRate[0]).toMatchObject({ state: 'completed' });
  expect(findings.note).toBe(`Best of 9 trials: ${byRate[0]!.name}, run ${byRate[0]!.id}.`);
  // Resumed, not begun again.
  expect(attemptsOf(engine).filter((text) => text.endsWith(' 1-3'))).toHaveLength(3);
  expect(attemptsOf(engine).filter((text) => text.endsWith(' 3-9'))).toHaveLength(1);
  expect(engine.workspace.metrics.lastIndex(byRate[0]!.id as RunId, 'epoch')).toBe(9);
});

test('a sweep by batches is the same whatever number of runs trains at once', async () => {
  const outcomes = [];
  for (const limit of [1, 2, 4]) {
    const engine = createTestEngine();
    engine.supervisor.setLimit(limit);
    const { id } = begin(engine, { method: { kind: 'tpe', startup: 3 } });
    await playAll(engine);
    const attempts = attemptsOf(engine).toSorted();
    outcomes.push({ records: recordsOf(engine, id), attempts, note: getStudy(engine, id).findings.note });
  }
  expect(outcomes[1]).toEqual(outcomes[0]);
  expect(outcomes[2]).toEqual(outcomes[0]);
  // What was held tells the search less than what came further.
  expect(outcomes[0]!.records[8]!.seen.map(({ epochs }) => epochs)).toContain(1);
});

test('is the same after a crash at any moment', async () => {
  const whole = createTestEngine();
  const { id } = begin(whole, { method: { kind: 'tpe', startup: 3 } });
  await playAll(whole);
  for (const killed of [1, 4, 7, 10]) {
    const engine = createTestEngine();
    begin(engine, { method: { kind: 'tpe', startup: 3 } });
    for (let at = 0; at < killed; at++) await play(engine, engine.trainers[at]!);
    engine.trainers[killed]!.end({ code: null, signal: 'SIGKILL' });
    await engine.settle();
    const before = engine.trainers.length;
    expect(getStudy(engine, id).open).toBe(engine.supervisor.running().length > 0);
    for (let at = killed + 1; at < before; at++) await play(engine, engine.trainers[at]!);
    resumeStudy(engine, id);
    for (let at = engine.trainers.length - 1; at < engine.trainers.length; at++)
      await play(engine, engine.trainers[at]!);
    expect(recordsOf(engine, id)).toEqual(recordsOf(whole, id));
    expect(getStudy(engine, id).findings).toEqual(getStudy(whole, id).findings);
  }
});

test('refilled, a sweep keeps as many trials in training as its batch has', async () => {
  const engine = createTestEngine();
  engine.supervisor.setLimit(3);
  const { id } = begin(engine, { refill: true });
  expect(engine.supervisor.running()).toHaveLength(3);
  await play(engine, engine.trainers[1]!);
  expect(engine.supervisor.running()).toHaveLength(3);
  expect(recordsOf(engine, id).map(({ seen }) => seen.map(({ result }) => result === null))).toEqual([
    [],
    [true],
    [true, true],
    [true, false, true],
  ]);
});

test('the best trials are trained again with other seeds, to the end', async () => {
  const engine = createTestEngine();
  const { id } = begin(engine, {
    stopper: { kind: 'none' },
    budget: { runs: 4 },
    repeat: { best: 2, seeds: 2 },
  });
  await playAll(engine);
  const names = getStudy(engine, id).runs.map((run) => summaryOf(engine, run));
  const [best, second] = names.slice(0, 4).toSorted((a, b) => a.bestValidationLoss! - b.bestValidationLoss!);
  expect(names.slice(4).map(({ name, seed }) => [name, seed])).toEqual(
    [best!, second!].flatMap(({ name }) => [2, 3].map((seed) => [`${name} seed ${seed}`, seed])),
  );
  expect(getStudy(engine, id).open).toBe(false);
  expect(getStudy(engine, id).findings.note).toMatch(
    new RegExp(
      `^Best of 4 trials: ${best!.name}, run ${best!.id}. With 2 other seeds its validation loss is .* ± .*`,
    ),
  );
});

test('a user who resumes a held run trains it to its end; one who stops a trial ends it there', async () => {
  const engine = createTestEngine();
  const { id } = begin(engine, { budget: { runs: 2 }, batch: 2, stopper: { ...ASHA, factor: 4 } });
  await play(engine, engine.trainers[0]!);
  const [first, second] = getStudy(engine, id).runs as [RunId, RunId];
  expect(runDetail(engine, first)).toMatchObject({ state: 'held', epoch: 1, scores: [] });
  stopRun(engine, second);
  engine.trainers[1]!.say(prepared());
  engine.trainers[1]!.say(ended(2, 'stopped'));
  engine.trainers[1]!.end();
  await engine.settle();
  // Nothing is left to try, so the best one trains to its end.
  expect(attemptsOf(engine)).toEqual(['small trial 1 0-1', 'small trial 2 0-1', 'small trial 1 1-end']);
  await play(engine, engine.trainers[2]!);
  expect(getStudy(engine, id).open).toBe(false);

  const other = begin(engine, { budget: { runs: 3 }, stopper: { ...ASHA, factor: 4 } });
  for (const at of [3, 4, 5, 6]) await play(engine, engine.trainers[at]!);
  const held = getStudy(engine, other.id).runs.find((run) => summaryOf(engine, run).state === 'held')!;
  resumeRun(engine, held);
  expect(jobOf(engine.trainers.at(-1)!)).toMatchObject({ hold: null });
});

test('median: a trial begins with the limits of those before it', async () => {
  const engine = createTestEngine();
  begin(engine, { stopper: { kind: 'median', startup: 3 }, budget: { runs: 4 } });
  await playAll(engine);
  const limits = jobOf(engine.trainers[3]!).hold?.limits;
  expect(limits).toHaveLength(EPOCHS);
  const at = engine.trainers.slice(0, 3).map((trainer) => lossOf(jobOf(trainer), 4));
  expect(limits?.[3]).toBe(at.toSorted((a, b) => a - b)[1]);
});

test('the test part is refused until the end, in every view and export', async () => {
  const engine = createTestEngine();
  const { id } = begin(engine, { stopper: { kind: 'none' }, budget: { runs: 2 }, batch: 1 });
  await play(engine, engine.trainers[0]!);
  const [run] = getStudy(engine, id).runs as [RunId];
  const views = createForecastViews(engine);
  const inside = createInside(engine);
  const hidden = /test part of run 1 is hidden until study s1 has ended or is stopped/;
  const asked: (() => Promise<unknown>)[] = [
    async () => views.at({ run, part: 'test', origin: 0 }, undefined),
    async () => views.horizonErrors(run, 'test', undefined),
    async () => views.result({ run, part: 'test', points: 10 }, undefined),
    async () => views.errorTables(run, 'test', undefined),
    async () => forecastFrame(engine, { run, part: 'test' }, undefined),
    async () => exportRun(engine, { run, format: 'report' }, undefined),
    async () => exportRun(engine, { run, format: 'csv' }, undefined),
    async () => inside.ask('states', { run, weights: 'best', part: 'test', origin: 0 } as never, undefined),
  ];
  for (const ask of asked) await expect(ask()).rejects.toThrow(hidden);
  expect(runDetail(engine, run).testHidden).toBe(true);
  expect(getStudy(engine, id).hidesTest).toBe(true);
  await play(engine, engine.trainers[1]!);
  expect(getStudy(engine, id)).toMatchObject({ open: false, hidesTest: false });
  expect(runDetail(engine, run).testHidden).toBeUndefined();
  // One that is resumed makes choices again.
  changeStudy(engine, id, { budget: { runs: 3 } });
  resumeStudy(engine, id);
  expect(getStudy(engine, id)).toMatchObject({ open: true, hidesTest: true });
});

test('the budget changes while a sweep runs; what else it has is fixed, and a wrong budget changes nothing', async () => {
  const engine = createTestEngine();
  const { id } = begin(engine, { stopper: { kind: 'none' }, budget: { runs: 6, epochs: 100 }, batch: 1 });
  await play(engine, engine.trainers[0]!);
  const budget = changeStudy(engine, id, { budget: { runs: 2, epochs: null } }).plan.budget;
  expect(budget).toEqual({ runs: 2 });
  expect(() => changeStudy(engine, id, { space: {} })).toThrow(
    /space of study s1 "small" is fixed .* budget may change/,
  );
  expect(() => changeStudy(engine, id, { budget: { runs: 0 } })).toThrow(
    /budget\.runs is 0; it must be at least 1/,
  );
  expect(getStudy(engine, id).plan.budget).toEqual(budget);
  await playAll(engine);
  expect(getStudy(engine, id)).toMatchObject({ open: false, runs: [1, 2] });
  changeStudy(engine, id, { budget: { runs: 3 } });
  resumeStudy(engine, id);
  await playAll(engine);
  expect(getStudy(engine, id).runs).toHaveLength(3);
});

test('searches by a metric of the task; one that no run has is refused', async () => {
  const engine = createTestEngine();
  const plan = { stopper: { kind: 'none' }, budget: { runs: 3 } };
  expect(() => begin(engine, { ...plan, objective: 'skill' })).toThrow(
    /objective is "skill", which no run of this experiment has: choose loss, mae/,
  );
  expect(() => begin(engine, { ...plan, objective: 'mae', stopper: { kind: 'median' } })).toThrow(
    /stopper median judges by the validation loss/,
  );
  expect(engine.workspace.studies.list()).toEqual([]);
  const { id } = begin(engine, { ...plan, objective: 'mae' });
  const played = new Map<number, number>();
  for (let at = 0; at < 3; at++) {
    const trainer = engine.trainers[at]!;
    const mae = [3, 1, 2][at]!;
    trainer.say({ ...prepared(), epochMetrics: ['trainLoss', 'validationLoss', 'validationMae'] } as never);
    const values = Float64Array.of(1, at, mae);
    trainer.say({ type: 'epoch', message: 2, epoch: 1, step: 1, values, best: true });
    trainer.say(ended(3));
    trainer.end();
    await engine.settle();
    played.set(at + 1, mae);
  }
  const view = sweepOf(engine, id);
  expect(view.trials.map(({ trial, result }) => [trial, result])).toEqual([...played]);
  expect(view).toMatchObject({ best: 2, objective: 'mae', higherIsBetter: false });
});

test('shows its trials with values, rungs, curves, what is used of the budget and the time left', async () => {
  const engine = createTestEngine();
  const { id } = begin(engine, { repeat: { best: 1, seeds: 1 }, budget: { runs: 9, epochs: 500 } });
  expect(sweepOf(engine, id)).toMatchObject({ best: null, importance: [], secondsLeft: null });
  await play(engine, engine.trainers[0]!);
  expect(sweepOf(engine, id).secondsLeft).toBeGreaterThan(0);
  await playAll(engine);
  const view = sweepOf(engine, id);
  expect(view).toMatchObject({ rungs: [1, 3], stopper: 'asha', secondsLeft: 0 });
  expect(view.budget).toMatchObject({
    runs: { used: 9, most: 9 },
    epochs: { most: 500 },
    minutes: { most: null },
  });
  const best = view.trials.find(({ trial }) => trial === view.best)!;
  expect(best).toMatchObject({ state: 'completed', epoch: 9, repeats: null });
  expect(best.curve.filter((_, at) => at % 2 === 0)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
  expect(best.curve.at(-1)).toBe(best.result);
  expect(Object.keys(best.values)).toEqual(Object.keys(SPACE));
  expect(view.trials.at(-1)).toMatchObject({ repeats: view.best, values: best.values, seed: 2 });
  expect(view.importance).toEqual([{ path: Object.keys(SPACE)[0], share: 1, trials: 9 }]);
});

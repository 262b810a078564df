// A linear model solved in closed form forecasts as the linear baselines, which have goldens of their own; a run that is stopped before
// its one step and resumed has the same bits; what cannot be solved is refused.
import { beforeAll, expect, test } from 'vitest';
import { selectBackend } from '../../../../engine/backends/select.ts';
import type { Score } from '../../../../engine/contract/runs/run.ts';
import type { ForecastExperiment } from '../../../../engine/contract/tasks/forecast-experiment.ts';
import { createDlinear } from '../../../../engine/evaluation/baselines/dlinear.ts';
import { createLinear } from '../../../../engine/evaluation/baselines/linear.ts';
import { createParameterSet } from '../../../../engine/models/parameters.ts';
import { openForecast } from '../../../../engine/tasks/forecast/machine.ts';
import { prepareForecast } from '../../../../engine/tasks/forecast/preparation/prepare.ts';
import type { TrainingEvent } from '../../../../engine/training/events.ts';
import { train } from '../../../../engine/training/loop.ts';
import { errorOf, makeExperiment, makeSeries, wave } from '../../../data/made-series.ts';
import { scored } from '../../../evaluation/scored.ts';
import { Numbers } from '../../../ops/numbers.ts';

beforeAll(() => selectBackend('simd', { allowFallback: false, threads: 1 }));

const ROWS = 400;
const noise = new Numbers(5).array(2 * ROWS);
const y = wave(ROWS).map((value, row) => 10 + 3 * value + 0.01 * row + noise[row]!);
const x = wave(ROWS).map((value, row) => 5 - value + 2 * noise[ROWS + row]!);

function made(model: object, pipeline: object[], rest: object = {}) {
  const experiment = makeExperiment(
    { targets: ['y', 'x'], lookback: 36, horizon: 5, ...rest },
    {
      model: { kind: 'linear', channelIndependent: true, ...model },
      pipeline: [{ step: 'standardize' }, ...pipeline],
    },
  );
  const prepared = prepareForecast(experiment, [makeSeries({ y, x })], 'made');
  return { experiment, prepared, machine: openForecast({ experiment, prepared, prepareWith }) };
}

const prepareWith = () => {
  throw new Error('not asked for');
};

type Made = ReturnType<typeof made>;

async function solve({ experiment, machine }: Made, stopAt = -1, checkpoint: Uint8Array | null = null) {
  const events: TrainingEvent[] = [];
  let asked = 0;
  const run = train({
    task: machine.training(),
    training: experiment.training,
    seed: 1,
    checkpoint,
    shouldStop: () => asked++ === stopAt,
    checkpointDue: () => false,
  });
  for await (const event of run) events.push(event);
  const ended = events.at(-1) as Extract<TrainingEvent, { type: 'ended' }>;
  const saved = events.findLast((event) => event.type === 'checkpoint');
  return { events, ended, saved: saved?.data ?? null };
}

function testScores(
  { machine }: Made,
  weights: Awaited<ReturnType<typeof solve>>['ended']['last']['weights'],
) {
  const parameters = createParameterSet(machine.model.specs, weights);
  const pass = machine.score(parameters.weight, 'test');
  for (;;) {
    const next = pass.next();
    if (!next.done) continue;
    parameters.dispose();
    return next.value;
  }
}

test('of a constant series it forecasts the constant, with a ridge and without', async () => {
  for (const ridge of [null, 0.1]) {
    const experiment = makeExperiment(
      { targets: ['y'], lookback: 6, horizon: 2 },
      { model: { kind: 'linear', ridge }, pipeline: [{ step: 'standardize' }] },
    );
    const prepared = prepareForecast(experiment, [makeSeries({ y: new Array<number>(200).fill(4) })], 'made');
    const constant = { experiment, prepared, machine: openForecast({ experiment, prepared, prepareWith }) };
    const { ended } = await solve(constant);
    expect(maes(testScores(constant, ended.last.weights))).toEqual([0]);
  }
});

const maes = (scores: readonly Score[]) =>
  scores.filter(({ metric }) => metric === 'mae').map(({ value }) => value);

const PAIRS: Readonly<Record<string, [object, object[], ReturnType<typeof createLinear>]>> = {
  'NLinear, as the baseline linear': [{}, [{ step: 'subtract-last' }], createLinear()],
  'DLinear, as the baseline dlinear': [
    { decomposition: 'trend', ridge: 1e-6 },
    [],
    createDlinear({ ridge: 1e-3 }),
  ],
};

test.each(Object.entries(PAIRS))('%s', async (_, [model, pipeline, baseline]) => {
  const run = made(model, pipeline);
  const { ended, events } = await solve(run);
  expect(ended).toMatchObject({ state: 'completed', reason: null, best: { epoch: 1 } });
  expect(events.filter(({ type }) => type === 'step')).toHaveLength(1);
  const own = maes(testScores(run, ended.best!.weights));
  const theirs = maes(scored(run.prepared, run.experiment as ForecastExperiment, [baseline]));
  expect(own).toHaveLength(3);
  // The baseline of DLinear takes its ridge as it is: both are too weak to matter.
  for (const [index, value] of own.entries()) {
    expect(Math.abs(value / theirs[index]! - 1)).toBeLessThan(2e-3);
  }
});

test('a map of all columns reads the other column', async () => {
  const both = made({ channelIndependent: false }, [{ step: 'subtract-last' }]);
  expect(both.machine.model.parameterCount).toBe((36 * 2 + 1) * 5 * 2);
  const { ended } = await solve(both);
  expect(maes(testScores(both, ended.best!.weights)).every(Number.isFinite)).toBe(true);
});

test('stopped while it is solved, it resumes to the same bits', async () => {
  const run = made({}, [{ step: 'subtract-last' }]);
  const straight = await solve(run);
  const stopped = await solve(run, 2);
  expect(stopped.ended.state).toBe('stopped');
  const resumed = await solve(run, -1, stopped.saved);
  expect(resumed.ended).toEqual(straight.ended);
});

test.each([
  [{}, { loss: 'mae' }, 'task.loss is mae'],
  [
    { channelIndependent: false },
    { lookback: 270, horizon: 2, targets: ['y'], features: ['x', 'y', 'x2', 'x3', 'x4', 'x5', 'x6', 'x7'] },
    'too large to be solved',
  ],
  [{}, { stride: 100 }, 'too few to solve'],
])('refused: %j %j', (model, task, words) => {
  const columns = Object.fromEntries(['y', 'x', 'x2', 'x3', 'x4', 'x5', 'x6', 'x7'].map((name) => [name, y]));
  const experiment = makeExperiment(
    { targets: ['y', 'x'], lookback: 36, horizon: 5, ...task },
    { model: { kind: 'linear', channelIndependent: true, ...model } },
  );
  const prepared = prepareForecast(experiment, [makeSeries(columns)], 'made');
  const error = errorOf(() => openForecast({ experiment, prepared, prepareWith }).requireTrainable!());
  expect(error.message).toContain(words);
  expect(error).toMatchObject({ details: { field: 'model.fit' } });
});

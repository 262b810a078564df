// The page of a sweep and the form of a new one, as far as they are functions.
import { describe, expect, test } from 'vitest';
import { ExperimentSchema } from '../../engine/contract/experiment/experiment.ts';
import type { SweepTrial, SweepView } from '../../engine/contract/studies/sweep.ts';
import { METHODS } from '../../engine/search/methods/registry.ts';
import { problemOf } from '../../engine/search/problem.ts';
import { STOPPERS } from '../../engine/search/stoppers/registry.ts';
import { parsePlan } from '../../engine/studies/registry.ts';
import { readRange } from '../../engine/words/ranges.ts';
import { METHOD_CHOICES, type SearchChoice, STOPPER_CHOICES } from '../../engine/words/search-options.ts';
import { searchFields } from '../../renderer/features/sweep/space-suggestion.ts';
import {
  axesOf,
  bestSoFar,
  NOT_THERE,
  passes,
  RESULT,
  rankedTrials,
  stepBrush,
  withBrush,
} from '../../renderer/features/sweep/sweep-axes.ts';
import {
  isSound,
  NEW_SWEEP,
  planOf,
  problemOf as problemOfField,
} from '../../renderer/features/sweep/sweep-form.ts';
import { CANNED_SWEEP } from '../hosts/cli/canned.ts';

const trial = (number: number, changes: Partial<SweepTrial>): SweepTrial => ({
  ...CANNED_SWEEP.trials[0]!,
  trial: number,
  ...changes,
});
const view: SweepView = {
  ...CANNED_SWEEP,
  space: { ...CANNED_SWEEP.space, 'model.kind': { kind: 'categorical', values: ['gru', 'lstm', 'rnn'] } },
  trials: [
    trial(1, {
      values: { 'training.optimizer.learningRate': 1e-4, 'model.units': 64, 'model.kind': 'lstm' },
      result: 4,
    }),
    trial(2, { values: { 'model.kind': 'rnn' }, result: null, state: 'failed', epoch: 9 }),
    trial(3, {
      values: { 'training.optimizer.learningRate': 1e-1, 'model.kind': 'gru' },
      result: 1,
      state: 'held',
      epoch: 3,
    }),
    trial(4, { values: { 'model.kind': 'gru' }, result: 2 }),
    trial(5, { repeats: 4, result: 0.5, values: { 'model.kind': 'rnn' } }),
  ],
};
const axes = axesOf(view);
const axisOf = (id: string) => axes.find((axis) => axis.id === id)!;
const sharesOn = (id: string) => view.trials.slice(0, 4).map((one) => axisOf(id).shareOf(one));

describe('axes', () => {
  test('ranges lie on their own scale, choices evenly, and what a trial does not have nowhere', () => {
    expect(sharesOn('training.optimizer.learningRate')).toEqual([0, null, 1, null]);
    expect(axisOf('training.optimizer.learningRate').ticks.map(({ text }) => Number(text))).toEqual([
      1e-4, 0.0032, 0.1,
    ]);
    expect(sharesOn('model.units')).toEqual([1, null, null, null]);
    expect(sharesOn('model.kind')).toEqual([0.5, 1, 0, 0]);
    expect(sharesOn(RESULT)).toEqual([1, null, 1 / 7, 3 / 7]);
  });

  test('a filter keeps what lies within it; the lane below keeps what is not there', () => {
    const keep = (id: string, low: number, high: number) =>
      view.trials
        .filter((one) => passes(one, axes, new Map([[id, [low, high]]])))
        .map(({ trial: number }) => number);
    expect(keep('training.optimizer.learningRate', 0.9, 1.1)).toEqual([3]);
    expect(keep('training.optimizer.learningRate', NOT_THERE - 0.01, -0.01)).toEqual([2, 4, 5]);
    expect(keep('model.kind', -0.1, 0.6)).toEqual([1, 3, 4]);
    expect(
      passes(view.trials[0]!, axes, withBrush(new Map([['model.kind', [2, 3]]]), 'model.kind', null)),
    ).toBe(true);
  });

  test('keys begin a filter, move it, and make it wider; it never leaves the axis', () => {
    expect(stepBrush(undefined, 0.05, false)).toEqual([0, 0.25]);
    expect(stepBrush([0, 0.25], 0.05, true)).toEqual([0, 0.3]);
    let brush = stepBrush(undefined, 0.05, false);
    for (let step = 0; step < 100; step++) brush = stepBrush(brush, 0.05, false);
    expect(brush[1]).toBeCloseTo(1.02, 9);
    for (let step = 0; step < 100; step++) brush = stepBrush(brush, -0.05, false);
    expect(brush[0]).toBeCloseTo(NOT_THERE - 0.02, 9);
    expect(brush[1] - brush[0]).toBeCloseTo(0.25, 9);
  });
});

test('those at their end come first, repeats are no trials, and the best so far only gets better', () => {
  expect(rankedTrials(view).map(({ trial: number }) => number)).toEqual([4, 1, 2, 3]);
  expect(bestSoFar(view)).toEqual({ x: [1, 3, 4], each: [4, 1, 2], line: [4, 1, 1] });
  expect(bestSoFar({ ...view, higherIsBetter: true }).line).toEqual([4, 4, 4]);
});

test.each(['lstm', 'gru', 'attention', 'encoder-decoder'])(
  'every field of a %s that the form offers has a range that the search takes',
  (kind) => {
    const experiment = ExperimentSchema.parse({
      name: 'x',
      dataset: { name: 'd' },
      task: { kind: 'forecast', targets: ['y'], lookback: 48, horizon: 2 },
      model: { kind, units: 32 },
    });
    const fields = searchFields(experiment);
    const paths = fields.map(({ path }) => path);
    expect(paths).toEqual(
      expect.arrayContaining([
        'model.kind',
        'model.units',
        'training.optimizer.learningRate',
        'task.lookback',
      ]),
    );
    for (const { path, range } of fields) {
      const dimension = readRange(range);
      expect(typeof dimension, `${path}=${range}`).toBe('object');
      if (typeof dimension === 'object') problemOf(experiment, { [path]: dimension });
    }
  },
);

describe('the form of a new sweep', () => {
  const space = { 'model.units': { kind: 'int', min: 1, max: 9 } };

  test('makes a plan that says all that it shows', () => {
    expect(parsePlan(planOf(NEW_SWEEP, space))).toMatchObject({
      method: { kind: 'tpe', startup: 10, candidates: 24 },
      stopper: { kind: 'none' },
      budget: { runs: 20 },
      batch: 1,
      refill: false,
      objective: 'loss',
      seed: 1,
    });
    const form = {
      ...NEW_SWEEP,
      method: 'grid',
      stopper: 'asha',
      options: { 'grid.points': 5, 'asha.factor': 4, 'tpe.startup': 3 },
      epochs: 90,
      minutes: 1.5,
      repeat: 2,
      objective: 'mae',
      refill: true,
    } as const;
    expect(parsePlan(planOf(form, space))).toMatchObject({
      method: { kind: 'grid', points: 5 },
      stopper: { kind: 'asha', minEpochs: 1, factor: 4 },
      budget: { runs: 20, epochs: 90, minutes: 1.5 },
      repeat: { best: 2, seeds: 3 },
      objective: 'mae',
      refill: true,
    });
  });

  test('says what is wrong, also of an option, but not of one that is not chosen', () => {
    expect(isSound(NEW_SWEEP)).toBe(true);
    expect(isSound({ ...NEW_SWEEP, trials: '' })).toBe(false);
    expect(problemOfField({ ...NEW_SWEEP, minutes: 0 }, 'minutes')).toMatch(/above 0/);
    expect(isSound({ ...NEW_SWEEP, options: { 'tpe.startup': 0 } })).toBe(false);
    expect(isSound({ ...NEW_SWEEP, method: 'random', options: { 'tpe.startup': 0 } })).toBe(true);
  });

  const all = [
    ...Object.entries(METHOD_CHOICES).map(([kind, choice]) => ({ kind, choice, registry: METHODS })),
    ...Object.entries(STOPPER_CHOICES).map(([kind, choice]) => ({ kind, choice, registry: STOPPERS })),
  ] as readonly { kind: string; choice: SearchChoice; registry: ReadonlyMap<string, { options: unknown }> }[];
  test.each(all)(
    'offers the options of $kind, with their bounds and defaults',
    ({ kind, choice, registry }) => {
      const schema = registry.get(kind)!.options as {
        safeParse(value: unknown): { success: boolean; data?: object };
      };
      const defaults = Object.fromEntries(choice.options.map(({ name, byDefault }) => [name, byDefault]));
      expect(schema.safeParse({ kind }).data).toEqual({ kind, ...defaults });
      for (const { name, min, max } of choice.options) {
        const takes = (value: number) => schema.safeParse({ kind, [name]: value }).success;
        expect([min - 1, min, max, max + 1].map(takes), name).toEqual([false, true, true, false]);
      }
    },
  );
});

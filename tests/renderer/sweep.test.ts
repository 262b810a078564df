// The page of a sweep and the form of a new one, as far as they are functions.
import { describe, expect, test } from 'vitest';
import { ExperimentSchema } from '../../engine/contract/experiment.ts';
import type { SweepTrial, SweepView } from '../../engine/contract/sweep.ts';
import { problemOf } from '../../engine/search/problem.ts';
import { readRange } from '../../engine/words/ranges.ts';
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

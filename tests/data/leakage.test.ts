// The future never influences the past: changing any value after the training part leaves the fitted state and the training
// batches bit-identical, and changing what comes after an origin leaves the inputs of its window unchanged.
import { describe, expect, test } from 'vitest';
import type { PipelineStep } from '../../engine/contract/experiment/pipeline.ts';
import type { Part, PreparedForecast } from '../../engine/data/prepared.ts';
import type { Series } from '../../engine/data/series.ts';
import { prepareForecast } from '../../engine/tasks/forecast/preparation/prepare.ts';
import { makeExperiment, makeRandom, makeSeries, wave } from './made-series.ts';

const ROWS = 90;
const TRAIN_ROWS = 63;

const pipelines: Record<string, PipelineStep[]> = {
  'forward, log, standardize, subtract-last': [
    { step: 'fill', method: 'forward' },
    { step: 'log' },
    { step: 'one-hot' },
    { step: 'standardize', scope: 'series' },
    { step: 'subtract-last' },
  ],
  'forward, standardize, difference': [
    { step: 'fill', method: 'forward' },
    { step: 'one-hot' },
    { step: 'standardize', scope: 'series' },
    { step: 'difference' },
  ],
  'mean, min-max over all': [
    { step: 'fill', method: 'mean' },
    { step: 'one-hot' },
    { step: 'min-max', scope: 'all' },
  ],
  'one-hot, zero, standardize over all': [
    { step: 'one-hot' },
    { step: 'fill', method: 'zero' },
    { step: 'standardize', scope: 'all' },
    { step: 'subtract-last', columns: ['y'] },
  ],
};

/** Two series with holes; from row `from` on every cell is different (and has other holes and categories) if `changed`. */
function makeBoth(from: number, changed: boolean): Series[] {
  return [0, 1].map((index) => {
    const random = makeRandom(5 + index);
    const holes = Array.from({ length: ROWS }, () => random() < 0.15);
    const numbers = (seed: number) =>
      wave(ROWS, seed + index).map((value, row) => {
        if (changed && row >= from) return row % 5 === 0 ? NaN : 1e6 * value;
        return holes[row] && row > 1 ? NaN : value;
      });
    const words = Array.from({ length: ROWS }, (_, row) => {
      if (changed && row >= from) return row % 4 === 0 ? null : 'aardvark';
      return holes[row] ? null : ['sun', 'rain', 'fog'][row % 3]!;
    });
    return makeSeries({ y: numbers(10), z: numbers(20), weather: words }, { name: `s${index}` });
  });
}

const task = { targets: ['y', 'z'], features: ['z', 'weather', 'y'] };

function prepare(pipeline: PipelineStep[], series: Series[]): PreparedForecast {
  return prepareForecast(makeExperiment(task, { pipeline }), series, 'made');
}

function gatherAll(prepared: PreparedForecast, part: Part) {
  const set = prepared.windows[part];
  const indices = Array.from({ length: set.count }, (_, index) => index);
  const batch = prepared.createBatch(set.count);
  prepared.gather(set, indices, batch);
  return batch;
}

describe.each(Object.entries(pipelines))('%s', (_name, pipeline) => {
  test('values after the training part reach neither fitted state nor training batches', () => {
    const before = prepare(pipeline, makeBoth(TRAIN_ROWS, false));
    const after = prepare(pipeline, makeBoth(TRAIN_ROWS, true));
    expect(JSON.stringify(after.fitted)).toBe(JSON.stringify(before.fitted));
    expect(after.inputNames).toEqual(before.inputNames);
    expect(gatherAll(after, 'train')).toEqual(gatherAll(before, 'train'));
    // The change is one that would show.
    expect(gatherAll(after, 'validation')).not.toEqual(gatherAll(before, 'validation'));
  });

  test('values in the training part do reach the fitted state', () => {
    const before = prepare(pipeline, makeBoth(ROWS, false));
    const after = prepare(pipeline, makeBoth(TRAIN_ROWS - 1, true));
    expect(JSON.stringify(after.fitted)).not.toBe(JSON.stringify(before.fitted));
  });

  test('the inputs of a window know nothing after its origin', () => {
    const before = prepare(pipeline, makeBoth(ROWS, false));
    for (const from of [TRAIN_ROWS, 70, 80, 86]) {
      const after = prepare(pipeline, makeBoth(from, true));
      for (const part of ['validation', 'test'] as const) {
        const set = before.windows[part];
        const past = Array.from(set.origin.keys()).filter((index) => set.origin[index]! < from);
        if (past.length === 0) continue;
        const [a, b] = [before.createBatch(past.length), before.createBatch(past.length)];
        before.gather(set, past, a);
        after.gather(after.windows[part], past, b);
        expect(b.inputs).toEqual(a.inputs);
        const zeros = new Float32Array(past.length * 4);
        expect(after.toOriginal(after.windows[part], past, zeros)).toEqual(
          before.toOriginal(set, past, zeros),
        );
      }
    }
  });
});

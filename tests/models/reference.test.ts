// Models against plain loops at odd sizes; parameter counts as in textbooks; the effects of truncation, dropout and attention
// weights.
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it, test } from 'vitest';
import { selectBackend } from '../../engine/backends/select.ts';
import { ModelSchema } from '../../engine/contract/experiment/model.ts';
import { HindcastError } from '../../engine/contract/values/errors.ts';
import type { ForecastShape } from '../../engine/models/forecast-core.ts';
import { createForecastModel, type ForecastModel } from '../../engine/models/forecast-model.ts';
import { recurrentKernel } from '../../engine/models/initializers.ts';
import { createParameterSet, initializeParameters, type NamedArray } from '../../engine/models/parameters.ts';
import { sinePositions } from '../../engine/ops/attention/positions.ts';
import { seedRandomStream } from '../../engine/training/random-streams.ts';
import { MODEL_DESCRIPTIONS } from '../../engine/words/model-descriptions.ts';
import { expectClose, Numbers } from '../ops/numbers.ts';
import {
  affine,
  type Matrix,
  naiveAttention,
  naiveBlock,
  naiveLayerNorm,
  naiveRecurrent,
  naiveWeights,
} from './naive.ts';

beforeAll(async () => {
  await selectBackend('simd', { allowFallback: false, threads: 2 });
});

const SHAPE: ForecastShape = { inputs: 3, lookback: 9, horizon: 4, targets: 2 };

function make(settings: object, shape = SHAPE): { model: ForecastModel; arrays: NamedArray[] } {
  const model = createForecastModel(ModelSchema.parse(settings), shape);
  const random = seedRandomStream(5, 'init');
  const arrays = initializeParameters(model.specs, random);
  for (const { values } of arrays) {
    for (let i = 0; i < values.length; i++) values[i]! += 0.2 * (random.uniform() - 0.5);
  }
  return { model, arrays };
}

function windows(batch: number, { lookback, inputs } = SHAPE): Matrix[] {
  const numbers = new Numbers(3);
  return Array.from({ length: batch }, () =>
    Array.from({ length: lookback }, () => [...numbers.array(inputs)]),
  );
}

function predict({ model, arrays }: ReturnType<typeof make>, given: Matrix[], pass = {}): Float32Array {
  const parameters = createParameterSet(model.specs, arrays);
  const values = tf.tidy(() => model.predict({ x: tf.tensor3d(given) }, parameters.weight, pass).dataSync());
  parameters.dispose();
  return values as Float32Array;
}

describe('plain loops give the same forecasts', () => {
  it.each(['rnn', 'gru', 'lstm'] as const)('%s, 2 layers', (kind) => {
    const made = make({ kind, units: 7, layers: 2 });
    const w = naiveWeights(made.arrays);
    const given = windows(3);
    const expected = given.flatMap((window) => {
      const below = naiveRecurrent(kind, `${kind}/0`, window, w).outputs;
      const { state } = naiveRecurrent(kind, `${kind}/1`, below, w);
      return affine(state.h, w.matrix('head/kernel'), w.vector('head/bias'));
    });
    expectClose(predict(made, given), expected, kind);
  });

  it.each([false, true])('attention, causal: %s', (causal) => {
    const made = make({
      kind: 'attention',
      units: 6,
      heads: 3,
      layers: 2,
      feedForward: 11,
      causal,
      readout: 'last',
    });
    const w = naiveWeights(made.arrays);
    const given = windows(2);
    const codes = sinePositions(9, 6);
    const expected = given.flatMap((window) => {
      let x = window.map((row, t) =>
        affine(row, w.matrix('embedding/kernel'), w.vector('embedding/bias')).map(
          (v, j) => v + codes[t * 6 + j]!,
        ),
      );
      for (const layer of [0, 1]) x = naiveBlock(x, { heads: 3, causal }, `attention/${layer}`, w).outputs;
      const last = naiveLayerNorm(x.at(-1)!, w.vector('norm/gamma'), w.vector('norm/beta'));
      return affine(last, w.matrix('head/kernel'), w.vector('head/bias'));
    });
    expectClose(predict(made, given), expected, 'attention', { relative: 1e-4, absolute: 1e-5 });
  });

  it.each([false, true])('encoder-decoder, attention: %s', (attention) => {
    const made = make({ kind: 'encoder-decoder', cell: 'lstm', units: 5, attention });
    const w = naiveWeights(made.arrays);
    const given = windows(2);
    const expected = given.flatMap((window) => {
      const past = naiveRecurrent('lstm', 'encoder/0', window, w);
      const context = Array.from({ length: 4 }, () => past.state.h);
      let states = naiveRecurrent('lstm', 'decoder/0', context, w, { start: past.state }).outputs;
      if (attention) {
        const queries = states.map((state) => affine(state, w.matrix('attention/score/kernel')));
        const found = naiveAttention(queries, past.outputs, past.outputs, false, 1).outputs;
        states = states.map((state, t) =>
          affine(
            [...found[t]!, ...state],
            w.matrix('attention/combine/kernel'),
            w.vector('attention/combine/bias'),
          ).map(Math.tanh),
        );
      }
      return states.flatMap((state) => affine(state, w.matrix('head/kernel'), w.vector('head/bias')));
    });
    expectClose(predict(made, given), expected, 'encoder-decoder');
  });
});

describe('parameter counts of the textbooks', () => {
  const [m, n, answers] = [3, 7, 8];
  const head = (width: number) => answers * (width + 1);
  const units = { units: n };
  const block = 4 * n * (n + 1) + 2 * n * 28 + 28 + n + 4 * n;
  it.each([
    [{ kind: 'rnn', ...units }, n * (m + n + 1) + head(n)],
    [{ kind: 'rnn', bias: false, ...units }, n * (m + n) + answers * n],
    [{ kind: 'gru', ...units }, 3 * n * (m + n + 1) + head(n)],
    [{ kind: 'lstm', ...units }, 4 * n * (m + n + 1) + head(n)],
    [{ kind: 'lstm', layers: 2, ...units }, 4 * n * (m + n + 1) + 4 * n * (2 * n + 1) + head(n)],
    [{ kind: 'lstm', bidirectional: true, ...units }, 8 * n * (m + n + 1) + head(2 * n)],
    [
      { kind: 'lstm', segment: { length: 4, stride: 2 }, ...units },
      n * (4 * m + 1) + 4 * n * (2 * n + 1) + head(n),
    ],
    [{ kind: 'attention', heads: 1, ...units }, n * (m + 1) + 2 * block + 2 * n + head(n)],
    [
      { kind: 'attention', heads: 1, positions: 'learned', ...units },
      9 * n + n * (m + 1) + 2 * block + 2 * n + head(n),
    ],
    [
      { kind: 'encoder-decoder', attention: false, ...units },
      4 * n * (m + n + 1) + 4 * n * (2 * n + 1) + 2 * (n + 1),
    ],
    [
      { kind: 'encoder-decoder', ...units },
      4 * n * (m + n + 1) + 4 * n * (2 * n + 1) + 2 * (n + 1) + n * n + n * (2 * n + 1),
    ],
  ])('%j', (settings, count) => {
    expect(createForecastModel(ModelSchema.parse(settings), SHAPE).parameterCount).toBe(count);
  });
});

describe('truncated backpropagation through time', () => {
  const full = make({ kind: 'lstm', units: 5, layers: 2 });
  const cut = make({ kind: 'lstm', units: 5, layers: 2, truncateSteps: 4 });
  const gradients = ({ model, arrays }: ReturnType<typeof make>, given: Matrix[]) => {
    const parameters = createParameterSet(model.specs, arrays);
    const { grads, value } = tf.variableGrads(
      () => tf.sum(tf.square(model.predict({ x: tf.tensor3d(given) }, parameters.weight))) as tf.Scalar,
      parameters.variables,
    );
    const result = parameters.variables.map(({ name }) => [...grads[name]!.dataSync()]);
    tf.dispose([grads, value]);
    parameters.dispose();
    return result;
  };

  it('changes no forecast', () => {
    expectClose(predict(cut, windows(3)), predict(full, windows(3)), 'forecast');
  });
  it('gives the gradient of the last steps with the earlier state held fast', () => {
    const given = windows(1);
    const [ofCut, ofFull] = [gradients(cut, given), gradients(full, given)];
    expect(ofCut[0]).not.toEqual(ofFull[0]);
    expect(ofCut.at(-1)).toEqual(ofFull.at(-1)); // the head sees the same state
    // The gradient of the first layer's input kernel in an input that is 0 in the last steps, and only there, is 0.
    const early = given.map((window) => window.map((row, t) => [t < 5 ? row[0]! : 0, row[1]!, row[2]!]));
    expect(
      gradients(cut, early)[0]!
        .slice(0, 20)
        .every((value) => value === 0),
    ).toBe(true);
    expect(
      gradients(full, early)[0]!
        .slice(0, 20)
        .every((value) => value === 0),
    ).toBe(false);
  });
  it('is refused with both directions', () => {
    expect(() => make({ kind: 'lstm', units: 5, bidirectional: true, truncateSteps: 4 })).toThrow(
      HindcastError,
    );
  });
});

test('attention weights come on request: they sum to 1 and see nothing later where causal', () => {
  const made = make({ kind: 'attention', units: 6, heads: 3, layers: 2, causal: true });
  const seen: number[][] = [];
  predict(made, windows(2), {
    onAttention: (layer: number, weights: tf.Tensor4D) => {
      expect(weights.shape).toEqual([2, 3, 9, 9]);
      seen[layer] = [...weights.dataSync()];
    },
  });
  expect(seen).toHaveLength(2);
  for (const values of seen) {
    for (let row = 0; row < values.length / 9; row++) {
      const weights = values.slice(row * 9, row * 9 + 9);
      expect(weights.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 5);
      expect(weights.slice((row % 9) + 1).every((weight) => weight === 0)).toBe(true);
    }
  }
});

test('the last of a causal model does not change what steps before it give; a later input does not reach them', () => {
  const made = make({ kind: 'attention', units: 6, heads: 3, layers: 2, causal: true, readout: 'flatten' });
  const given = windows(1);
  const changed = given.map((window) => window.map((row, t) => (t === 8 ? row.map((v) => v + 1) : row)));
  const head = made.arrays.find(({ name }) => name === 'head/kernel')!;
  head.values.fill(0, 8 * 6 * 8); // the answer reads the first eight steps only
  expect(predict(made, changed)).toEqual(predict(made, given));
});

test('probabilities: softmax over the targets', () => {
  const made = make({ kind: 'rnn', units: 5 }, { ...SHAPE, probabilities: true });
  const values = predict(made, windows(2));
  for (let step = 0; step < values.length; step += 2)
    expect(values[step]! + values[step + 1]!).toBeCloseTo(1, 6);
});

test('options that do not fit are refused with their field', () => {
  const refused = (settings: object) => {
    try {
      make(settings);
    } catch (error) {
      return (error as HindcastError).details?.field;
    }
  };
  expect(refused({ kind: 'lstm', units: 5, channelIndependent: true })).toBe('model.channelIndependent');
  expect(refused({ kind: 'gru', units: 5, segment: { length: 10, stride: 1 } })).toBe('model.segment.length');
  expect(ModelSchema.safeParse({ kind: 'attention', units: 10, heads: 4 }).success).toBe(false);
});

test('initialisations by name', () => {
  const random = seedRandomStream(1, 'init');
  expect([...recurrentKernel('identity', random, 2, 1)]).toEqual([1, 0, 0, 1]);
  expect([...recurrentKernel('identity', random, 2, 2)]).toEqual([1, 0, 1, 0, 0, 1, 0, 1]);
  const glorot = recurrentKernel('glorot', random, 20, 1);
  expect(Math.max(...glorot)).toBeLessThanOrEqual(Math.sqrt(6 / 40));
  expect(new Set(glorot).size).toBe(400);
});

test('every model has a sentence and an equation', () => {
  expect(MODEL_DESCRIPTIONS.map(({ kind }) => kind)).toEqual(
    ModelSchema.options.map((option) => option.shape.kind.value),
  );
  for (const { sentence, equation } of MODEL_DESCRIPTIONS) {
    expect(sentence).toMatch(/^[A-Z].*\.$/);
    expect(equation.length).toBeGreaterThan(0);
  }
});

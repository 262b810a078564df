// A probe shows the same values as plain loops in float64, at every existing step; gradients of states equal finite differences
// of the loss. Listening changes no bit of a loss or a gradient and leaks no tensor.
import * as tf from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { selectBackend } from '../../engine/backends/select.ts';
import type { SimdBackend } from '../../engine/backends/simd/index.ts';
import { type Model, ModelSchema } from '../../engine/contract/experiment/model.ts';
import { createForecastModel } from '../../engine/models/forecast-model.ts';
import { createParameterSet, initializeParameters } from '../../engine/models/parameters.ts';
import type { Probe } from '../../engine/models/pass.ts';
import type { Sequence } from '../../engine/models/sequence.ts';
import { lossAndGradients } from '../../engine/ops/gradients.ts';
import type { StateSquares } from '../../engine/ops/recurrent/recurrent-types.ts';
import { seedRandomStream } from '../../engine/training/random-streams.ts';
import { expectNoLeak, isClose, Numbers } from '../ops/numbers.ts';
import {
  type CellKind,
  type Matrix,
  type NaiveWeights,
  type Nudge,
  naiveWeights,
  type Vector,
} from './naive.ts';
import { encoderDecoderInside, encoderInside, type Inside, type NudgeOf, siteName } from './naive-inside.ts';
import { SMALL_MODELS } from './toys.ts';

const SHAPE = { inputs: 2, lookback: 7, horizon: 3, targets: 2 };

const of =
  (settings: object) =>
  (kind: CellKind): object => ({ kind, units: 3, ...settings });
const CELLS = ['rnn', 'gru', 'lstm'] as const;
const RECURRENT: Readonly<Record<string, ReturnType<typeof of>>> = {
  '2 layers': of({ layers: 2 }),
  '3 layers, both directions': of({ layers: 3, bidirectional: true }),
  '2 layers, truncated': of({ layers: 2, truncateSteps: 3 }),
  '2 layers, segments, truncated': of({ layers: 2, segment: { length: 3, stride: 1 }, truncateSteps: 2 }),
  'segments, both directions': of({ segment: { length: 3, stride: 2 }, bidirectional: true }),
  '2 layers, channels': of({ layers: 2, channelIndependent: true }),
  '2 layers, encoder and decoder': (cell) => ({ kind: 'encoder-decoder', units: 3, layers: 2, cell }),
};
const attention = { kind: 'attention', units: 6, layers: 2, feedForward: 5, readout: 'last' };
const CASES: Readonly<Record<string, object>> = {
  ...Object.fromEntries(
    Object.entries(RECURRENT).flatMap(([name, settings]) =>
      CELLS.map((cell) => [`${cell}, ${name}`, settings(cell)]),
    ),
  ),
  'encoder and decoder without attention': { kind: 'encoder-decoder', units: 3, attention: false },
  'attention, norm first': { ...attention, heads: 2 },
  'attention, norm first, causal': { ...attention, heads: 3, causal: true },
  'attention, norm last': { ...attention, heads: 2, normalization: 'post' },
  'attention, norm last, causal': { ...attention, heads: 3, normalization: 'post', causal: true },
  'attention, segments': { ...attention, heads: 2, segment: { length: 3, stride: 2 } },
  'attention, channels': { ...attention, heads: 2, channelIndependent: true },
};
/** Padded sequences, too; padding at a cut or beside a segment is another window, see the tests of masks. */
const PADDED = Object.keys(CASES).filter((name) => !/truncated|segments/.test(name));

/** The windows, and where in the batch each begins. */
interface Batch {
  readonly windows: readonly Matrix[];
  readonly left: number;
  readonly time: number;
}

const windowOf = (length: number, seed: number): Matrix => {
  const numbers = new Numbers(seed);
  return Array.from({ length }, () => [...numbers.array(SHAPE.inputs)]);
};
const FULL: Batch = { windows: [windowOf(7, 3), windowOf(7, 4)], left: 0, time: 7 };
const RAGGED: Batch = { windows: [windowOf(7, 3), windowOf(4, 4)], left: 2, time: 10 };

function sequenceOf({ windows, left, time }: Batch, isMasked: boolean): Sequence {
  const { inputs } = SHAPE;
  const x = new Float32Array(windows.length * time * inputs).fill(isMasked ? Number.NaN : 0);
  const mask = new Float32Array(windows.length * time);
  for (const [row, window] of windows.entries()) {
    x.set(window.flat(), (row * time + left) * inputs);
    mask.fill(1, row * time + left, row * time + left + window.length);
  }
  return {
    x: tf.tensor3d(x, [windows.length, time, inputs]),
    mask: isMasked ? tf.tensor2d(mask, [windows.length, time]) : undefined,
  };
}

function make(settings: object) {
  const model = ModelSchema.parse(settings);
  const forecast = createForecastModel(model, SHAPE);
  const random = seedRandomStream(5, 'init');
  const arrays = initializeParameters(forecast.specs, random);
  for (const { values } of arrays)
    for (let i = 0; i < values.length; i++) values[i]! += random.uniform() - 0.5;
  return { model, forecast, arrays };
}

function naive(model: Model, window: Matrix, w: NaiveWeights, nudgeOf?: NudgeOf): Inside {
  if (model.kind === 'linear' || model.kind === 'dense')
    throw new Error('such a model has no inside to listen to');
  if (model.kind !== 'encoder-decoder') return encoderInside(model, window, w, nudgeOf);
  return encoderDecoderInside(model, window, SHAPE.horizon, w, nudgeOf);
}

/** Rows of the batch as the model reads them: column by column where channels are independent. */
function rowsOf(model: Model, { windows }: Batch): readonly Matrix[] {
  if (model.kind === 'encoder-decoder' || !model.channelIndependent) return windows;
  return windows.flatMap((window) =>
    Array.from({ length: SHAPE.inputs }, (_, column) => window.map((row) => [row[column]!])),
  );
}

interface Values {
  readonly values: Float32Array;
  readonly shape: readonly number[];
}

const read = (tensor: tf.Tensor): Values => ({
  values: (tensor.dataSync() as Float32Array).slice(),
  shape: tensor.shape,
});

interface Seen {
  readonly outputs: Map<string, Values>;
  readonly states: Map<string, { outputs: Values; gates?: Values; cells?: Values; mask?: Values }>;
  readonly squares: Map<string, StateSquares>;
  readonly weights: Values[];
  readonly projections: { readonly read: Values; query: Values; key: Values; value: Values }[];
}

function listen(): { readonly seen: Seen; readonly probe: Required<Probe> } {
  const seen: Seen = {
    outputs: new Map(),
    states: new Map(),
    squares: new Map(),
    weights: [],
    projections: [],
  };
  const probe: Required<Probe> = {
    onStates(site, { outputs, gates, cells, mask }) {
      seen.states.set(siteName(site), {
        outputs: read(outputs),
        ...(gates && { gates: read(gates) }),
        ...(cells && { cells: read(cells) }),
        ...(mask && { mask: read(mask) }),
      });
    },
    onOutputs: (site, outputs) => seen.outputs.set(siteName(site), read(outputs)),
    onStateGradients: (site, squares) => seen.squares.set(siteName(site), squares),
    onAttention(layer, weights) {
      seen.weights[layer] = read(weights);
    },
    onProjections(layer, x, { query, key, value }) {
      seen.projections[layer] = { read: read(x), query: read(query), key: read(key), value: read(value) };
    },
  };
  return { seen, probe };
}

type Made = ReturnType<typeof make>;

/** Loss and gradients, with dropout where the model has some. */
function learn({ forecast, arrays }: Made, batch: Sequence, probe: Probe): number[][] {
  const parameters = createParameterSet(forecast.specs, arrays);
  const pass = { ...probe, dropout: seedRandomStream(9, 'dropout') };
  const loss = () => tf.sum(tf.square(forecast.answer(batch, parameters.weight, pass))) as tf.Scalar;
  const result = tf.tidy(() => {
    const { loss: value, gradients } = lossAndGradients(loss, parameters.variables);
    return [value, ...gradients].map((tensor) => [...tensor.dataSync()]);
  });
  parameters.dispose();
  return result;
}

const NEAR = 1e-5;

function expectNear(actual: ArrayLike<number>, expected: Vector, what: string, absolute = NEAR): void {
  expect(actual.length, what).toBe(expected.length);
  for (const [index, value] of expected.entries()) {
    if (!isClose(actual[index]!, value, NEAR, absolute))
      expect.fail(`${what}[${index}] is ${actual[index]}, expected ${value}`);
  }
}

/** Of a row, the steps that exist. */
function stepsOf({ values, shape }: Values, row: number, first: number, count: number): Float32Array {
  const [, time, width] = shape as [number, number, number];
  return values.subarray((row * time + first) * width, (row * time + first + count) * width);
}

const EPSILON = 1e-4;
const lossOf = ({ answer }: Inside): number => answer.reduce((sum, value) => sum + value ** 2, 0);

/** |dL/dstate|^2 of one step by differences. */
function squareByDifferences(
  lossWith: (nudge: Nudge) => number,
  kind: 'hidden' | 'cell',
  step: number,
  units: number,
): number {
  const at = (unit: number, change: number): Nudge => {
    return (state, of, t) =>
      of === kind && t === step ? state.map((value, j) => (j === unit ? value + change : value)) : state;
  };
  const slopes = Array.from(
    { length: units },
    (_, unit) => (lossWith(at(unit, EPSILON)) - lossWith(at(unit, -EPSILON))) / (2 * EPSILON),
  );
  return slopes.reduce((sum, slope) => sum + slope ** 2, 0);
}

function checkRow(
  made: Made,
  seen: Seen,
  row: number,
  window: Matrix,
  { left, rows }: { left: number; rows: number },
) {
  const w = naiveWeights(made.arrays);
  const inside = naive(made.model, window, w);
  expect([...seen.states.keys()].sort()).toEqual([...inside.sites.keys()].sort());
  for (const [site, { outputs, gates, cells }] of inside.sites) {
    const first = site.startsWith('decoder') ? 0 : left;
    const states = seen.states.get(site)!;
    const units = outputs[0]!.length;
    const compare = (values: Values | undefined, expected: Matrix, what: string) =>
      expectNear(
        stepsOf(values!, row, first, expected.length),
        expected.flat(),
        `${what} of ${site}, row ${row}`,
      );
    compare(states.outputs, outputs, 'states');
    expect(seen.outputs.get(site)).toEqual(states.outputs);
    const { kind } = made.model;
    const cell = kind === 'encoder-decoder' ? made.model.cell : kind;
    if (cell === 'rnn') expect(states.gates).toBeUndefined();
    else compare(states.gates, gates, 'gates');
    if (cell === 'lstm') compare(states.cells, cells, 'cells');
    else expect(states.cells).toBeUndefined();
    const squares = seen.squares.get(site);
    if (site.endsWith('before')) {
      expect(squares).toBeUndefined();
      continue;
    }
    const lossWith = (nudge: Nudge) =>
      lossOf(naive(made.model, window, w, (name) => (name === site ? nudge : undefined)));
    expect(Object.keys(squares!).sort()).toEqual(cell === 'lstm' ? ['cell', 'hidden'] : ['hidden']);
    for (const kind of cell === 'lstm' ? (['hidden', 'cell'] as const) : (['hidden'] as const)) {
      const expected = outputs.map((_, step) => squareByDifferences(lossWith, kind, step, units));
      const actual = outputs.map((_, step) => squares![kind]![(first + step) * rows + row]!);
      expectNear(
        actual.map(Math.sqrt),
        expected.map(Math.sqrt),
        `gradients of ${kind} of ${site}, row ${row}`,
      );
    }
  }
  checkAttention(made.model, inside, seen, row, left);
}

function checkAttention(model: Model, { attention }: Inside, seen: Seen, row: number, left: number): void {
  expect(seen.weights).toHaveLength(attention.length);
  expect(seen.projections).toHaveLength(attention.length);
  const isDecoder = model.kind === 'encoder-decoder';
  for (const [layer, expected] of attention.entries()) {
    const { values, shape } = seen.weights[layer]!;
    const [, heads, queries, keys] = shape as [number, number, number, number];
    expect(heads).toBe(expected.weights.length);
    for (const [head, matrix] of expected.weights.entries()) {
      for (const [query, weights] of matrix.entries()) {
        const at = ((row * heads + head) * queries + query + (isDecoder ? 0 : left)) * keys;
        const all = [...values.subarray(at, at + keys)];
        const own = all.slice(left, left + weights.length);
        const what = `attention ${layer}, head ${head}, query ${query}, row ${row}`;
        expectNear(own, weights, what);
        expect(Math.abs(all.reduce((sum, weight) => sum + weight, 0) - 1), what).toBeLessThan(1e-6);
        expect(all.filter((weight) => weight !== 0).length, what).toBeLessThanOrEqual(weights.length);
        if (model.kind === 'attention' && model.causal)
          expect(
            own.slice(query + 1).every((weight) => weight === 0),
            what,
          ).toBe(true);
      }
    }
    for (const name of ['read', 'query', 'key', 'value'] as const) {
      const isOfDecoder = isDecoder && (name === 'read' || name === 'query');
      const found = stepsOf(
        seen.projections[layer]![name],
        row,
        isOfDecoder ? 0 : left,
        expected[name].length,
      );
      expectNear(found, expected[name].flat(), `${name} of attention ${layer}, row ${row}`);
    }
  }
}

function checkValues(name: string, batch: Batch, isMasked: boolean): void {
  const made = make(CASES[name]!);
  const { seen, probe } = listen();
  tf.tidy(() => learn(made, sequenceOf(batch, isMasked), probe));
  const rows = rowsOf(made.model, batch);
  for (const [row, window] of rows.entries())
    checkRow(made, seen, row, window, { left: batch.left, rows: rows.length });
  for (const [site, { mask }] of seen.states)
    expect(mask !== undefined, site).toBe(isMasked && site.startsWith('encoder'));
}

const pieces = () => {
  const backend = tf.backend();
  return tf.getBackend() === 'simd' ? (backend as SimdBackend).kernels.allocator.statistics().piecesInUse : 0;
};

/** With every listener alone and with all of them. */
function checkBits(settings: object, batch: Batch, isMasked: boolean): void {
  const made = make(settings);
  const { probe } = listen();
  const alone = Object.entries(probe).map(([name, listener]) => ({ [name]: listener }));
  tf.tidy(() => {
    const sequence = sequenceOf(batch, isMasked);
    const expected = learn(made, sequence, {});
    expect(expected.flat().every(Number.isFinite)).toBe(true);
    for (const each of [probe, ...alone]) {
      expectNoLeak(pieces, () => {
        expect(learn(made, sequence, each), Object.keys(each).join(', ')).toEqual(expected);
      });
    }
  });
}

describe.each(['simd', 'cpu'] as const)('on %s', (backend) => {
  beforeAll(() => selectBackend(backend, { allowFallback: false, threads: 2 }));
  afterAll(() => tf.setBackend('cpu'));

  it.each(Object.keys(CASES))('%s: what a probe sees is what the equations say', (name) => {
    checkValues(name, FULL, false);
  });
  it.each(PADDED)('%s: and among padding', (name) => checkValues(name, RAGGED, true));

  const bits = Object.entries({ ...CASES, ...SMALL_MODELS });
  it.each(bits)('%s: a probe changes no bit and leaves nothing', (_, settings) => {
    checkBits(settings, FULL, false);
    if (!('readout' in settings && settings.readout === 'flatten')) checkBits(settings, FULL, true);
  });
});

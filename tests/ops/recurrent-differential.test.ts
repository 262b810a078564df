// Compiled recurrent ops against the composed ones over random shapes and options, edges, and the same bits on 1, 2 and 4
// threads.
import * as tf from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { registerSimdBackend, type SimdBackend } from '../../engine/backends/simd/index.ts';
import { gru } from '../../engine/ops/recurrent/gru.ts';
import { gruComposed } from '../../engine/ops/recurrent/gru-composed.ts';
import { lstm } from '../../engine/ops/recurrent/lstm.ts';
import { lstmComposed } from '../../engine/ops/recurrent/lstm-composed.ts';
import type { GradientNorms } from '../../engine/ops/recurrent/recurrent-types.ts';
import { rnn } from '../../engine/ops/recurrent/rnn.ts';
import { rnnComposed } from '../../engine/ops/recurrent/rnn-composed.ts';
import { expectClose, expectNoLeak, Numbers } from './numbers.ts';

const KINDS = ['lstm', 'gru', 'gru-reset-before', 'rnn-tanh', 'rnn-relu'] as const;
type Kind = (typeof KINDS)[number];

interface Shape {
  readonly kind: Kind;
  readonly batch: number;
  readonly time: number;
  readonly features: number;
  readonly units: number;
  readonly reverse: boolean;
  readonly masked: boolean;
  readonly started: boolean;
  readonly seed: number;
}

const shapes: fc.Arbitrary<Shape> = fc.record({
  kind: fc.constantFrom(...KINDS),
  batch: fc.integer({ min: 1, max: 37 }),
  time: fc.integer({ min: 1, max: 9 }),
  features: fc.integer({ min: 1, max: 11 }),
  units: fc.integer({ min: 1, max: 21 }),
  reverse: fc.boolean(),
  masked: fc.boolean(),
  started: fc.boolean(),
  seed: fc.integer({ min: 1, max: 1e6 }),
});

function gatesOf(kind: Kind): number {
  if (kind === 'lstm') return 4;
  return kind.startsWith('gru') ? 3 : 1;
}

function inputsOf({ kind, batch, time, features, units, seed }: Shape, scale = 1) {
  const numbers = new Numbers(seed);
  const width = gatesOf(kind) * units;
  return {
    x: numbers.tensor<tf.Rank.R3>([batch, time, features], scale),
    kernel: numbers.tensor<tf.Rank.R2>([features, width], 0.5),
    recurrentKernel: numbers.tensor<tf.Rank.R2>([units, width], 0.5),
    bias: numbers.tensor<tf.Rank.R1>([width], 0.5),
    recurrentBias: numbers.tensor<tf.Rank.R1>([width], 0.5),
    initialHidden: numbers.tensor<tf.Rank.R2>([batch, units]),
    initialCell: numbers.tensor<tf.Rank.R2>([batch, units]),
    weight: numbers.tensor<tf.Rank.R3>([batch, time, units]),
    mask: tf.tensor2d(
      numbers.array(batch * time).map((value) => (value > -0.3 ? 1 : 0)),
      [batch, time],
    ),
  };
}
type Inputs = ReturnType<typeof inputsOf>;

interface Results {
  readonly learned: readonly tf.Tensor[];
  readonly seen: Readonly<Record<string, tf.Tensor | undefined>>;
}

type NormListener = (norms: GradientNorms) => void;

/** Outputs and final states; with `onGradientNorms` also what looking inside asks for. */
function run(shape: Shape, inputs: Inputs, fused: boolean, onGradientNorms?: NormListener): Results {
  const { kernel, recurrentKernel, bias, recurrentBias } = inputs;
  const common = {
    reverse: shape.reverse,
    mask: shape.masked ? inputs.mask : undefined,
    initialHidden: shape.started ? inputs.initialHidden : undefined,
    returnGates: onGradientNorms !== undefined,
    onGradientNorms,
  };
  if (shape.kind === 'lstm') {
    const initialCell = shape.started ? inputs.initialCell : undefined;
    const op = fused ? lstm : lstmComposed;
    const result = op(inputs.x, { kernel, recurrentKernel, bias }, { ...common, initialCell });
    const { gates, cells } = result;
    return { learned: [result.outputs, result.finalHidden, result.finalCell], seen: { gates, cells } };
  }
  if (shape.kind.startsWith('gru')) {
    const weights = { kernel, recurrentKernel, bias, recurrentBias };
    const result = (fused ? gru : gruComposed)(inputs.x, weights, {
      ...common,
      resetAfter: shape.kind === 'gru',
    });
    return { learned: [result.outputs, result.finalHidden], seen: { gates: result.gates } };
  }
  const activation = shape.kind === 'rnn-relu' ? 'relu' : 'tanh';
  const result = (fused ? rnn : rnnComposed)(
    inputs.x,
    { kernel, recurrentKernel, bias },
    { ...common, activation },
  );
  return { learned: [result.outputs, result.finalHidden], seen: {} };
}

function differentiated(shape: Shape): (keyof Inputs)[] {
  const names: (keyof Inputs)[] = ['x', 'kernel', 'recurrentKernel', 'bias'];
  if (shape.kind.startsWith('gru')) names.push('recurrentBias');
  if (shape.started) names.push('initialHidden');
  if (shape.started && shape.kind === 'lstm') names.push('initialCell');
  return names;
}

const floatsOf = (tensor: tf.Tensor) => tensor.dataSync() as Float32Array;

/** Results, all gradients, and what looking inside shows, by name. */
function everything(shape: Shape, inputs: Inputs, fused: boolean): Record<string, Float32Array> {
  const names = differentiated(shape);
  const all: Record<string, Float32Array> = {};
  const { learned, seen } = run(shape, inputs, fused, () => {});
  for (const [index, tensor] of learned.entries()) all[`result ${index}`] = floatsOf(tensor);
  for (const [name, tensor] of Object.entries(seen)) if (tensor) all[name] = floatsOf(tensor);
  let reports = 0;
  const listen: NormListener = ({ hidden, cell, squares }) => {
    reports++;
    all['norms of dL/dh'] = hidden;
    all['squares of dL/dh by example'] = squares.hidden;
    if (cell) all['norms of dL/dc'] = cell;
    if (squares.cell) all['squares of dL/dc by example'] = squares.cell;
  };
  const loss = (...values: tf.Tensor[]) => {
    const given = {
      ...inputs,
      ...Object.fromEntries(names.map((name, index) => [name, values[index]])),
    } as Inputs;
    const [outputs, ...finals] = run(shape, given, fused, listen).learned;
    return tf.addN([
      tf.sum(tf.mul(outputs!, inputs.weight)),
      ...finals.map((final) => tf.sum(tf.square(final))),
    ]);
  };
  tf.grads(loss)(names.map((name) => inputs[name])).forEach((gradient, index) => {
    all[`gradient of ${names[index]}`] = floatsOf(gradient);
  });
  expect(reports).toBe(1);
  return all;
}

function compare(shape: Shape, scale = 1, absolute = 3e-5): void {
  tf.tidy(() => {
    const inputs = inputsOf(shape, scale);
    const expected = everything(shape, inputs, false);
    const actual = everything(shape, inputs, true);
    expect(Object.keys(actual).sort()).toEqual(Object.keys(expected).sort());
    for (const name of Object.keys(expected)) {
      expectClose(actual[name]!, expected[name]!, name, { relative: 1e-4, absolute });
    }
  });
}

let backend: SimdBackend;
const pieces = () => backend.kernels.allocator.statistics().piecesInUse;

describe('compiled against composed', () => {
  beforeAll(async () => {
    backend = await registerSimdBackend({ threads: 2 });
  });
  afterAll(() => tf.removeBackend('simd'));

  it('agrees over random shapes and options, and leaves nothing behind', () => {
    fc.assert(
      fc.property(shapes, (shape) => expectNoLeak(pieces, () => compare(shape))),
      { numRuns: 60, seed: 5 },
    );
  });

  const plain = { reverse: false, masked: false, started: false, seed: 3 };
  it.each(KINDS)('%s: one step, one row, one unit, one feature', (kind) => {
    compare({ ...plain, kind, batch: 1, time: 1, features: 1, units: 1 });
  });
  it.each(KINDS)('%s: sums longer than a block, and batches longer than a chunk', (kind) => {
    compare({ ...plain, kind, batch: 5, time: 2, features: 530, units: 133 }, 0.05, 2e-4);
    compare({ ...plain, kind, batch: 300, time: 3, features: 2, units: 5 }, 1, 4e-4);
  });
  // Not relu: its sums over this many units are large, and differ by more in their last bits.
  it.each(KINDS.filter((kind) => kind !== 'rnn-relu'))(
    '%s: gradients whose rows meet in the first cache',
    (kind) => {
      const units = kind === 'rnn-tanh' ? 512 : 128;
      compare({ ...plain, kind, batch: 7, time: 2, features: 3, units, started: true }, 0.05, 2e-4);
    },
  );
  it.each(KINDS)('%s: tiny inputs', (kind) => {
    compare({ ...plain, kind, batch: 4, time: 3, features: 2, units: 5 }, 1e-30);
  });
  it.each(KINDS.filter((kind) => kind !== 'rnn-relu'))(
    '%s: inputs of 1e4 saturate as in the reference',
    (kind) => {
      compare({ ...plain, kind, batch: 4, time: 3, features: 2, units: 5 }, 1e4, 0.05);
    },
  );

  it.each(KINDS)('%s: a mask of length 0 returns the initial state', (kind) => {
    tf.tidy(() => {
      const shape = { ...plain, kind, batch: 3, time: 4, features: 2, units: 5, masked: true, started: true };
      const inputs = { ...inputsOf(shape), mask: tf.zeros<tf.Rank.R2>([3, 4]) };
      const [, finalHidden] = run(shape, inputs, true).learned;
      expect([...finalHidden!.dataSync()]).toEqual([...inputs.initialHidden.dataSync()]);
    });
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY])('%s travels only along its own row', (value) => {
    tf.tidy(() => {
      for (const kind of KINDS) {
        const shape = { ...plain, kind, batch: 3, time: 4, features: 2, units: 5 };
        const inputs = inputsOf(shape);
        const values = inputs.x.dataSync().slice();
        values[1 * 4 * 2 + 2] = value; // row 1, step 1
        const poisoned = { ...inputs, x: tf.tensor3d(values, [3, 4, 2]) };
        const [actual, expected] = [true, false].map((fused) =>
          run(shape, poisoned, fused).learned[0]!.dataSync(),
        );
        expectClose(actual!, expected!, kind);
      }
    });
  });
});

describe('threads', () => {
  it('give the same bits, 1, 2 or 4', async () => {
    const results: Record<string, Float32Array>[] = [];
    for (const threads of [1, 2, 4]) {
      await registerSimdBackend({ threads });
      for (const kind of KINDS) {
        const shape = {
          kind,
          batch: 35,
          time: 6,
          features: 5,
          units: 19,
          reverse: false,
          masked: true,
          started: true,
          seed: 9,
        };
        results.push(tf.tidy(() => everything(shape, inputsOf(shape), true)));
      }
    }
    tf.removeBackend('simd');
    for (const [index, result] of results.entries()) {
      const single = results[index % KINDS.length]!;
      for (const name of Object.keys(single))
        expect(Buffer.from(result[name]!.buffer).equals(Buffer.from(single[name]!.buffer)), name).toBe(true);
    }
  });
});

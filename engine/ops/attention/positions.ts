// Position codes for models that do not see order: sines of many wavelengths (Vaswani et al. 2017, section 3.5), or a learned
// table. Both are a table [time, features] that is added to every sequence of a batch.
import * as tf from '@tensorflow/tfjs-core';
import { arithmetic } from '../../backends/simd/kernels/arithmetic.ts';
import { columnSums } from '../../backends/simd/kernels/linear.ts';
import { HindcastError } from '../../contract/values/errors.ts';
import { deterministicExp, deterministicSineCosine } from '../../numerics/deterministic-math.ts';
import { defineOp } from '../define-op.ts';

interface Inputs {
  readonly x: tf.TensorInfo;
  readonly table: tf.TensorInfo;
}

const addOp = defineOp<Inputs, object>({
  kernelName: 'HindcastAddPositions',
  inputsToSave: ['table'],
  forward: ({ backend, inputs: { x, table } }) => arithmetic(backend, 'Add', x, table)!, // the table repeats along x by its shape
  backward: ({ backend, inputs: { table }, incoming: [dy] }) => ({
    x: () => tf.clone(dy!),
    table() {
      const { dataId, dtype, shape } = dy!;
      const [batch, time, features] = shape as [number, number, number];
      const sums = columnSums(backend, { dataId, dtype, shape: [batch, time * features] });
      return { ...sums, shape: table.shape };
    },
  }),
});

/** ln 10000: the longest wavelength is 2 pi 10000. */
const LN_LONGEST = 9.210340371976184;

/** [time, features]: column 2 i holds sin(t / 10000^(2 i / features)), column 2 i + 1 the cosine of the same; the same bits everywhere. */
export function sinePositions(time: number, features: number): Float32Array {
  const table = new Float32Array(time * features);
  for (let first = 0; first < features; first += 2) {
    const rate = deterministicExp((-LN_LONGEST * first) / features);
    for (let t = 0; t < time; t++) {
      const { sine, cosine } = deterministicSineCosine(t * rate);
      table[t * features + first] = sine;
      if (first + 1 < features) table[t * features + first + 1] = cosine;
    }
  }
  return table;
}

/**
 * x + the first rows of the table, for every entry of the batch.
 * @param x [batch, time, features]
 * @param table [at least time, features]: of sinePositions, or a parameter
 * @returns [batch, time, features]; differentiable in x and the table
 * @throws HindcastError `invalid-input` where the table is too short or of another width
 */
export function addPositions(x: tf.Tensor3D, table: tf.Tensor2D): tf.Tensor3D {
  const [, time, features] = x.shape;
  if (table.shape[0] < time || table.shape[1] !== features) {
    throw new HindcastError(
      'invalid-input',
      `Positions [${table.shape}] do not fit a sequence of ${time} steps with ${features} features: at least as many rows and exactly as many columns are needed.`,
    );
  }
  const rows = table.shape[0] === time ? table : tf.slice(table, [0, 0], [time, features]);
  return addOp.isAvailable() ? (addOp.run({ x, table: rows }, {})[0] as tf.Tensor3D) : tf.add(x, rows);
}

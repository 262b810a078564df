// Compiled recurrent ops against a float64 reference in plain loops: outputs, and every gradient against central
// differences of the reference.
import * as tf from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { registerSimdBackend } from '../../engine/backends/simd/index.ts';
import { gru } from '../../engine/ops/recurrent/gru.ts';
import { lstm } from '../../engine/ops/recurrent/lstm.ts';
import { rnn } from '../../engine/ops/recurrent/rnn.ts';
import { expectClose, Numbers } from './numbers.ts';
import { type ReferenceCell, type ReferenceInputs, referenceOutputs } from './recurrent-reference.ts';

const CELLS: readonly ReferenceCell[] = ['lstm', 'gru', 'gru-reset-before', 'rnn-tanh', 'rnn-relu'];
const [batch, time, features, units] = [3, 4, 2, 5];

function inputsOf(cell: ReferenceCell): ReferenceInputs {
  const numbers = new Numbers(17);
  const width = (cell === 'lstm' ? 4 : cell.startsWith('gru') ? 3 : 1) * units;
  const of = (count: number) => Float64Array.from(numbers.array(count));
  return {
    batch,
    time,
    features,
    units,
    x: of(batch * time * features),
    kernel: of(features * width),
    recurrentKernel: of(units * width),
    bias: of(width),
    recurrentBias: of(width),
    initialHidden: of(batch * units),
    initialCell: of(batch * units),
  };
}

function compiledOutputs(cell: ReferenceCell, tensors: Record<string, tf.Tensor>): tf.Tensor {
  const { x, kernel, recurrentKernel, bias, recurrentBias, initialHidden, initialCell } =
    tensors as never as {
      x: tf.Tensor3D;
      kernel: tf.Tensor2D;
      recurrentKernel: tf.Tensor2D;
      bias: tf.Tensor1D;
      recurrentBias: tf.Tensor1D;
      initialHidden: tf.Tensor2D;
      initialCell: tf.Tensor2D;
    };
  if (cell === 'lstm')
    return lstm(x, { kernel, recurrentKernel, bias }, { initialHidden, initialCell }).outputs;
  if (cell.startsWith('gru')) {
    const resetAfter = cell === 'gru';
    return gru(x, { kernel, recurrentKernel, bias, recurrentBias }, { initialHidden, resetAfter }).outputs;
  }
  const activation = cell === 'rnn-relu' ? 'relu' : 'tanh';
  return rnn(x, { kernel, recurrentKernel, bias }, { initialHidden, activation }).outputs;
}

function tensorsOf(inputs: ReferenceInputs): Record<string, tf.Tensor> {
  const shapes: Record<string, number[]> = {
    x: [batch, time, features],
    kernel: [features, -1],
    recurrentKernel: [units, -1],
    bias: [-1],
    recurrentBias: [-1],
    initialHidden: [batch, units],
    initialCell: [batch, units],
  };
  return Object.fromEntries(
    Object.entries(shapes).map(([name, shape]) => {
      const values = Float32Array.from(inputs[name as 'x']);
      return [name, tf.reshape(tf.tensor1d(values), shape)];
    }),
  );
}

function differentiated(cell: ReferenceCell): string[] {
  const common = ['x', 'kernel', 'recurrentKernel', 'bias', 'initialHidden'];
  if (cell === 'lstm') return [...common, 'initialCell'];
  return cell.startsWith('gru') ? [...common, 'recurrentBias'] : common;
}

/** Gradient of sum(weights * outputs) by (f(v + e) - f(v - e)) / 2e in float64. */
function centralDifferences(
  cell: ReferenceCell,
  inputs: ReferenceInputs,
  name: string,
  weights: Float32Array,
): number[] {
  const values = inputs[name as 'x'];
  const lossAt = (index: number, value: number) => {
    const moved = values.slice();
    moved[index] = value;
    return referenceOutputs(cell, { ...inputs, [name]: moved }).reduce(
      (sum, h, at) => sum + h * weights[at]!,
      0,
    );
  };
  const step = 1e-5;
  return Array.from(
    values,
    (value, index) => (lossAt(index, value + step) - lossAt(index, value - step)) / (2 * step),
  );
}

describe('compiled recurrent ops', () => {
  beforeAll(() => registerSimdBackend({ threads: 2 }));
  afterAll(() => tf.removeBackend('simd'));

  it.each(CELLS)('%s has the outputs of the float64 reference', (cell) => {
    tf.tidy(() => {
      const inputs = inputsOf(cell);
      const actual = compiledOutputs(cell, tensorsOf(inputs)).dataSync();
      expectClose(actual, referenceOutputs(cell, inputs), 'outputs');
    });
  });

  it.each(CELLS)('%s has the gradients of central differences', (cell) => {
    tf.tidy(() => {
      const inputs = inputsOf(cell);
      const tensors = tensorsOf(inputs);
      const weights = new Numbers(18).array(batch * time * units);
      const names = differentiated(cell);
      const loss = (...given: tf.Tensor[]) => {
        const replaced = {
          ...tensors,
          ...Object.fromEntries(names.map((name, index) => [name, given[index]!])),
        };
        return tf.sum(tf.mul(compiledOutputs(cell, replaced), tf.tensor3d(weights, [batch, time, units])));
      };
      const gradients = tf.grads(loss)(names.map((name) => tensors[name]!));
      names.forEach((name, index) => {
        const expected = centralDifferences(cell, inputs, name, weights);
        expect(
          expected.some((value) => Math.abs(value) > 0.01),
          name,
        ).toBe(true);
        expectClose(gradients[index]!.dataSync(), expected, name, { relative: 1e-4, absolute: 2e-5 });
      });
    });
  });
});

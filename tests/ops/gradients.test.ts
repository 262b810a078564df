// The backward pass of engine/ops/gradients.ts against tfjs's own, and the memory it leaves.
import * as tf from '@tensorflow/tfjs-core';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { registerSimdBackend, type SimdBackend } from '../../engine/backends/simd/index.ts';
import { lossAndGradients } from '../../engine/ops/gradients.ts';
import { layerNorm } from '../../engine/ops/layer-norm.ts';
import { linear } from '../../engine/ops/linear.ts';
import { meanSquaredError } from '../../engine/ops/losses/mse.ts';
import { lstm } from '../../engine/ops/recurrent/lstm.ts';
import { relu } from '../../engine/ops/relu.ts';
import { Numbers } from './numbers.ts';

let backend: SimdBackend;
let variables: tf.Variable[] = [];

beforeAll(async () => {
  backend = await registerSimdBackend({ threads: 1 });
});

afterEach(() => {
  tf.dispose(variables);
  variables = [];
});

function variable<T extends tf.Tensor>(shape: number[], seed: number): T {
  const created = tf.tidy(() => tf.variable(new Numbers(seed).tensor(shape)));
  variables.push(created);
  return created as tf.Tensor as T;
}

const sumOfSquares = (x: tf.Tensor): tf.Scalar => tf.sum(tf.square(x)) as tf.Scalar;

/** Loss and gradients as lists, from both. */
function both(loss: () => tf.Scalar) {
  return tf.tidy(() => {
    const ours = lossAndGradients(loss, variables);
    const theirs = tf.variableGrads(loss, variables);
    const values = (tensor: tf.Tensor) => [tensor.shape, [...tensor.dataSync()]];
    return {
      ours: [ours.loss, ...ours.gradients].map(values),
      theirs: [theirs.value, ...variables.map(({ name }) => theirs.grads[name]!)].map(values),
    };
  });
}

describe('the same numbers as tf.variableGrads', () => {
  test('fused ops, one after the other and beside each other', () => {
    const x = variable<tf.Tensor3D>([3, 5, 4], 1);
    const weights = {
      kernel: variable<tf.Tensor2D>([4, 24], 2),
      recurrentKernel: variable<tf.Tensor2D>([6, 24], 3),
      bias: variable<tf.Tensor1D>([24], 4),
    };
    const layer = { kernel: variable<tf.Tensor2D>([6, 6], 5), bias: variable<tf.Tensor1D>([6], 6) };
    const norm = { gain: variable<tf.Tensor1D>([6], 7), bias: variable<tf.Tensor1D>([6], 8) };
    const target = tf.zeros([3, 5, 6]);
    const { ours, theirs } = both(() => {
      const { outputs } = lstm(x, weights);
      const mixed = layerNorm(tf.add(outputs, linear(outputs, layer, 'gelu')), norm);
      return meanSquaredError(mixed, target);
    });
    target.dispose();
    expect(ours).toHaveLength(9);
    expect(ours).toEqual(theirs);
  });

  test('a tensor that is used several times, also twice by one op', () => {
    const x = variable([4], 1);
    const { ours, theirs } = both(() => sumOfSquares(tf.add(tf.mul(x, x), tf.add(x, tf.exp(x)))));
    expect(ours).toEqual(theirs);
  });

  test('ops that lead nowhere, or do not come from a variable', () => {
    const x = variable([3], 1);
    const { ours, theirs } = both(() => {
      tf.exp(x);
      return sumOfSquares(tf.mul(x, tf.square(tf.scalar(3))));
    });
    expect(ours).toEqual(theirs);
  });
});

test('an op may pass on the very gradient that it was given, to several inputs', () => {
  const x = variable([1], 1);
  const y = variable([1], 2);
  const sum = tf.customGrad((a, b) => ({
    value: tf.add(a as tf.Tensor, b as tf.Tensor),
    gradFunc: (dy: tf.Tensor) => [dy, dy],
  }));
  const { loss, gradients } = lossAndGradients(() => sumOfSquares(sum(sum(x, y), x)), variables);
  const root = 2 * x.dataSync()[0]! + y.dataSync()[0]!;
  for (const [index, factor] of [4, 2].entries()) {
    expect(gradients[index]!.dataSync()[0]! / root).toBeCloseTo(factor, 5);
  }
  tf.dispose([loss, ...gradients]);
});

test('fused ops inside of a custom gradient leave the tape as it is', () => {
  const x = variable([3], 1);
  const doubled = tf.customGrad((value) => {
    relu(value as tf.Tensor);
    return { value: tf.mul(value as tf.Tensor, 2), gradFunc: (dy: tf.Tensor) => [tf.mul(dy, 2)] };
  });
  const { ours, theirs } = both(() => sumOfSquares(doubled(relu(x))));
  expect(ours).toEqual(theirs);
  expect(ours[1]).toEqual([[3], [...x.dataSync()].map((value) => 8 * Math.max(0, value))]);
});

describe('what is left', () => {
  test('the loss and the gradients, nothing else', () => {
    const x = variable<tf.Tensor2D>([3, 4], 1);
    const layer = { kernel: variable<tf.Tensor2D>([4, 4], 2) };
    const before = tf.memory().numTensors;
    const { loss, gradients } = lossAndGradients(
      () => sumOfSquares(linear(linear(x, layer, 'gelu'), layer, 'tanh')),
      variables,
    );
    expect(tf.memory().numTensors - before).toBe(3);
    tf.dispose([loss, ...gradients]);
    expect(tf.memory().numTensors).toBe(before);
  });

  test.each<[string, (x: tf.Tensor, other: tf.Tensor) => tf.Scalar, RegExp]>([
    ['the loss is no scalar', (x) => tf.square(x) as tf.Tensor as tf.Scalar, /float32 scalar.*\[3\]/],
    [
      'an op has a gradient of another shape',
      (x, other) => {
        const turned = tf.customGrad((a) => ({
          value: tf.clone(a as tf.Tensor),
          gradFunc: (dy: tf.Tensor) => [tf.reshape(dy, [3, 1])],
        }));
        return sumOfSquares(tf.add(turned(x), other));
      },
      /\[3,1\].*does not fit its input \[3\]/,
    ],
    ['a variable has no part in the loss', (x) => sumOfSquares(tf.exp(x)), /does not depend on the variable/],
    [
      'an op has no gradient',
      (x, other) => sumOfSquares(tf.add(other, tf.topk(tf.exp(x), 3).values)),
      /TopK has no gradient/,
    ],
    [
      'the loss fails',
      (x) => {
        sumOfSquares(x);
        throw new Error('no loss today');
      },
      /no loss today/,
    ],
  ])('nothing, where %s', (_, loss, complaint) => {
    const [x, other] = [variable([3], 1), variable([3], 2)];
    const before = tf.memory().numTensors;
    expect(() => lossAndGradients(() => loss(x, other), variables)).toThrow(complaint);
    expect(tf.memory().numTensors).toBe(before);
    expect(tf.engine().state.gradientDepth).toBe(0);
  });

  test('a layer goes as soon as the backward pass is through it: layers on layers need little more', () => {
    const layers = Array.from({ length: 8 }, (_, index) => ({
      kernel: variable<tf.Tensor2D>([8, 8], index + 1),
    }));
    const x = tf.ones([4096, 8]);
    const { allocator } = backend.kernels;
    const idle = allocator.statistics().bytesInUse;
    let inUse = 0; // when the first layer's gradient is asked for, which is the last of all
    const watched = tf.customGrad((value) => ({
      value: tf.clone(value as tf.Tensor),
      gradFunc(dy: tf.Tensor) {
        inUse = allocator.statistics().bytesInUse - idle;
        return [tf.clone(dy)];
      },
    }));
    const { loss, gradients } = lossAndGradients(() => {
      const first = { kernel: watched(layers[0]!.kernel) as tf.Tensor2D };
      return sumOfSquares(
        [first, ...layers.slice(1)].reduce<tf.Tensor>((y, layer) => linear(y, layer, 'tanh'), x),
      );
    }, variables);
    tf.dispose([loss, ...gradients, x]);
    const bytesOfLayer = 4 * 4096 * 8;
    expect(inUse).toBeGreaterThan(0);
    expect(inUse).toBeLessThan(2 * bytesOfLayer);
  });
});

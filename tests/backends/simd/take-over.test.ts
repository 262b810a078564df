// Backward passes write gradients into the memory of tensors that are no longer needed, unless something else still holds those.
import * as tf from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { registerSimdBackend, type SimdBackend } from '../../../engine/backends/simd/index.ts';
import { gruBackward, gruForward } from '../../../engine/backends/simd/kernels/gru.ts';
import { layerNormBackward, layerNormForward } from '../../../engine/backends/simd/kernels/layer-norm.ts';
import {
  activationGradient,
  linearForward,
  linearGeluForward,
} from '../../../engine/backends/simd/kernels/linear.ts';
import { lstmBackward, lstmForward } from '../../../engine/backends/simd/kernels/lstm.ts';
import { lstm } from '../../../engine/ops/recurrent/lstm.ts';
import { Numbers } from '../../ops/numbers.ts';

const [batch, time, features, units] = [5, 4, 3, 6];

let backend: SimdBackend;
beforeAll(async () => {
  backend = await registerSimdBackend({ threads: 2 });
});
afterAll(() => {
  tf.removeBackend('simd');
});

function inputsOf(gates: number) {
  const numbers = new Numbers(4);
  return {
    x: numbers.tensor([batch, time, features]),
    kernel: numbers.tensor([features, gates * units]),
    recurrentKernel: numbers.tensor([units, gates * units]),
    bias: numbers.tensor([gates * units]),
    reverse: false,
  };
}

const valuesOf = (tensor: tf.TensorInfo) => [...(backend.readSync(tensor.dataId) as Float32Array)];

function layerOf() {
  const numbers = new Numbers(4);
  return { x: numbers.tensor([6, 3]), kernel: numbers.tensor([3, 5]), dy: numbers.tensor([6, 5]) };
}

const OPS = [
  {
    name: 'lstm',
    run() {
      const inputs = inputsOf(4);
      const saved = lstmForward(backend, inputs);
      const incoming = { outputs: saved.outputs, finalHidden: null, finalCell: null };
      return {
        saved: saved.gates,
        backward: () => lstmBackward(backend, inputs, saved, incoming).arguments,
      };
    },
  },
  {
    name: 'gru',
    run() {
      const inputs = { ...inputsOf(3), resetAfter: true };
      const saved = gruForward(backend, inputs);
      const incoming = { outputs: saved.outputs, finalHidden: null };
      return { saved: saved.gates, backward: () => gruBackward(backend, inputs, saved, incoming).arguments };
    },
  },
  {
    name: 'tanh of a linear layer',
    run() {
      const { x, kernel, dy } = layerOf();
      const saved = linearForward(backend, x, kernel, undefined, 'tanh');
      return { saved, backward: () => activationGradient(backend, 'tanh', saved, dy) };
    },
  },
  {
    name: 'gelu of a linear layer',
    run() {
      const { x, kernel, dy } = layerOf();
      const saved = linearGeluForward(backend, x, kernel, undefined, true)[1]!;
      return { saved, backward: () => activationGradient(backend, 'gelu', saved, dy) };
    },
  },
  {
    name: 'layer norm',
    run() {
      const numbers = new Numbers(4);
      const [x, addend, dy] = [1, 2, 3].map(() => numbers.tensor([6, 5]));
      const kept = layerNormForward(backend, { x: x!, addend: addend! }, 1e-5);
      return { saved: kept.sum, backward: () => layerNormBackward(backend, {}, kept, dy!).sum };
    },
  },
];

describe.each(OPS)('$name', ({ run }) => {
  it('keeps tensors that are still held, and gives the same gradients', () => {
    const { saved, backward } = run();
    const before = valuesOf(saved);
    backend.incRef(saved.dataId);
    const apart = backward();
    expect(apart.dataId).not.toBe(saved.dataId);
    expect(valuesOf(saved)).toEqual(before);

    backend.disposeData(saved.dataId);
    const inPlace = backward();
    expect(inPlace.dataId).toBe(saved.dataId);
    expect(valuesOf(inPlace)).toEqual(valuesOf(apart));
  });
});

describe('an LSTM that is trained', () => {
  it('hands its gates to the backward pass, and nothing stays behind', () => {
    const { x, kernel, recurrentKernel, bias } = inputsOf(4);
    const weights = { kernel, recurrentKernel, bias } as Parameters<typeof lstm>[1];
    const loss = (w: tf.Tensor) =>
      tf.sum(lstm(x as tf.Tensor3D, { ...weights, kernel: w as tf.Tensor2D }).outputs) as tf.Scalar;
    const held = tf.memory().numTensors;
    const allocate = backend.allocate.bind(backend);
    const sizes: number[] = [];
    backend.allocate = (shape, dtype) => {
      sizes.push(tf.util.sizeFromShape(shape as number[]));
      return allocate(shape, dtype);
    };
    const gradient = tf.grad(loss)(kernel);
    backend.allocate = allocate;
    const likeGates = sizes.filter((size) => size === time * batch * 4 * units);
    expect(likeGates).toHaveLength(1); // the gates themselves
    gradient.dispose();
    expect(tf.memory().numTensors).toBe(held);
  });
});

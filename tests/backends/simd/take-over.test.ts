// The backward pass of the gated cores puts its gradients where the saved gates lie, unless somebody else holds them.
import * as tf from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { registerSimdBackend, type SimdBackend } from '../../../engine/backends/simd/index.ts';
import { gruBackward, gruForward } from '../../../engine/backends/simd/kernels/gru.ts';
import { lstmBackward, lstmForward } from '../../../engine/backends/simd/kernels/lstm.ts';
import { lstm } from '../../../engine/ops/lstm.ts';
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

const CORES = [
  {
    name: 'lstm',
    run() {
      const inputs = inputsOf(4);
      const saved = lstmForward(backend, inputs);
      const incoming = { outputs: saved.outputs, finalHidden: null, finalCell: null };
      return {
        saved,
        backward: () => lstmBackward(backend, inputs, saved, incoming).gateArguments,
      };
    },
  },
  {
    name: 'gru',
    run() {
      const inputs = { ...inputsOf(3), resetAfter: true };
      const saved = gruForward(backend, inputs);
      const incoming = { outputs: saved.outputs, finalHidden: null };
      return { saved, backward: () => gruBackward(backend, inputs, saved, incoming).arguments };
    },
  },
];

describe.each(CORES)('$name', ({ run }) => {
  it('keeps gates that somebody holds, and has the same gradients in their place', () => {
    const { saved, backward } = run();
    const before = valuesOf(saved.gates);
    backend.incRef(saved.gates.dataId);
    const apart = backward();
    expect(apart.dataId).not.toBe(saved.gates.dataId);
    expect(valuesOf(saved.gates)).toEqual(before);

    backend.disposeData(saved.gates.dataId);
    const inPlace = backward();
    expect(inPlace.dataId).toBe(saved.gates.dataId);
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

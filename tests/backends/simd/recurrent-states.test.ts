// Without a backward pass the recurrent kernels keep no gates and cells; the states are the same, to the bit.
import * as tf from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { registerSimdBackend, type SimdBackend } from '../../../engine/backends/simd/index.ts';
import { gruForward, gruStates } from '../../../engine/backends/simd/kernels/gru.ts';
import { lstmForward, lstmStates } from '../../../engine/backends/simd/kernels/lstm.ts';
import { lossAndGradients } from '../../../engine/ops/gradients.ts';
import { gru } from '../../../engine/ops/recurrent/gru.ts';
import { lstm } from '../../../engine/ops/recurrent/lstm.ts';
import { Numbers } from '../../ops/numbers.ts';

let backend: SimdBackend;
beforeAll(async () => {
  backend = await registerSimdBackend({ threads: 2 });
});
afterAll(() => {
  tf.removeBackend('simd');
});

const SIZES = [
  { batch: 1, time: 1, features: 1, units: 1 },
  { batch: 37, time: 5, features: 3, units: 7 },
  { batch: 40, time: 9, features: 1, units: 32 },
];
const CALLS = SIZES.flatMap((size) =>
  [false, true].flatMap((reverse) => [false, true].map((full) => ({ ...size, reverse, full }))),
);
type Call = (typeof CALLS)[number];

/** `full`: with a state to begin with and a mask. */
function inputsOf({ batch, time, features, units, reverse, full }: Call, gates: number) {
  const numbers = new Numbers(11);
  const known = Float32Array.from({ length: batch * time }, (_, at) => (at % 5 === 3 ? 0 : 1));
  return {
    x: numbers.tensor([batch, time, features]) as tf.Tensor3D,
    kernel: numbers.tensor([features, gates * units]) as tf.Tensor2D,
    recurrentKernel: numbers.tensor([units, gates * units]) as tf.Tensor2D,
    bias: numbers.tensor([gates * units]) as tf.Tensor1D,
    reverse,
    ...(full && {
      initialHidden: numbers.tensor([batch, units]) as tf.Tensor2D,
      initialCell: numbers.tensor([batch, units]) as tf.Tensor2D,
      mask: tf.tensor2d(known, [batch, time]),
    }),
  };
}

const bitsOf = (tensor: tf.TensorInfo) =>
  new Uint32Array((backend.readSync(tensor.dataId) as Float32Array).slice().buffer);

test.each(CALLS)('LSTM, %j', (call) => {
  const inputs = inputsOf(call, 4);
  const kept = lstmForward(backend, inputs);
  const states = lstmStates(backend, inputs);
  expect(Object.keys(states)).toEqual(['outputs', 'finalHidden', 'finalCell']);
  for (const name of ['outputs', 'finalHidden', 'finalCell'] as const)
    expect(bitsOf(states[name])).toEqual(bitsOf(kept[name]));
});

test.each(CALLS.flatMap((call) => [true, false].map((resetAfter) => ({ ...call, resetAfter }))))(
  'GRU, %j',
  ({ resetAfter, ...call }) => {
    const inputs = { ...inputsOf(call, 3), resetAfter };
    const kept = gruForward(backend, inputs);
    const states = gruStates(backend, inputs);
    expect(Object.keys(states)).toEqual(['outputs', 'finalHidden']);
    for (const name of ['outputs', 'finalHidden'] as const)
      expect(bitsOf(states[name])).toEqual(bitsOf(kept[name]));
  },
);

test.each([
  ['LSTM', lstm, 4],
  ['GRU', gru, 3],
] as const)(
  '%s: nothing but the states is allocated, unless a gradient or the gates are wanted',
  (_, op, gates) => {
    const { x, ...weights } = inputsOf({ ...SIZES[1]!, reverse: false, full: false }, gates);
    /** Bytes that the kernels' memory holds more than before. */
    const held = (use: () => void): number => {
      const before = tf.memory().numBytes;
      let during = 0;
      const { runKernel } = tf.engine();
      tf.engine().runKernel = (...call) => {
        const result = runKernel.apply(tf.engine(), call);
        during = Math.max(during, tf.memory().numBytes - before);
        return result as never;
      };
      try {
        tf.tidy(use);
      } finally {
        tf.engine().runKernel = runKernel;
      }
      return during;
    };
    const { batch, time, units } = SIZES[1]!;
    const states = 4 * batch * units * (time + (op === lstm ? 2 : 1));
    expect(held(() => void op(x, weights))).toBe(states);
    const kept = 4 * batch * time * units * (op === lstm ? 5 : 4);
    expect(held(() => void op(x, weights, { returnGates: true }))).toBeGreaterThanOrEqual(states + kept);
    const variable = tf.variable(weights.kernel);
    const loss = (): tf.Scalar =>
      tf.sum(op(x, { ...weights, kernel: variable as unknown as tf.Tensor2D }).outputs);
    expect(held(() => void lossAndGradients(loss, [variable]))).toBeGreaterThanOrEqual(states + kept);
    variable.dispose();
  },
);

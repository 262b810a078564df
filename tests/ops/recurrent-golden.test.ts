// Recurrent ops against PyTorch in float64 (tests/golden/ops/recurrent.py), forward and all gradients: the compiled ones of
// the simd backend on 1 and 2 threads, and the composed ones on the cpu backend.
import { readFileSync } from 'node:fs';
import * as tf from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startCpuBackend } from '../../engine/backends/cpu.ts';
import { fastPathCalls, registerSimdBackend } from '../../engine/backends/simd/index.ts';
import { startTensorflowBackend } from '../../engine/backends/tensorflow.ts';
import { gru } from '../../engine/ops/recurrent/gru.ts';
import { lstm } from '../../engine/ops/recurrent/lstm.ts';
import { lstmComposed } from '../../engine/ops/recurrent/lstm-composed.ts';
import { rnn } from '../../engine/ops/recurrent/rnn.ts';
import { expectClose, Numbers } from './numbers.ts';

interface GoldenCase {
  readonly kind: 'lstm' | 'gru' | 'rnn-tanh' | 'rnn-relu';
  readonly seed: number;
  readonly batch: number;
  readonly time: number;
  readonly features: number;
  readonly units: number;
  readonly values: Readonly<Record<string, number[]>>;
}

const golden = JSON.parse(readFileSync(new URL('../golden/ops/recurrent.json', import.meta.url), 'utf8')) as {
  cases: GoldenCase[];
};

const GATES = { lstm: 4, gru: 3, 'rnn-tanh': 1, 'rnn-relu': 1 };

function inputsOf({ kind, seed, batch, time, features, units }: GoldenCase) {
  const numbers = new Numbers(seed);
  const width = GATES[kind] * units;
  return {
    x: numbers.tensor<tf.Rank.R3>([batch, time, features]),
    kernel: numbers.tensor<tf.Rank.R2>([features, width], 0.5),
    recurrentKernel: numbers.tensor<tf.Rank.R2>([units, width], 0.5),
    bias: numbers.tensor<tf.Rank.R1>([width], 0.5),
    recurrentBias: numbers.tensor<tf.Rank.R1>([width], 0.5),
    initialHidden: numbers.tensor<tf.Rank.R2>([batch, units]),
    initialCell: numbers.tensor<tf.Rank.R2>([batch, units]),
    weight: numbers.tensor<tf.Rank.R3>([batch, time, units]),
  };
}
type Inputs = ReturnType<typeof inputsOf>;

function run(kind: GoldenCase['kind'], inputs: Inputs): Record<string, tf.Tensor> {
  const { x, initialHidden, initialCell } = inputs;
  if (kind === 'lstm')
    return { ...lstm(x, inputs, { initialHidden, initialCell }) } as Record<string, tf.Tensor>;
  if (kind === 'gru') return { ...gru(x, inputs, { initialHidden }) } as Record<string, tf.Tensor>;
  const { kernel, recurrentKernel, bias } = inputs;
  const activation = kind === 'rnn-relu' ? 'relu' : 'tanh';
  return { ...rnn(x, { kernel, recurrentKernel, bias }, { initialHidden, activation }) } as Record<
    string,
    tf.Tensor
  >;
}

function check(golden: GoldenCase): void {
  tf.tidy(() => {
    const inputs = inputsOf(golden);
    const results = run(golden.kind, inputs);
    for (const name of ['outputs', 'finalHidden', 'finalCell']) {
      if (golden.values[name]) expectClose(results[name]!.dataSync(), golden.values[name], name);
    }
    const names = Object.keys(golden.values).filter((name) => name in inputs) as (keyof Inputs)[];
    const loss = (...values: tf.Tensor[]) => {
      const given = {
        ...inputs,
        ...Object.fromEntries(names.map((name, index) => [name, values[index]])),
      } as Inputs;
      const { outputs, finalHidden, finalCell } = run(golden.kind, given);
      const ofOutputs = tf.add(tf.sum(tf.mul(outputs!, inputs.weight)), tf.sum(tf.square(finalHidden!)));
      return finalCell ? tf.add(ofOutputs, tf.sum(tf.square(finalCell))) : ofOutputs;
    };
    const gradients = tf.grads(loss)(names.map((name) => inputs[name]));
    names.forEach((name, index) => {
      expectClose(gradients[index]!.dataSync(), golden.values[name]!, `gradient of ${name}`, {
        absolute: 1e-5,
      });
    });
  });
}

for (const threads of [1, 2]) {
  describe(`compiled, threads ${threads}`, () => {
    beforeAll(() => registerSimdBackend({ threads }));
    afterAll(() => tf.removeBackend('simd'));
    it.each(golden.cases)('$kind, $units units, matches PyTorch', (golden) => {
      fastPathCalls.clear();
      check(golden);
      const op = golden.kind.split('-')[0];
      expect(fastPathCalls.get(`${op}Forward`)).toBe(2);
      expect(fastPathCalls.get(`${op}Backward`)).toBe(1);
    });
  });
}

const tensorflow = await startTensorflowBackend().then(
  () => ({ missing: false, reason: '' }),
  (error: Error) => ({ missing: true, reason: error.message }),
);

// Skipped where tfjs-node is not installed; HINDCAST_TENSORFLOW names a folder that has it.
describe.skipIf(tensorflow.missing)(`on tensorflow ${tensorflow.reason}`, () => {
  beforeAll(() => tf.setBackend('tensorflow'));
  it.each(golden.cases)('$kind, $units units, matches PyTorch', (golden) => {
    check(golden);
  });

  it('runs the LSTM on BlockLSTMV2 and its gradient, in both directions', async () => {
    const lstmCase = golden.cases[0]!;
    const inputs = inputsOf(lstmCase);
    const run = (op: typeof lstm, reverse: boolean) =>
      tf.tidy(() => {
        const loss = (kernel: tf.Tensor) => {
          const { outputs } = op(inputs.x, { ...inputs, kernel: kernel as tf.Tensor2D }, { reverse });
          return tf.sum(tf.mul(outputs, inputs.weight));
        };
        return tf.grad(loss)(inputs.kernel).dataSync();
      });
    const profile = await tf.profile(() => tf.tidy(() => lstm(inputs.x, inputs).outputs));
    expect(profile.kernelNames).toContain('HindcastBlockLstm');
    for (const reverse of [false, true])
      expectClose(run(lstm, reverse), run(lstmComposed, reverse), 'kernel');
  });
});

describe('composed on cpu', () => {
  beforeAll(startCpuBackend);
  it.each(golden.cases)('$kind, $units units, matches PyTorch', (golden) => {
    fastPathCalls.clear();
    check(golden);
    expect(fastPathCalls.size).toBe(0);
  });
});

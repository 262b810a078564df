// Attention, layers, losses and optimizer steps against PyTorch in float64 (tests/golden/ops/layers.py), results and all
// gradients: the compiled ops of the simd backend on 1 and 2 threads, and the composed ones on the cpu backend.
import * as tf from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startCpuBackend } from '../../engine/backends/cpu.ts';
import { fastPathCalls, registerSimdBackend, type SimdBackend } from '../../engine/backends/simd/index.ts';
import { startTensorflowBackend } from '../../engine/backends/tensorflow.ts';
import { adamStep, createAdamState, disposeAdamState } from '../../engine/ops/optimizers/adam.ts';
import { createRmspropState, disposeRmspropState, rmspropStep } from '../../engine/ops/optimizers/rmsprop.ts';
import { createSgdState, disposeSgdState, sgdStep } from '../../engine/ops/optimizers/sgd.ts';
import { expectClose, expectNoLeak, Numbers } from './numbers.ts';
import { type OpCase, opCases, outcomeOf, readGolden } from './op-cases.ts';

interface GoldenSteps {
  readonly kind: 'SGD' | 'RMSprop' | 'AdamW';
  readonly options: Readonly<Record<string, number | boolean>>;
  readonly norms: number[];
  readonly p: number[];
  readonly q: number[];
}

const golden = readGolden<{
  cases: Record<string, { result: number[]; gradients: Record<string, number[]> }>;
  steps: GoldenSteps[];
}>('layers.json');

/** What the compiled kernels count, by op. */
const FAST_PATHS: Readonly<Record<string, readonly string[]>> = {
  attention: ['attentionForward', 'attentionBackward'],
  selfAttention: ['attentionForward', 'attentionBackward'],
  layerNorm: ['layerNormForward', 'layerNormBackward'],
  gelu: ['geluForward', 'geluGradient'],
  relu: ['Relu', 'reluGradient'],
  softmax: ['softmaxForward', 'softmaxBackward'],
  embedding: ['embeddingForward', 'embeddingBackward'],
  addPositions: ['Add'],
  mse: ['cellLossForward', 'cellLossBackward'],
  mae: ['cellLossForward', 'cellLossBackward'],
  huber: ['cellLossForward', 'cellLossBackward'],
  pinball: ['cellLossForward', 'cellLossBackward'],
  crossEntropy: ['crossEntropyForward', 'crossEntropyBackward'],
  encoderLayer: ['attentionBackward', 'layerNormBackward', 'geluGradient', 'linear'],
};

function check(opCase: OpCase): void {
  const expected = golden.cases[opCase.name]!;
  const { result, gradients } = outcomeOf(opCase);
  expectClose(result, expected.result, 'result');
  expect(Object.keys(gradients)).toEqual(Object.keys(expected.gradients));
  for (const [name, values] of Object.entries(gradients)) {
    expectClose(values, expected.gradients[name]!, `gradient of ${name}`, { absolute: 5e-6 });
  }
}

function chooseOptimizer({ kind, options }: GoldenSteps, parameters: tf.Variable[]) {
  const { lr, momentum, nesterov, alpha, eps, weight_decay } = options as Record<string, number>;
  const common = { learningRate: lr!, weightDecay: weight_decay, clipNorm: 3 };
  if (kind === 'SGD') {
    const state = createSgdState(parameters);
    const own = { ...common, momentum, nesterov: Boolean(nesterov) };
    const step = (gradients: tf.Tensor[]) => sgdStep(parameters, gradients, state, own);
    return { step, dispose: () => disposeSgdState(state) };
  }
  if (kind === 'RMSprop') {
    const state = createRmspropState(parameters, { momentum });
    const own = { ...common, momentum, alpha, epsilon: eps };
    const step = (gradients: tf.Tensor[]) => rmspropStep(parameters, gradients, state, own);
    return { step, dispose: () => disposeRmspropState(state) };
  }
  const state = createAdamState(parameters);
  const step = (gradients: tf.Tensor[]) => adamStep(parameters, gradients, state, common);
  return { step, dispose: () => disposeAdamState(state) };
}

/** Ten steps as in layers.py. */
function checkSteps(steps: GoldenSteps): void {
  const numbers = new Numbers(77);
  const [a, y] = [numbers.tensor<tf.Rank.R2>([6, 5]), numbers.tensor([6, 3])];
  const starts = [numbers.tensor<tf.Rank.R2>([5, 3]), numbers.tensor([3])];
  const [p, q] = starts.map((start) => tf.variable(start)) as [tf.Variable, tf.Variable];
  const { step, dispose } = chooseOptimizer(steps, [p, q]);
  const norms = Array.from({ length: 10 }, () =>
    tf.tidy(() => {
      const loss = () =>
        tf.sum(tf.squaredDifference(tf.add(tf.matMul(a, p as tf.Tensor as tf.Tensor2D), q), y));
      const { grads } = tf.variableGrads(loss as () => tf.Scalar, [p, q]);
      return step([grads[p.name]!, grads[q.name]!]).norms.all;
    }),
  );
  expectClose(norms, steps.norms, 'norms', { relative: 1e-4 });
  expectClose(p.dataSync(), steps.p, 'p', { relative: 1e-4, absolute: 1e-5 });
  expectClose(q.dataSync(), steps.q, 'q', { relative: 1e-4, absolute: 1e-5 });
  dispose();
  tf.dispose([a, y, ...starts, p, q]);
}

const titleOf = ({ kind, options }: GoldenSteps) => `ten steps of ${kind} ${JSON.stringify(options)}`;

for (const threads of [1, 2]) {
  describe(`compiled, threads ${threads}`, () => {
    let backend: SimdBackend;
    const pieces = () => backend.kernels.allocator.statistics().piecesInUse;
    beforeAll(async () => {
      backend = await registerSimdBackend({ threads });
    });
    afterAll(() => tf.removeBackend('simd'));

    it.each(opCases)('$name matches PyTorch and leaves nothing behind', (opCase) => {
      fastPathCalls.clear();
      expectNoLeak(pieces, () => check(opCase));
      for (const name of FAST_PATHS[opCase.op]!) expect(fastPathCalls.get(name), name).toBeGreaterThan(0);
    });
    it.each(golden.steps.map((steps) => [titleOf(steps), steps] as const))('%s match PyTorch', (_, steps) => {
      fastPathCalls.clear();
      expectNoLeak(pieces, () => checkSteps(steps));
      const name = { SGD: 'sgd', RMSprop: 'rmsprop', AdamW: 'adam' }[steps.kind];
      expect(fastPathCalls.get(name)).toBe(10);
    });
  });
}

describe('composed on cpu', () => {
  beforeAll(() => startCpuBackend());
  it.each(opCases)('$name matches PyTorch', (opCase) => {
    fastPathCalls.clear();
    check(opCase);
    expect(fastPathCalls.size).toBe(0);
  });
  it.each(golden.steps.map((steps) => [titleOf(steps), steps] as const))('%s match PyTorch', (_, steps) => {
    checkSteps(steps);
  });
});

const tensorflow = await startTensorflowBackend().then(
  () => ({ missing: false, reason: '' }),
  (error: Error) => ({ missing: true, reason: error.message }),
);

// Skipped where tfjs-node is not installed; HINDCAST_TENSORFLOW names a folder that has it.
describe.skipIf(tensorflow.missing)(`composed on tensorflow ${tensorflow.reason}`, () => {
  beforeAll(() => tf.setBackend('tensorflow'));
  it.each(opCases)('$name matches PyTorch', (opCase) => {
    fastPathCalls.clear();
    check(opCase);
    expect(fastPathCalls.size).toBe(0);
  });
  it.each(golden.steps.map((steps) => [titleOf(steps), steps] as const))('%s match PyTorch', (_, steps) => {
    checkSteps(steps);
  });
});

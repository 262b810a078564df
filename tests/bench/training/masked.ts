// The cost of a mask: a training step (forward, backward, clip, Adam) of a bidirectional GRU on padded sequences and the same
// step without a mask, alternating, on one thread.
import * as tf from '@tensorflow/tfjs-core';
import type { SimdBackend } from '../../../engine/backends/simd/index.ts';
import { ModelSchema } from '../../../engine/contract/experiment/model.ts';
import { createForecastModel } from '../../../engine/models/forecast-model.ts';
import { createParameterSet } from '../../../engine/models/parameters.ts';
import { lossAndGradients } from '../../../engine/ops/gradients.ts';
import { meanSquaredError } from '../../../engine/ops/losses/mse.ts';
import { adamStep, createAdamState } from '../../../engine/ops/optimizers/adam.ts';
import { CLIP_NORM, LEARNING_RATE, values } from './cases.ts';
import { burstOf, type Contestant, takeTurns } from './measure.ts';

const [UNITS, BATCH, TIME, INPUTS] = [64, 32, 96, 7] as const;

export const MASKED_NAME = `masked BiGRU H${UNITS} B${BATCH} T${TIME} I${INPUTS}`;
/** Most times as long as without a mask. */
export const MASKED_TARGET = 1.15;

export interface MaskCost {
  /** Times as long as without a mask: medians, and the fastest twentieth of the steps. */
  readonly ratio: number;
  readonly best: number;
  readonly maskedMs: number;
  readonly plainMs: number;
}

/** Sequences from half of the steps to all of them. */
function lengthsMask(): tf.Tensor2D {
  const length = (row: number) => TIME / 2 + ((row * 7) % (TIME / 2 + 1));
  const cells = Array.from({ length: BATCH * TIME }, (_, cell) =>
    cell % TIME < length(Math.floor(cell / TIME)) ? 1 : 0,
  );
  return tf.tensor2d(cells, [BATCH, TIME]);
}

/** A function that takes one step. */
function createStep(mask: tf.Tensor2D | undefined): () => number {
  const settings = ModelSchema.parse({ kind: 'gru', units: UNITS, bidirectional: true });
  const model = createForecastModel(settings, { inputs: INPUTS, lookback: TIME, horizon: 1, targets: 1 });
  const arrays = model.specs.map(({ name, shape }, seed) => {
    const count = tf.util.sizeFromShape([...shape]);
    return { name, shape, values: values(count, 1 / Math.sqrt(UNITS), seed + 1) };
  });
  const { variables, weight } = createParameterSet(model.specs, arrays);
  const x = tf.tensor3d(values(BATCH * TIME * INPUTS, 1, 7), [BATCH, TIME, INPUTS]);
  const y = tf.tensor3d(values(BATCH, 1, 8), [BATCH, 1, 1]);
  const state = createAdamState(variables);
  const loss = () => meanSquaredError(model.answer({ x, mask }, weight, {}), y);
  return () =>
    tf.tidy(() => {
      const { loss: value, gradients } = lossAndGradients(loss, variables);
      adamStep(variables, gradients, state, { learningRate: LEARNING_RATE, clipNorm: CLIP_NORM });
      return value.dataSync()[0]!;
    });
}

export async function measureMaskCost(backend: SimdBackend, rounds: number): Promise<MaskCost> {
  backend.kernels.limitThreads(1);
  tf.engine().startScope();
  const contestants: Contestant[] = [
    { name: 'masked', burst: burstOf(createStep(lengthsMask())) },
    { name: 'plain', burst: burstOf(createStep(undefined)) },
  ];
  const [masked, plain] = await takeTurns(contestants, { warmups: 100, rounds });
  tf.engine().endScope();
  return {
    ratio: masked!.medianMs / plain!.medianMs,
    best: masked!.bestMs / plain!.bestMs,
    maskedMs: masked!.medianMs,
    plainMs: plain!.medianMs,
  };
}

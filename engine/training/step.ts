// One training step: a batch, its loss and gradients, clipping, the optimizer. Only the few numbers that every step records are
// read back from the backend.
import * as tf from '@tensorflow/tfjs-core';
import type { Training } from '../contract/experiment/training.ts';
import type { ParameterSpec } from '../models/parameters.ts';
import { lossAndGradients } from '../ops/gradients.ts';
import { gradientNorms } from '../ops/optimizers/gradient-norm.ts';
import type { RunState } from './run-state.ts';
import { learningRateAt } from './schedules.ts';
import type { TaskBatch, TrainingTask } from './task.ts';

/** Names of what `trainStep` returns, in order. */
export function stepMetricNames(specs: readonly ParameterSpec[]): string[] {
  return ['loss', 'learningRate', 'gradientNorm', ...specs.map(({ name }) => `gradientNorm/${name}`)];
}

/** No interface, which `tf.tidy` would not return. */
export type StepResult = {
  /** In the order of `stepMetricNames`. `gradientNorm` is the norm before clipping. */
  readonly values: number[];
  /** False: loss or gradient is not finite, and nothing was changed. */
  readonly finite: boolean;
};

/** Does the next batch of the epoch and moves the run's position on, unless the numbers are not finite. */
export function trainStep(run: RunState, task: TrainingTask, training: Training): StepResult {
  const { position } = run;
  const from = position.batch * training.batchSize;
  const batch = task.loadBatch(run.order.subarray(from, from + training.batchSize), run.streams.augment);
  try {
    const result = tf.tidy(() => learn(run, batch, training));
    const [loss = Number.NaN] = result.values;
    if (!result.finite) return result;
    run.position = {
      ...position,
      step: position.step + 1,
      batch: position.batch + 1,
      lossSum: position.lossSum + loss * batch.count,
      lossCount: position.lossCount + batch.count,
    };
    return result;
  } finally {
    batch.dispose();
  }
}

/** Changes the weights and the optimizer's state. */
function learn(run: RunState, batch: TaskBatch, training: Training): StepResult {
  const learningRate = learningRateAt(run.position, training, run.stepsPerEpoch);
  const { variables, weight } = run.parameters;
  const pass = { dropout: run.streams.dropout };
  const { loss: value, gradients } = lossAndGradients(() => batch.loss(weight, pass), variables);
  const loss = value.dataSync()[0]!;
  const { norms, taken } = Number.isFinite(loss)
    ? run.optimizer.step(gradients, { learningRate, clipNorm: training.clipNorm })
    : { norms: gradientNorms(gradients), taken: false };
  return { values: [loss, learningRate, norms.all, ...norms.each], finite: taken };
}

/** Why a step had to end the run, and what to try. */
export function describeDivergence(run: RunState, { values }: StepResult, training: Training): string {
  const [loss = Number.NaN, , norm = Number.NaN] = values;
  const { step, epoch } = run.position;
  const what = Number.isFinite(loss) ? `gradient became ${norm}` : `loss became ${loss}`;
  const clipping =
    training.clipNorm === null
      ? 'set training.clipNorm, for example to 1'
      : `lower training.clipNorm (${training.clipNorm})`;
  const hint =
    step === 0
      ? 'It is the first step, so look for extreme values in the data or add a scaling step (standardize) to the pipeline'
      : `Lower training.optimizer.learningRate (${training.optimizer.learningRate}) or ${clipping}`;
  return `The ${what} at step ${step + 1} (epoch ${epoch + 1}). ${hint}. The weights from before that step are kept.`;
}

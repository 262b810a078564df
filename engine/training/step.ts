// One training step: a batch, its loss and gradients, clipping, the optimizer. And the numbers that every step leaves.
import type { Training } from '../contract/experiment.ts';
import type { ParameterSpec } from '../models/parameters.ts';
import { clipFactor, gradientNorms, lossAndGradients } from './gradients.ts';
import type { RunState } from './run-state.ts';
import { learningRateAt } from './schedules.ts';
import type { TrainingTask } from './task.ts';

/** Names of what `trainStep` returns, in order. */
export function stepMetricNames(specs: readonly ParameterSpec[]): string[] {
  return ['loss', 'learningRate', 'gradientNorm', ...specs.map(({ name }) => `gradientNorm/${name}`)];
}

export interface StepResult {
  /** In the order of `stepMetricNames`. `gradientNorm` is the norm before clipping. */
  readonly values: readonly number[];
  /** False: loss or gradient is not finite, and nothing was changed. */
  readonly finite: boolean;
}

/** Does the next batch of the epoch and moves the run's position on, unless the numbers are not finite. */
export function trainStep(run: RunState, task: TrainingTask, training: Training): StepResult {
  const { position, parameters } = run;
  const learningRate = learningRateAt(position, training, run.stepsPerEpoch);
  const pass = { dropout: run.streams.dropout };
  const from = position.batch * training.batchSize;
  const batch = task.loadBatch(run.order.subarray(from, from + training.batchSize));
  try {
    const { loss, gradients } = lossAndGradients(parameters, () => batch.loss(parameters.weight, pass));
    const norms = gradientNorms(gradients);
    const values = [loss, learningRate, norms.all, ...norms.each];
    if (!Number.isFinite(loss) || !Number.isFinite(norms.all)) return { values, finite: false };
    run.optimizer.step(gradients, clipFactor(norms.all, training.clipNorm), learningRate);
    parameters.upload();
    run.position = {
      ...position,
      step: position.step + 1,
      batch: position.batch + 1,
      lossSum: position.lossSum + loss * batch.count,
      lossCount: position.lossCount + batch.count,
    };
    return { values, finite: true };
  } finally {
    batch.dispose();
  }
}

/** Why a step had to end the run, and what to try. */
export function describeDivergence(run: RunState, { values }: StepResult, training: Training): string {
  const [loss = Number.NaN, learningRate = 0, norm = Number.NaN] = values;
  const { step, epoch } = run.position;
  const what = Number.isFinite(loss) ? `gradient became ${norm}` : `loss became ${loss}`;
  const clipping =
    training.clipNorm === null
      ? 'set training.clipNorm, for example to 1'
      : `lower training.clipNorm (${training.clipNorm})`;
  const hint =
    step === 0
      ? 'It is the first step, so look for extreme values in the data or add a scaling step (standardize) to the pipeline'
      : `Lower training.optimizer.learningRate (${learningRate}) or ${clipping}`;
  return `The ${what} at step ${step + 1} (epoch ${epoch + 1}). ${hint}. The weights from before that step are kept.`;
}

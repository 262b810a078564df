// The losses that a training can minimise, by name. Their computation is in engine/training/losses.
import { z } from 'zod';

/**
 * Huber: squared up to an error of `huberDelta`, straight beyond. Cross-entropy: the targets are the shares of classes
 * (0 or 1), left unscaled by the pipeline, and the model answers with probabilities. Pinball: the model answers with quantiles.
 * Gaussian: with mean and deviation of a normal distribution, by their likelihood.
 */
export const LossSchema = z.enum(['mse', 'mae', 'huber', 'pinball', 'gaussian', 'cross-entropy']);
export type Loss = z.infer<typeof LossSchema>;

/**
 * `values`: the model answers with numbers in model units. `classes`: with the probability of each target, by softmax. `quantiles` and
 * `distribution`: with several numbers for each step and target.
 */
export type AnswerKind = 'values' | 'classes' | 'quantiles' | 'distribution';

export const ANSWER_OF_LOSS: Readonly<Record<Loss, AnswerKind>> = {
  mse: 'values',
  mae: 'values',
  huber: 'values',
  pinball: 'quantiles',
  gaussian: 'distribution',
  'cross-entropy': 'classes',
};

/** Kinds of answers that say how uncertain they are. */
const UNCERTAIN: readonly AnswerKind[] = ['quantiles', 'distribution'];

/** Whether a model that learns by it forecasts a distribution, not values alone. */
export const forecastsDistribution = (loss: Loss): boolean => UNCERTAIN.includes(ANSWER_OF_LOSS[loss]);

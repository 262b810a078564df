// The losses that a training can minimise, by name. Their computation is in engine/training/losses.
import { z } from 'zod';

/**
 * Huber: squared up to an error of `huberDelta`, straight beyond. Cross-entropy: the targets are the shares of classes
 * (0 or 1), left unscaled by the pipeline, and the model answers with probabilities.
 */
export const LossSchema = z.enum(['mse', 'mae', 'huber', 'cross-entropy']);
export type Loss = z.infer<typeof LossSchema>;

/** `values`: the model answers with numbers in model units. `classes`: with the probability of each target, by softmax. */
export type AnswerKind = 'values' | 'classes';

export const ANSWER_OF_LOSS: Readonly<Record<Loss, AnswerKind>> = {
  mse: 'values',
  mae: 'values',
  huber: 'values',
  'cross-entropy': 'classes',
};

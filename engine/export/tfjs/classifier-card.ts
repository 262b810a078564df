// The card of an exported classifier: how a sample becomes the numbers that the graph takes, what its answers mean, and where it came from.
import { z } from 'zod';
import { DecisionSchema } from '../../contract/tasks/classify-frame.ts';
import { CardBaseSchema, CardCheckSchema, CardFileSchema } from './card-base.ts';

export const ClassifierCardSchema = CardBaseSchema.extend({
  /** Version 1 is of models that forecast. */
  version: z.literal(2),
  /**
   * `tokens`: whole numbers [samples, steps], 1 + the index in `fitted.tokens`, 0 of unknown ones; `rows`: [samples, steps, channels], scaled by
   * `fitted.scale`. The samples of one call have one length; null: a sample may have any.
   */
  input: z.object({
    kind: z.enum(['tokens', 'rows']),
    steps: z.int().nullable(),
    channels: z.int().nullable(),
    column: z.string(),
    /** Longer samples are cut. */
    mostSteps: z.int(),
  }),
  /**
   * [samples, classes] probabilities: of classes, which sum to 1, or of labels by themselves; `values`: numbers, scaled by `fitted.outcome.scale`.
   * `label` is the column that holds the truth.
   */
  output: z.object({
    kind: z.enum(['classes', 'labels', 'values']).optional(),
    classes: z.array(z.string()),
    label: z.string(),
    /** Of labels: the probability from which on each is said. */
    thresholds: z.array(z.number()).optional(),
  }),
  decision: DecisionSchema.optional(),
  /** What was fitted to the training part: tokenizer and vocabulary, or the settings of the spectrum, the rate and the scale. */
  fitted: z.unknown(),
  graph: CardFileSchema,
  verified: CardCheckSchema.extend({ samples: z.int() }),
});
export type ClassifierCard = z.infer<typeof ClassifierCardSchema>;

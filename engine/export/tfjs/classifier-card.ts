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
  /** [samples, classes] probabilities. */
  output: z.object({ classes: z.array(z.string()), label: z.string() }),
  decision: DecisionSchema.optional(),
  /** What was fitted to the training part: tokenizer and vocabulary, or the settings of the spectrum, the rate and the scale. */
  fitted: z.unknown(),
  graph: CardFileSchema,
  verified: CardCheckSchema.extend({ samples: z.int() }),
});
export type ClassifierCard = z.infer<typeof ClassifierCardSchema>;

// The card of an exported classifier: how a sample becomes the numbers that the graph takes, what its answers mean, and where it came from.
import { z } from 'zod';
import { TrainedOnSchema } from '../../contract/export.ts';
import { RecordedExperimentSchema } from '../../contract/recorded-experiment.ts';
import { ScoreSchema } from '../../contract/run.ts';
import { DecisionSchema } from '../../contract/tasks/classify-frame.ts';

const FileSchema = z.object({ bytes: z.int(), sha256: z.string() });

export const ClassifierCardSchema = z.object({
  format: z.literal('hindcast-model'),
  /** Version 1 is of models that forecast. */
  version: z.literal(2),
  name: z.string(),
  description: z.string(),
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
  experiment: RecordedExperimentSchema,
  training: z.object({
    dataset: z.string(),
    datasetVersion: z.int(),
    dataHash: z.string(),
    fingerprint: z.string().nullable(),
    weightsHash: z.string().nullable(),
    seed: z.number(),
  }),
  trainedOn: TrainedOnSchema,
  weights: FileSchema,
  graph: FileSchema,
  scores: z.array(ScoreSchema),
  /** The check at export against the run's own probabilities. */
  verified: z.object({
    samples: z.int(),
    largestDifference: z.number(),
    tolerance: z.number(),
    measure: z.string(),
  }),
});
export type ClassifierCard = z.infer<typeof ClassifierCardSchema>;

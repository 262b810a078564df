// The card beside an exported model: what goes in, what comes out, what must be done to the data first, where it all comes from.
import { z } from 'zod';
import { HindcastError } from '../../contract/errors.ts';
import { ExperimentSchema } from '../../contract/experiment.ts';
import { TrainedOnSchema } from '../../contract/export.ts';
import { ScoreSchema } from '../../contract/run.ts';

export const CARD_FILE = 'card.json';
export const MODEL_FILE = 'model.json';
export const WEIGHTS_FILE = 'weights.bin';

export const CardSchema = z.object({
  format: z.literal('hindcast-model'),
  version: z.literal(1),
  name: z.string(),
  description: z.string(),
  /** One window: `shape` [lookback, inputs]; `names` in the order of the last axis. */
  input: z.object({ shape: z.array(z.int()), names: z.array(z.string()) }),
  /** `shape` [horizon, targets]. */
  output: z.object({ shape: z.array(z.int()), names: z.array(z.string()) }),
  /** `data`: input and output in the units of the data; `model`: behind all steps of the pipeline, to be undone by their inverses. */
  units: z.enum(['data', 'model']),
  /** Steps of the pipeline to be done in front of the model, in order. */
  stepsBefore: z.array(z.string()),
  /** Fitted state of every step of the pipeline. */
  fitted: z.unknown(),
  experiment: ExperimentSchema,
  training: z.object({
    dataset: z.string(),
    datasetVersion: z.int(),
    /** SHA-256 over the content of the dataset version. */
    dataHash: z.string(),
    fingerprint: z.string().nullable(),
    weightsHash: z.string().nullable(),
    seed: z.number(),
  }),
  trainedOn: TrainedOnSchema,
  scores: z.array(ScoreSchema),
  verified: z.object({ windows: z.int(), largestDifference: z.number(), tolerance: z.number() }),
});
export type Card = z.infer<typeof CardSchema>;

/** @throws HindcastError `file-unreadable` */
export function parseCard(text: string): Card {
  try {
    return CardSchema.parse(JSON.parse(text));
  } catch (cause) {
    const message = `${CARD_FILE} is no card of an exported model; give the folder of \`hindcast export RUN --format tfjs\`, whole.`;
    throw new HindcastError('file-unreadable', message, { cause });
  }
}

// What the cards of all exported models say alike: what the run was trained on, its files, its scores, and the check at export.
import { z } from 'zod';
import { RecordedExperimentSchema } from '../../contract/experiment/recorded-experiment.ts';
import { TrainedOnSchema } from '../../contract/runs/export.ts';
import { ScoreSchema } from '../../contract/runs/run.ts';

export const CardFileSchema = z.object({ bytes: z.int(), sha256: z.string() });

/** The check at export against the run's own answers; `measure` says in words what the difference is. */
export const CardCheckSchema = z.object({
  largestDifference: z.number(),
  tolerance: z.number(),
  measure: z.string(),
});

export const CardBaseSchema = z.object({
  format: z.literal('hindcast-model'),
  name: z.string(),
  description: z.string(),
  experiment: RecordedExperimentSchema,
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
  /** Of weights.bin, to know a damaged one. */
  weights: CardFileSchema,
  scores: z.array(ScoreSchema),
});

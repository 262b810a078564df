// What screens show of a model that estimates a number: its result on a part, and its samples.
import { z } from 'zod';
import { reads } from '../api/api-base.ts';
import { PartRequestSchema, ScoredPartSchema } from '../api/part-request.ts';
import { FloatSchema } from '../values/float.ts';

const EstimatedSampleSchema = z.object({
  /** Row in the dataset, from 0. */
  sample: z.int(),
  name: z.string(),
  group: z.string(),
  /** The beginning of the input. */
  text: z.string(),
  truth: FloatSchema,
  said: FloatSchema,
});
export type EstimatedSample = z.infer<typeof EstimatedSampleSchema>;

const EstimateResultSchema = z.object({
  part: ScoredPartSchema,
  /** How the model compares with the best baseline, in a sentence; empty without scores. */
  verdict: z.string(),
  /** The name of the number. */
  value: z.string(),
  count: z.int(),
  /** In the order of the experiment's metrics; the middle 95 % of bootstrap replicates, by group where there are groups. */
  scores: z.array(z.object({ metric: z.string(), value: FloatSchema, low: FloatSchema, high: FloatSchema })),
  /** Truth and estimate of some samples, evenly chosen by their truth. */
  points: z.array(z.object({ truth: FloatSchema, said: FloatSchema })),
  /** The largest errors first. */
  samples: z.array(EstimatedSampleSchema),
});
export type EstimateResult = z.infer<typeof EstimateResultSchema>;

export const estimation = {
  result: reads.input(PartRequestSchema).output(EstimateResultSchema),
};

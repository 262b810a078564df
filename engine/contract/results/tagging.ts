// What screens show of a model that gives samples labels: its result on a part, and its samples.
import { z } from 'zod';
import { reads } from '../api/api-base.ts';
import { PartRequestSchema, ScoredPartSchema } from '../api/part-request.ts';
import { FloatSchema } from '../values/float.ts';

const TaggedSampleSchema = z.object({
  /** Row in the dataset, from 0. */
  sample: z.int(),
  name: z.string(),
  group: z.string(),
  /** The beginning of the input. */
  text: z.string(),
  /** Indices of labels. */
  truth: z.array(z.int()),
  said: z.array(z.int()),
  /** Mean over the labels of -ln of the probability of what is true. */
  loss: FloatSchema,
});
export type TaggedSample = z.infer<typeof TaggedSampleSchema>;

/** Samples of a label that is said rightly, said wrongly, or missed. */
export const TagChoiceSchema = z.object({
  label: z.int().min(0),
  of: z.enum(['hits', 'false-alarms', 'missed']),
});
export type TagChoice = z.infer<typeof TagChoiceSchema>;

const TagResultSchema = z.object({
  part: ScoredPartSchema,
  /** How the model compares with the best baseline, in a sentence; empty without scores. */
  verdict: z.string(),
  labels: z.array(z.string()),
  count: z.int(),
  /** In the order of the labels. */
  figures: z.array(
    z.object({
      threshold: FloatSchema,
      samples: z.int(),
      hits: z.int(),
      falseAlarms: z.int(),
      precision: FloatSchema,
      recall: FloatSchema,
      f1: FloatSchema,
      auc: FloatSchema,
      averagePrecision: FloatSchema,
    }),
  ),
  /** In the order of the experiment's metrics; the middle 95 % of bootstrap replicates, by group where there are groups. */
  scores: z.array(z.object({ metric: z.string(), value: FloatSchema, low: FloatSchema, high: FloatSchema })),
  /** Of all labels together: by the probability that is stated. */
  reliability: z.array(z.object({ samples: z.int(), stated: FloatSchema, right: FloatSchema })),
  /** The most wrong first; where some of a label were asked for, these. */
  samples: z.array(TaggedSampleSchema),
});
export type TagResult = z.infer<typeof TagResultSchema>;

export const tagging = {
  result: reads
    .input(PartRequestSchema.extend({ choice: TagChoiceSchema.optional() }))
    .output(TagResultSchema),
};

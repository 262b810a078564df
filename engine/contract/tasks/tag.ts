// The task `tag`: says of a sample which of many labels it has, each by itself: any number of them.
import { z } from 'zod';
import { MetricNameSchema } from '../runs/metrics.ts';
import { onlyOf } from './only-of.ts';
import { InputColumnSchema, READING_FIELDS } from './reading.ts';

const KIND = 'tag';

export const TagTaskSchema = z.strictObject({
  kind: z.literal(KIND),
  input: InputColumnSchema,
  /** The column of the labels. */
  labels: z.string().min(1),
  ...READING_FIELDS,
  /** What early stopping and the kept weights go by, on validation. */
  bestBy: z.enum(['loss', 'micro-f1', 'macro-f1-of-labels']).default('loss'),
  /** `thresholds`: a label is said from that probability on which gives its best F1 on validation; `half`: from 0.5 on. */
  decision: z.enum(['thresholds', 'half']).default('thresholds'),
  /** Of each label by itself, and the mean over all. */
  loss: z.literal('cross-entropy').default('cross-entropy'),
  metrics: z
    .array(MetricNameSchema)
    .min(1)
    .default([
      'micro-f1',
      'macro-f1-of-labels',
      'exact-labels',
      'hamming-loss',
      'auc-of-labels',
      'mean-average-precision',
      'log-loss-of-labels',
    ]),
});
export type TagTask = z.infer<typeof TagTaskSchema>;

/** @throws HindcastError `conflict` where the task is of another kind, and what was asked for is about labels of samples. */
export const asTagTask = onlyOf<TagTask>(KIND, 'run that gives samples labels');

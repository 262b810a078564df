// The task `tag`: says of a sample which of many labels it has, each by itself: any number of them.
import { z } from 'zod';
import { MetricNameSchema } from '../metrics.ts';
import { ClassifyTaskSchema } from './classify.ts';
import { onlyOf } from './only-of.ts';

const KIND = 'tag';
const { input, tokens, sound, augment, patches, mostSteps, embedding, readout } = ClassifyTaskSchema.shape;

export const TagTaskSchema = z.strictObject({
  kind: z.literal(KIND),
  input,
  /** The column of the labels. */
  labels: z.string().min(1),
  tokens,
  sound,
  augment,
  patches,
  mostSteps,
  embedding,
  readout,
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

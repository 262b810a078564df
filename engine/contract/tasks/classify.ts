// The task `classify`: says of a sample which of several classes it belongs to.
import { z } from 'zod';
import { MetricNameSchema } from '../runs/metrics.ts';
import { PositiveInt } from '../values/fields.ts';
import { onlyOf } from './only-of.ts';
import { InputColumnSchema, READING_FIELDS } from './reading.ts';

const KIND = 'classify';

/** Samples that are windows of series. */
const ClassifyWindowSchema = z.strictObject({
  /** Columns that are read; of categories each word is a channel. */
  columns: z.array(z.string().min(1)).min(1),
  /** Rows of a window. */
  lookback: PositiveInt.max(10_000).default(30),
  /** Rows from its last one to the answer. */
  ahead: PositiveInt.max(10_000).default(1),
  /** Numbers count as differences from the last row of their window, so that the level of a price does not matter. */
  relative: z.boolean().default(false),
});
export type ClassifyWindow = z.infer<typeof ClassifyWindowSchema>;

export const ClassifyTaskSchema = z.strictObject({
  kind: z.literal(KIND),
  input: InputColumnSchema,
  /** The column of the classes. */
  label: z.string().min(1),
  /**
   * Of series: samples are windows of their rows, and the class is what `label` is after them: its word, or for numbers whether it goes up
   * or down. Absent: the dataset has samples of its own.
   */
  window: ClassifyWindowSchema.optional(),
  ...READING_FIELDS,
  /** `balanced`: a class counts in the loss as much as any other, however rare it is. */
  classWeights: z.enum(['none', 'balanced']).default('none'),
  /** Share of the truth that is spread over all classes. */
  labelSmoothing: z.number().min(0).lt(1).default(0),
  /** What early stopping and the kept weights go by, on validation. */
  bestBy: z.enum(['loss', 'accuracy', 'balanced-accuracy', 'macro-f1']).default('loss'),
  /** `threshold`: of two classes the rarer is said from that probability on which gives the best macro-F1 on validation. */
  decision: z.enum(['most-probable', 'threshold']).default('most-probable'),
  loss: z.literal('cross-entropy').default('cross-entropy'),
  metrics: z
    .array(MetricNameSchema)
    .min(1)
    .default([
      'accuracy',
      'balanced-accuracy',
      'macro-f1',
      'roc-auc',
      'average-precision',
      'log-loss',
      'brier',
      'ece',
    ]),
});
export type ClassifyTask = z.infer<typeof ClassifyTaskSchema>;

/** @throws HindcastError `conflict` where the task is of another kind, and what was asked for is about classes. */
export const asClassifyTask = onlyOf<ClassifyTask>(KIND, 'run that classifies');

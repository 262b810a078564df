// The task `estimate`: says a number of a sample: the price of what a text describes, the heart rate behind a signal.
import { z } from 'zod';
import { MetricNameSchema } from '../runs/metrics.ts';
import { onlyOf } from './only-of.ts';
import { InputColumnSchema, READING_FIELDS } from './reading.ts';

const KIND = 'estimate';

export const EstimateTaskSchema = z.strictObject({
  kind: z.literal(KIND),
  input: InputColumnSchema,
  /** The column of the numbers. */
  value: z.string().min(1),
  ...READING_FIELDS,
  /** Of numbers scaled by mean and deviation of the training part. */
  loss: z.enum(['mse', 'mae', 'huber']).default('mse'),
  metrics: z.array(MetricNameSchema).min(1).default(['mae', 'rmse', 'r2']),
});
export type EstimateTask = z.infer<typeof EstimateTaskSchema>;

/** @throws HindcastError `conflict` where the task is of another kind, and what was asked for is about numbers of samples. */
export const asEstimateTask = onlyOf<EstimateTask>(KIND, 'run that estimates a number');

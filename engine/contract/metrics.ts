// Names of the metrics that scores are given in.
import { z } from 'zod';

export const MetricNameSchema = z.enum(['mae', 'mse', 'rmse']);
export type MetricName = z.infer<typeof MetricNameSchema>;

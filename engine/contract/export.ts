// The formats of an export: tables, a model for TensorFlow.js, a page to read and print.
import { z } from 'zod';
import { ImportOptionsSchema } from './dataset.ts';

export const ExportFormatSchema = z.enum(['csv', 'tfjs', 'report']);
export type ExportFormat = z.infer<typeof ExportFormatSchema>;

/** Properties of the training data that new data must share. */
export const TrainedOnSchema = z.object({
  dataset: z.string(),
  /** How a file of such data is read. */
  reading: ImportOptionsSchema,
  series: z.array(z.object({ name: z.string(), frequency: z.string() })),
});
export type TrainedOn = z.infer<typeof TrainedOnSchema>;

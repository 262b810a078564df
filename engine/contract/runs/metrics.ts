// Metrics: their names in experiments, and what a screen needs to know to show a score.
import { z } from 'zod';

/** Any name; the registry in engine/evaluation/metrics knows which ones exist. */
export const MetricNameSchema = z.string().min(1);

export const MetricInfoSchema = z.object({
  name: z.string(),
  /** `MAE` */
  label: z.string(),
  /** One sentence: what it measures. */
  meaning: z.string(),
  /** How it is computed, and who defined it. */
  definition: z.string(),
  /** Which of two values is the better one; `zero`: the nearer to 0, which decides no comparison; `neither`: it says nothing of that. */
  better: z.enum(['lower', 'higher', 'zero', 'neither']),
  /** Of a value: the unit of the scored cells, its square, or none. */
  unit: z.enum(['target', 'squared', 'none']),
  /** What it scores: probabilities of classes, of labels, or of the next token of a text, texts written for others, or frames of videos. Absent: numbers. */
  answers: z.enum(['values', 'classes', 'labels', 'tokens', 'pairs', 'frames']).optional(),
  /** It scores quantiles beside the values, which a task without intervals does not forecast. */
  needsQuantiles: z.boolean().optional(),
  /** How a value is written: as a number of the data, or as a share in per cent. */
  format: z.enum(['number', 'percent']),
});
export type MetricInfo = z.infer<typeof MetricInfoSchema>;

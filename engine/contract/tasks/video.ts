// The task `video`: says the next frames of a video from those before.
import { z } from 'zod';
import { MetricNameSchema } from '../runs/metrics.ts';
import { PositiveInt } from '../values/fields.ts';
import { onlyOf } from './only-of.ts';

const KIND = 'video';

export const VideoTaskSchema = z.strictObject({
  kind: z.literal(KIND),
  /** The column of videos. */
  input: z.string().min(1),
  /** Frames that are read, and frames after them that are said. */
  given: PositiveInt.max(500).default(10),
  ahead: PositiveInt.max(500).default(10),
  /** Frames from one beginning in a video to the next. */
  stride: PositiveInt.max(1_000).default(1),
  /** Each frame becomes a vector of this length before the body reads it. */
  embedding: PositiveInt.max(4_096).default(128),
  /** Frames count as changes from the last one that is read: for videos most of which stays as it is. */
  relative: z.boolean().default(false),
  loss: z.literal('mse').default('mse'),
  metrics: z.array(MetricNameSchema).min(1).default(['frame-mse', 'psnr', 'ssim']),
});
export type VideoTask = z.infer<typeof VideoTaskSchema>;

/** @throws HindcastError `conflict` where the task is of another kind, and what was asked for is about videos. */
export const asVideoTask = onlyOf<VideoTask>(KIND, 'run that says the next frames of videos');

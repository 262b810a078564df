// The task `video`: says the next frames of a video from those before.
import { z } from 'zod';
import { HindcastError } from '../errors.ts';
import { PositiveInt } from '../fields.ts';
import { MetricNameSchema } from '../metrics.ts';
import type { Task } from './task.ts';

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

const isVideoTask = (task: Task): task is VideoTask => task.kind === KIND;

/** @throws HindcastError `conflict` where the task is of another kind, and what was asked for is about videos. */
export function asVideoTask(task: Task): VideoTask {
  if (isVideoTask(task)) return task;
  const message = `Only a run that says the next frames of videos can do this, but the task of this one is "${task.kind}"; choose another run.`;
  throw new HindcastError('conflict', message, { details: { task: task.kind } });
}

// What a forecaster of frames says of a few validation windows after an epoch of its training.
import { z } from 'zod';
import { FloatSchema } from '../values/float.ts';

/** [windows][steps] PSNR, in decibels. */
const ClosenessSchema = z.array(z.array(FloatSchema).readonly()).readonly();

export const FramesFormSchema = z.object({
  width: z.int(),
  height: z.int(),
  channels: z.int(),
  /** Which of the frames ahead are kept, from 1. */
  steps: z.array(z.int()).readonly(),
  /** The name of the video, and the first frame that is read, from 0. */
  windows: z.array(z.object({ name: z.string(), from: z.int() })).readonly(),
  /** Of the last frame that is read, taken for those ahead. */
  copyPsnr: ClosenessSchema,
});
export type FramesForm = z.infer<typeof FramesFormSchema>;

export const FramesPsnrSchema = ClosenessSchema;

/** Bytes of a frame are [height, width, channels]. */
export interface SampledFrames {
  /** The same after every epoch. */
  readonly form: FramesForm;
  /** [windows, 1 + steps] frames: the last one that is read, then the true ones. */
  readonly truth: Uint8Array;
  /** [windows, steps] frames. */
  readonly said: Uint8Array;
  readonly psnr: z.infer<typeof ClosenessSchema>;
}

// The frames that a model says of the videos of a part, as a frame of numbers: a row is a frame of a video.
import { z } from 'zod';
import { column, defineFrame, type FrameOf } from '../values/frame.ts';

export const VideoFrame = defineFrame('runs.video', {
  header: z.object({
    part: z.enum(['test', 'validation']),
    width: z.int(),
    height: z.int(),
    channels: z.int(),
    given: z.int(),
    ahead: z.int(),
    /** [windows] names of the videos. */
    names: z.array(z.string()).readonly(),
    /** Indices of the numbers of a frame, [height, width, channels]. */
    cells: z.array(z.int()).readonly(),
  }),
  columns: {
    /** Of each row: its window, row of the video in the dataset, the first frame that the window reads, and the step ahead from 1. */
    window: column('i32'),
    sample: column('i32'),
    from: column('i32'),
    step: column('i32'),
    mse: column('f64'),
    psnr: column('f64'),
    ssim: column('f64'),
    forecast: column('u8', 'cells'),
  },
});
export type VideoFrame = FrameOf<typeof VideoFrame>;

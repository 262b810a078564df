// What screens and terminal ask of a run that says the next frames of videos.
import { z } from 'zod';
import { BlobSchema, reads } from '../api/api-base.ts';
import { PartRequestSchema, ScoredPartSchema } from '../api/part-request.ts';
import { ImportSourceSchema } from '../datasets/dataset.ts';
import { FramesFormSchema, FramesPsnrSchema } from '../tasks/sampled-frames.ts';
import { FloatSchema } from '../values/float.ts';
import { RunReferenceSchema } from '../values/ids.ts';

const FigureSchema = z.object({ mse: FloatSchema, psnr: FloatSchema, ssim: FloatSchema });
export type FrameFigures = z.infer<typeof FigureSchema>;

export const VideoResultSchema = z.object({
  part: ScoredPartSchema,
  /** How the model compares with the best baseline, in a sentence; empty without scores. */
  verdict: z.string(),
  given: z.int(),
  ahead: z.int(),
  /** [steps ahead] means over the windows, of the model and of each baseline. */
  steps: z.array(z.object({ subject: z.string(), figures: z.array(FigureSchema) })),
  /** The worst forecasts first. */
  windows: z.array(
    z.object({
      window: z.int(),
      /** Row of the video in its dataset, from 0, and the first frame that is read, from 0. */
      sample: z.int(),
      from: z.int(),
      name: z.string(),
      /** Over all frames: of the model, and of the copy of the last frame. */
      mse: FloatSchema,
      copyMse: FloatSchema,
    }),
  ),
});
export type VideoResult = z.infer<typeof VideoResultSchema>;

/** Bytes [frames, height, width, channels]. */
const VideoWindowSchema = z.object({
  width: z.int(),
  height: z.int(),
  channels: z.int(),
  given: z.int(),
  /** All frames of the window, those that are read first; the others have the frames ahead alone. */
  truth: BlobSchema,
  forecast: BlobSchema,
  copy: BlobSchema,
});
export type VideoWindow = z.infer<typeof VideoWindowSchema>;

/** Frames of a few validation windows, after the epochs that are kept. Bytes are [frames, height, width, channels]. */
const FramesLearnedSchema = z.object({
  form: FramesFormSchema,
  /** [windows, 1 + steps] frames: the last one that is read, then the true ones. */
  truth: BlobSchema,
  /** In order; `said` has [windows, steps] frames. */
  epochs: z.array(z.object({ epoch: z.int(), psnr: FramesPsnrSchema, said: BlobSchema })),
});
export type FramesLearned = z.infer<typeof FramesLearnedSchema>;

export const video = {
  /** Figures by step, and the windows of a part. */
  result: reads.input(PartRequestSchema).output(VideoResultSchema),
  /** True, forecast and copied frames of a window, by its number in the part. */
  window: reads
    .input(
      z.object({ run: RunReferenceSchema, part: ScoredPartSchema.default('test'), window: z.int().min(0) }),
    )
    .output(VideoWindowSchema),
  /** What a run said of a few validation windows while it trained; null where none was kept. */
  learned: reads.input(z.object({ run: RunReferenceSchema })).output(FramesLearnedSchema.nullable()),
  /** The frames after the last ones of new videos, of a file or folder; nothing of them is kept. */
  predict: reads.input(z.object({ run: RunReferenceSchema, input: ImportSourceSchema })).output(
    z.object({
      width: z.int(),
      height: z.int(),
      channels: z.int(),
      ahead: z.int(),
      /** Bytes [ahead, height, width, channels]. */
      videos: z.array(z.object({ name: z.string(), frames: BlobSchema })),
      notes: z.array(z.string()),
    }),
  ),
};

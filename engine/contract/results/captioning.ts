// What screens and terminal ask of a run that writes captions.
import { z } from 'zod';
import { reads } from '../api/api-base.ts';
import { PickedPartRequestSchema, ScoredPartSchema } from '../api/part-request.ts';
import { MOST_BEAM } from '../tasks/translate.ts';
import { FloatSchema } from '../values/float.ts';
import { RunReferenceSchema } from '../values/ids.ts';
import { MOST_WAVE_CHARACTERS } from './classify-result.ts';

const WrittenCaptionSchema = z.object({
  /** Row of the image in its dataset, from 0. */
  sample: z.int(),
  name: z.string(),
  references: z.array(z.string()),
  written: z.string(),
  /** The caption of the training image with the nearest pixels. */
  nearest: z.string(),
  edits: z.int(),
});
export type WrittenCaption = z.infer<typeof WrittenCaptionSchema>;

export const CaptionResultSchema = z.object({
  part: ScoredPartSchema,
  /** How the model compares with the best baseline, in a sentence; empty without scores. */
  verdict: z.string(),
  count: z.int(),
  /** As they were picked. */
  captions: z.array(WrittenCaptionSchema),
});
export type CaptionResult = z.infer<typeof CaptionResultSchema>;

const CaptionSchema = z.object({
  text: z.string(),
  /** All texts that were pursued, the best first. */
  alternatives: z.array(z.object({ text: z.string(), probability: FloatSchema })),
});
export type Caption = z.infer<typeof CaptionSchema>;

export const captioning = {
  result: reads.input(PickedPartRequestSchema).output(CaptionResultSchema),
  /** What the model writes for a PNG, JPEG or GIF file, in base64. */
  write: reads
    .input(
      z.object({
        run: RunReferenceSchema,
        picture: z.base64().max(MOST_WAVE_CHARACTERS),
        beam: z.int().positive().max(MOST_BEAM).optional(),
      }),
    )
    .output(CaptionSchema),
};

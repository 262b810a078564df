// The task `caption`: writes a text for an image.
import { z } from 'zod';
import { PatchesSchema } from '../experiment/patches.ts';
import { MetricNameSchema } from '../runs/metrics.ts';
import { PositiveInt } from '../values/fields.ts';
import { onlyOf } from './only-of.ts';
import { TranslateTaskSchema } from './translate.ts';

const KIND = 'caption';

const MOST_NEIGHBOURS = 8;

const { input, target, targetTokens, embedding, bidirectional, attentionScores, beam, lengthPenalty, loss } =
  TranslateTaskSchema.shape;

export const CaptionTaskSchema = z.strictObject({
  kind: z.literal(KIND),
  /** The column of images, and the column of texts that are written. */
  input,
  target,
  /** How images are read: patches, row by row. */
  patches: PatchesSchema.default(PatchesSchema.parse({})),
  /** Training images with the nearest pixels whose captions are read beside the image. */
  neighbours: z.int().min(0).max(MOST_NEIGHBOURS).default(0),
  /**
   * Above 0, the text that is expected to be most alike the right one is written: of those that were pursued and the captions of the neighbours,
   * which together count that much. 0: the most probable text that was pursued.
   */
  neighbourShare: z.number().min(0).max(1).default(0),
  targetTokens,
  /** Images whose texts have more tokens are left out; no longer text is written. */
  mostSteps: PositiveInt.max(2_048).default(60),
  /** Of a token, and of a patch. */
  embedding,
  bidirectional,
  attentionScores,
  beam,
  lengthPenalty,
  loss,
  metrics: z
    .array(MetricNameSchema)
    .min(1)
    .default(['chrf', 'exact-match', 'edit-rate', 'bleu', 'token-accuracy']),
});
export type CaptionTask = z.infer<typeof CaptionTaskSchema>;

/** @throws HindcastError `conflict` where the task is of another kind, and what was asked for is about captions. */
export const asCaptionTask = onlyOf<CaptionTask>(KIND, 'run that writes captions');

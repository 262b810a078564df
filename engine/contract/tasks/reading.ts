// The fields by which tasks that say something of each sample read it: the same of all of them.
import { z } from 'zod';
import { AugmentSchema } from '../experiment/augment.ts';
import { PatchesSchema } from '../experiment/patches.ts';
import { SoundSchema } from '../experiment/sound.ts';
import { TokensSchema } from '../experiment/tokens.ts';
import { PositiveInt } from '../values/fields.ts';

/** The column that the model reads. */
export const InputColumnSchema = z.string().min(1);

export const READING_FIELDS = {
  /** How texts become tokens; the vocabulary is made of the training part. */
  tokens: TokensSchema.default(TokensSchema.parse({})),
  /** How recordings become features. */
  sound: SoundSchema.default(SoundSchema.parse({})),
  /** How images are read; videos are read frame by frame. */
  patches: PatchesSchema.default(PatchesSchema.parse({})),
  augment: AugmentSchema.default(AugmentSchema.parse({})),
  /** Longer samples are cut: of each the first tokens are read. */
  mostSteps: PositiveInt.max(16_384).default(200),
  /** Length of a token's vector; attention takes its own width. */
  embedding: PositiveInt.max(1_024).default(32),
  /** What the answer is made of: the last state, the mean or the largest of all, or a mean with learned weights; `flatten`: all side by side, of samples of one length. */
  readout: z.enum(['last', 'mean', 'max', 'attention', 'flatten']).default('max'),
};

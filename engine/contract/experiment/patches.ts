// How an image becomes a sequence: square patches, row by row. With steps shorter than their side, the patches overlap, and a dense layer over
// them is a convolution.
import { z } from 'zod';
import { PositiveInt } from '../values/fields.ts';

export const PatchesSchema = z.strictObject({
  /** Pixels of a side. */
  side: PositiveInt.max(256).default(8),
  /** Pixels from one to the next, in both directions. */
  step: PositiveInt.max(256).default(4),
});
export type Patches = z.infer<typeof PatchesSchema>;

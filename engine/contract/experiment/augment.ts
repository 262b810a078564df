// How samples are changed while a classifier trains, in another way in every epoch; validation and test read them as they are.
import { z } from 'zod';

export const AugmentSchema = z.strictObject({
  /** Share of a text's tokens that are read as unknown, so that the model does not lean on single ones. */
  unknownTokens: z.number().min(0).max(0.9).default(0),
  /** Of DNA and RNA every second sample, by chance, is read as its reverse complement: the other strand. */
  bothStrands: z.boolean().default(false),
  /** Of recordings and series: the longest run of bands or channels that is blank (SpecAugment of Park and others 2019). */
  maskedBands: z.int().min(0).max(200).default(0),
  /** The same of steps. */
  maskedSteps: z.int().min(0).max(1_000).default(0),
  /** Of recordings: the most bands by which they sound higher or lower, as other voices do. */
  shiftedBands: z.int().min(0).max(200).default(0),
  /** The most steps by which they begin earlier or later. */
  shiftedSteps: z.int().min(0).max(1_000).default(0),
});
export type Augment = z.infer<typeof AugmentSchema>;

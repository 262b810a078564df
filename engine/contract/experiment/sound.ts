// How a recording becomes features: what a model reads of it at each step.
import { z } from 'zod';
import { PositiveInt } from '../values/fields.ts';

export const SoundSchema = z
  .strictObject({
    /** `log-mel`: how loud each band of the mel scale is, in decibels. `mfcc`: the first coefficients of its cosine transform. */
    features: z.enum(['log-mel', 'mfcc']).default('log-mel'),
    bands: PositiveInt.max(256).default(40),
    /** Of `mfcc`. */
    coefficients: PositiveInt.max(256).default(20),
    /** Length of a step, and distance from one to the next. */
    windowMs: z.number().min(2).max(1_000).default(25),
    hopMs: z.number().min(1).max(1_000).default(10),
    scale: z.enum(['slaney', 'htk']).default('slaney'),
    /** Samples a second that every recording is brought to; null: the rate that most training recordings have. */
    rate: z.int().min(1_000).max(384_000).nullable().default(null),
    /** Subtracts the mean of each recording: a loud or dull microphone counts less. */
    subtractMean: z.boolean().default(true),
  })
  .refine(({ features, bands, coefficients }) => features !== 'mfcc' || coefficients <= bands, {
    path: ['coefficients'],
    message: 'the coefficients come from the bands, so there are no more of them than bands',
  });
export type Sound = z.infer<typeof SoundSchema>;

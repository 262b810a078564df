// Questions about what a run says of its test or validation part, as every task of samples takes them.
import { z } from 'zod';
import { RunReferenceSchema } from '../values/ids.ts';

export const ScoredPartSchema = z.enum(['test', 'validation']);

/** Which samples are answered: those with the most errors first, or some evenly taken from the part, which are the same of every run on it. */
export const SamplePickSchema = z.enum(['worst', 'evenly']);
export type SamplePick = z.infer<typeof SamplePickSchema>;

/** `most`: samples that are answered. */
export const PartRequestSchema = z.object({
  run: RunReferenceSchema,
  part: ScoredPartSchema.default('test'),
  most: z.int().positive().max(1_000).default(100),
});

export const PickedPartRequestSchema = PartRequestSchema.extend({ pick: SamplePickSchema.default('worst') });

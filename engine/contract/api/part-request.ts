// Questions about what a run says of its test or validation part, as every task of samples takes them.
import { z } from 'zod';
import { RunReferenceSchema } from '../values/ids.ts';

export const ScoredPartSchema = z.enum(['test', 'validation']);

/** `most`: samples that are answered. */
export const PartRequestSchema = z.object({
  run: RunReferenceSchema,
  part: ScoredPartSchema.default('test'),
  most: z.int().positive().max(1_000).default(100),
});

// What a run learned of its data (vocabulary, scales, classes), as it is kept beside its weights.
import type { z } from 'zod';
import { HindcastError } from '../contract/values/errors.ts';

/** @param what names the data in the sentence: `texts`. @throws HindcastError `invalid-input` where it does not fit the schema */
export function readFitted<T>(schema: z.ZodType<T>, fitted: unknown, what: string): T {
  const found = schema.safeParse(fitted);
  if (found.success) return found.data;
  throw unreadableFitted(what);
}

export const unreadableFitted = (what: string, cause?: unknown): HindcastError =>
  new HindcastError(
    'invalid-input',
    `What this run learned of its ${what} cannot be read; train the run again.`,
    cause === undefined ? {} : { cause },
  );

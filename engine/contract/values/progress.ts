// How far a call is that answers once. Its client gives it a name, `watch`, and asks for that name while it waits.
import { z } from 'zod';

export const WatchSchema = z.string().min(1).max(64);

export const CallProgressSchema = z.object({
  done: z.int(),
  total: z.int(),
  /** Of the work, 0 to 1: what is done last may take longer than what is done first. */
  fraction: z.number(),
  /** Null: too early to say. */
  secondsLeft: z.number().nullable(),
});
export type CallProgress = z.infer<typeof CallProgressSchema>;

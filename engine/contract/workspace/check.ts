// What the check of a workspace, and its repair, answer.
import { z } from 'zod';

export const CheckResultSchema = z.object({
  healthy: z.boolean(),
  /** One sentence for each damage that was found. */
  findings: z.array(z.string()),
  /** What `workspace.repair` would do about it, one sentence each. */
  repairs: z.array(z.string()),
  seconds: z.number(),
});
export type CheckResult = z.infer<typeof CheckResultSchema>;

export const CheckUpdateSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('progress'),
    /** What is being read, in a word. */
    phase: z.string(),
    /** 0 to 1. */
    fraction: z.number(),
    secondsLeft: z.number().nullable(),
    /** So far. */
    findings: z.int(),
  }),
  CheckResultSchema.extend({ type: z.literal('done') }),
]);
export type CheckUpdate = z.infer<typeof CheckUpdateSchema>;

export const RepairResultSchema = z.object({
  /** The workspace as it was before; null where nothing could be repaired. */
  kept: z.string().nullable(),
  done: z.array(z.string()),
  failed: z.array(z.string()),
});
export type RepairResult = z.infer<typeof RepairResultSchema>;

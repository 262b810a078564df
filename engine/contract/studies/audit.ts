// A leak audit: whether a forecast changes when everything after its origin is replaced by noise.
import { z } from 'zod';

export const AuditSchema = z.object({
  runId: z.int().positive(),
  /** Origins of the test part that were looked at. */
  origins: z.int(),
  /** Of those that changed. */
  leaks: z.array(
    z.object({
      series: z.string(),
      /** Microseconds UTC. */
      originUs: z.number(),
      /** What changed: the fitted pipeline, the inputs of the model, or its forecast. */
      what: z.array(z.enum(['pipeline', 'inputs', 'forecast'])),
      /** Input columns that changed. */
      columns: z.array(z.string()),
    }),
  ),
  words: z.string(),
});
export type Audit = z.infer<typeof AuditSchema>;

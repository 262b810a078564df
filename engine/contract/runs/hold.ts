// When a run is held: it pauses at the end of an epoch, without scores, until its study resumes it. The rule belongs to the job that is
// queued, not to the experiment: schedules of the learning rate depend on the experiment's epochs, so that a run that was held equals one
// that never was.
import { z } from 'zod';
import { PositiveInt } from '../values/fields.ts';

export const HoldRuleSchema = z.strictObject({
  /** Held at the end of this epoch. */
  afterEpoch: PositiveInt.optional(),
  /** By epoch: held where the best validation loss so far is above it. Null: no limit; neither is there one after the last. */
  limits: z.array(z.number().nullable()).optional(),
});
export type HoldRule = z.infer<typeof HoldRuleSchema>;

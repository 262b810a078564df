// A training as the pool carries it: plain JSON, checked by the worker before it does anything.
import { z } from 'zod';
import { ExperimentSchema } from '../experiment/experiment.ts';
import { HoldRuleSchema } from '../runs/hold.ts';
import { ManifestSchema, PieceSchema } from './manifest.ts';

export const PoolJobSchema = z.object({
  experiment: ExperimentSchema,
  hold: HoldRuleSchema.nullable(),
  manifest: ManifestSchema,
  /** The checkpoint that the first attempt resumes from, in pieces; null: from the start. */
  checkpoint: z.array(PieceSchema).nullable(),
});
export type PoolJob = z.infer<typeof PoolJobSchema>;

/** Encoding of the pieces of a checkpoint. */
export const CHECKPOINT_ENCODING = 'checkpoint';

// A sweep as screens and tables show it: its trials with their values and results, what it has used of its budget, and which fields matter.
import { z } from 'zod';
import { RunStateSchema } from '../runs/run.ts';
import { PositiveInt } from '../values/fields.ts';
import { FloatSchema } from '../values/float.ts';
import { RunIdSchema } from '../values/ids.ts';
import { SpaceSchema, ValuesSchema } from './search.ts';

export const SweepTrialSchema = z.object({
  /** Its position in the study. */
  trial: PositiveInt,
  /** The trial that it repeats with another seed; null: it is one itself. */
  repeats: PositiveInt.nullable(),
  seed: z.int(),
  /** Without the fields that its kinds of model, optimizer and so on do not have. */
  values: ValuesSchema,
  /** Null: it was deleted. */
  run: RunIdSchema.nullable(),
  state: RunStateSchema.nullable(),
  epoch: z.int(),
  totalEpochs: z.int(),
  /** The best value of the objective so far, as the metric has it; null without one. */
  result: FloatSchema.nullable(),
  /** Points of the best value so far: epoch and value, one after the other. */
  curve: z.array(FloatSchema),
});
export type SweepTrial = z.infer<typeof SweepTrialSchema>;

/** What a number is and what may be used of it; null: without limit. */
const UseSchema = z.object({ used: z.number(), most: z.number().nullable() });

export const SweepViewSchema = z.object({
  space: SpaceSchema,
  method: z.string(),
  stopper: z.string(),
  objective: z.string(),
  /** Greater values of the objective are better. */
  higherIsBetter: z.boolean(),
  /** Epochs at which trials are held, as far as there are any. */
  rungs: z.array(PositiveInt),
  budget: z.object({ runs: UseSchema, epochs: UseSchema, minutes: UseSchema }),
  /** In their order in the study. */
  trials: z.array(SweepTrialSchema),
  /** The best one, by its position; null without a result. */
  best: PositiveInt.nullable(),
  /** By PED-ANOVA, the most important first: shares whose sum is 1. Empty while there are too few results. */
  importance: z.array(z.object({ path: z.string(), share: z.number(), trials: z.int() })),
  /** Null while it is not known; 0 at the end. */
  secondsLeft: z.number().nullable(),
});
export type SweepView = z.infer<typeof SweepViewSchema>;

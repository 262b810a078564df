// What a sweep is to do, and what is refused of it.
import { z } from 'zod';
import { SpaceSchema } from '../contract/studies/search.ts';
import { METHODS } from '../search/methods/registry.ts';
import { STOPPERS } from '../search/stoppers/registry.ts';

/** Each suggestion reads all trials before it. */
const MOST_TRIALS = 500;
const MOST_BATCH = 64;

type KindOptions = z.ZodObject<{ kind: z.ZodLiteral<string> }>;

/** The options of whichever kind is named. */
function optionsOf(registry: ReadonlyMap<string, { readonly options: z.ZodType }>) {
  // The registry forgets that the options of every kind are an object with its kind.
  const options = [...registry.values()].map((one) => one.options as unknown as KindOptions);
  return z.discriminatedUnion('kind', options as [KindOptions, ...KindOptions[]]);
}

/**
 * Once one of them is used up no trial starts, and none that is held is resumed but the best one; those that train come to their end. Repeats
 * with other seeds come after it.
 */
const BudgetSchema = z.strictObject({
  runs: z.int().min(1).max(MOST_TRIALS).default(20),
  /** Of all trials together. */
  epochs: z.int().min(1).optional(),
  /** In training, of all trials together. */
  minutes: z.number().positive().optional(),
});

export const SweepPlanSchema = z.strictObject({
  kind: z.literal('sweep'),
  space: SpaceSchema,
  method: optionsOf(METHODS).prefault({ kind: 'tpe' }),
  stopper: optionsOf(STOPPERS).prefault({ kind: 'none' }),
  budget: BudgetSchema.prefault({}),
  /** On the validation part: `loss`, or a metric of the task. */
  objective: z.string().min(1).default('loss'),
  /** Trials that are suggested together. */
  batch: z.int().min(1).max(MOST_BATCH).default(1),
  /**
   * False: a batch begins after the whole batch before has ended, so that a sweep has the same trials whatever number of runs trains at once.
   * True: the next trial begins as soon as one has ended, which is faster; what it had seen is kept.
   */
  refill: z.boolean().default(false),
  /** At the end the best trials are trained again, each with `seeds` other seeds. Absent: none. */
  repeat: z
    .strictObject({ best: z.int().min(1).max(20).default(3), seeds: z.int().min(1).max(20).default(3) })
    .optional(),
  /** Of the search; each trial trains with the experiment's seed. */
  seed: z
    .int()
    .min(0)
    .max(2 ** 32 - 1)
    .default(1),
});
export type SweepPlan = z.infer<typeof SweepPlanSchema>;

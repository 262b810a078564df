// The verdict of a duel: how configurations that were trained with the same seeds compare, and what of that is more than luck.
import { z } from 'zod';
import { FloatSchema } from '../values/float.ts';

/** Configurations of a duel. */
export const MOST_CONTENDERS = 8;
/** Matched seeds of a duel: with one, a difference may be luck. */
export const DUEL_SEEDS = { fewest: 2, most: 20 } as const;

const ContenderResultSchema = z.object({
  label: z.string(),
  /** Of the losses over all origins, by seed; the deviation is that of a sample. */
  mean: FloatSchema,
  deviation: FloatSchema.nullable(),
  /** Ahead of each other one beyond chance: the star. */
  best: z.boolean(),
});

const PairSchema = z.object({
  first: z.string(),
  second: z.string(),
  /** Mean loss of the first one less that of the second: below 0 the first is better. */
  difference: FloatSchema,
  /** 95 % of the paired bootstrap over seeds and origins. */
  low: FloatSchema,
  high: FloatSchema,
  /** Diebold-Mariano of losses averaged over the seeds; null: too few origins. */
  statistic: FloatSchema.nullable(),
  pValue: FloatSchema.nullable(),
  /** The same, raised by Holm for the number of pairs. */
  holm: FloatSchema.nullable(),
  /** `first` or `second` where that one is better beyond chance; null: no evidence of a difference. */
  better: z.enum(['first', 'second']).nullable(),
});

export const DuelVerdictSchema = z.object({
  /** What is averaged for each origin: `absolute error`. */
  loss: z.string(),
  unit: z.enum(['original', 'standardized']),
  seeds: z.array(z.int()),
  origins: z.int(),
  contenders: z.array(ContenderResultSchema),
  pairs: z.array(PairSchema),
  /** One sentence for each pair. */
  words: z.array(z.string()),
});
export type DuelVerdict = z.infer<typeof DuelVerdictSchema>;
export type DuelPair = DuelVerdict['pairs'][number];

/** Losses of one run, of origins in order of time. */
export interface OriginLosses {
  /** [origins] microseconds UTC; origins of several series at one time are one. */
  readonly times: Float64Array;
  /** [origins] means over steps, targets and series. */
  readonly losses: Float64Array;
}

/** What a verdict is made of. */
export interface JudgedDuel {
  readonly labels: readonly string[];
  /** [contenders][seeds] */
  readonly losses: readonly (readonly OriginLosses[])[];
  readonly seeds: readonly number[];
  /** Steps ahead: forecasts of origins that are nearer to each other overlap. */
  readonly horizon: number;
  readonly loss: string;
  readonly unit: DuelVerdict['unit'];
}

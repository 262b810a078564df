// What a search may change in an experiment, and how it looks: a space over dotted paths, a method, and what it was told.
import { z } from 'zod';
import { PositiveInt } from '../values/fields.ts';

const Range = { min: z.number(), max: z.number() };
const notEmpty = ({ min, max }: { readonly min: number; readonly max: number }): boolean => min < max;
const EMPTY = { path: ['max'], message: 'max must be greater than min, or the range is empty' };

/** The values that one field of the experiment may take. */
export const DimensionSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('linear'), ...Range }).refine(notEmpty, EMPTY),
  /** Even in the logarithm. */
  z
    .strictObject({ kind: z.literal('log'), min: z.number().positive(), max: z.number().positive() })
    .refine(notEmpty, EMPTY),
  /** Whole numbers from `min` in steps. */
  z
    .strictObject({ kind: z.literal('int'), min: z.int(), max: z.int(), step: PositiveInt.default(1) })
    .refine(notEmpty, EMPTY),
  /** Whole numbers, even in the logarithm. */
  z
    .strictObject({ kind: z.literal('log-int'), min: z.int().positive(), max: z.int().positive() })
    .refine(notEmpty, EMPTY),
  /** `min`, `min + step` and so on, up to `max`. */
  z.strictObject({ kind: z.literal('step'), ...Range, step: z.number().positive() }).refine(notEmpty, EMPTY),
  z.strictObject({
    kind: z.literal('categorical'),
    values: z
      .array(z.json())
      .min(1)
      .refine(
        (values) => new Set(values.map((value) => JSON.stringify(value))).size === values.length,
        'must not name a value twice',
      ),
  }),
]);
export type Dimension = z.infer<typeof DimensionSchema>;

/** Names of the search methods, for words and arguments; what they do is in `engine/search/methods`. */
export const SEARCH_METHODS = ['tpe', 'random', 'halton', 'grid'] as const;
/** Of the stoppers, which are in `engine/search/stoppers`. */
export const STOPPER_NAMES = ['none', 'asha', 'median'] as const;

/** By dotted path, as `--set` has it: `training.optimizer.learningRate`. */
export const SpaceSchema = z
  .record(z.string().min(1), DimensionSchema)
  .refine((space) => Object.keys(space).length > 0, 'must name a field');
export type Space = z.infer<typeof SpaceSchema>;

/** The chosen values by path; a field that the chosen kinds of model, optimizer and so on do not have is absent. */
export const ValuesSchema = z.record(z.string(), z.json());
export type Values = z.infer<typeof ValuesSchema>;

/** A trial that a suggestion knows of. */
export const ToldSchema = z.object({
  /** Counted from 1. */
  trial: PositiveInt,
  values: ValuesSchema,
  /** The lower the better. Null: it is still running. "failed": it ended without a result, worse than every number. */
  result: z.union([z.number(), z.literal('failed')]).nullable(),
  /** Of a trial that was not trained to its end: how many epochs the result is of. One that was trained for longer counts as better. */
  epochs: PositiveInt.optional(),
});
export type Told = z.infer<typeof ToldSchema>;

/** What is kept of a trial. */
export const TrialRecordSchema = z.object({ values: ValuesSchema });
/** What its suggestion had seen: with the values of those trials it can be computed again. */
export const TrialBasisSchema = z.array(ToldSchema.omit({ values: true }));
export type TrialBasis = z.infer<typeof TrialBasisSchema>;
export type TrialRecord = z.infer<typeof TrialRecordSchema>;

/** What is kept of a run that repeats a trial with another seed. */
export const RepeatRecordSchema = z.object({ repeats: PositiveInt, seed: z.int() });
export type RepeatRecord = z.infer<typeof RepeatRecordSchema>;

/** Fields that leave the validation loss comparable: the others change what is measured or in which unit. */
export const SEARCHABLE = ['model', 'training', 'task.lookback'] as const;

// The parts of an experiment: which rows or samples train, validate and test.
import { z } from 'zod';
import { PositiveInt } from '../values/fields.ts';

const Fraction = z.number().gt(0).lt(1);

/** Of series chronological: training, then validation, then test (what remains). */
export const SplitSchema = z.discriminatedUnion('kind', [
  z
    .strictObject({
      kind: z.literal('fraction'),
      train: Fraction,
      validation: Fraction,
      /** `time`: all series are cut at the same times, so that none trains on another's future. `series`: each at its own share of rows. */
      cut: z.enum(['time', 'series']).default('time'),
    })
    .refine((split) => split.train + split.validation < 1, {
      message: 'train and validation must leave a part of the rows for the test: their sum must be below 1',
    }),
  /** ISO dates or times; a time without an offset is UTC. Validation begins at the first row not before `validationFrom`. */
  z.strictObject({
    kind: z.literal('date'),
    validationFrom: z.string().min(4),
    testFrom: z.string().min(4),
    /** The test ends before this date; later rows are not used. Default: it ends with the data. */
    testUntil: z.string().min(4).optional(),
  }),
  /** The first `train` rows of each series, then `validation`, then `test` rows; later rows are not used. Test default: all the rest. */
  z.strictObject({
    kind: z.literal('count'),
    train: PositiveInt,
    validation: PositiveInt,
    test: PositiveInt.optional(),
    /** Rows at the beginning of each series that are left out, as if they were not there. Default: none. */
    skip: z.int().min(0).optional(),
    /** Rows that are in no part, before validation and before the test. Default: none. */
    embargo: z.int().min(0).optional(),
  }),
  /** Of samples, which have no order in time. Equal inputs always lie in one part. */
  z
    .strictObject({
      kind: z.literal('samples'),
      /** `stratified`: each class by these shares. `group`: no group is split. `given`: the parts that the data name; what they lack is taken from training. */
      by: z.enum(['stratified', 'group', 'given']).default('stratified'),
      train: Fraction.default(0.7),
      validation: Fraction.default(0.15),
      /** Another one gives other parts; the run's own seed changes none. */
      seed: z.int().min(0).default(1),
      /** Of a split by group: `group` (the default) validates on groups of its own; `chance` takes validation from all groups that train, so that none is lost to it. */
      validationBy: z.enum(['group', 'chance']).optional(),
      /** The samples are dealt into this many equal folds, and the test part is one of them; training and validation share the rest. Default: one test part by its share. */
      folds: z.int().min(2).max(100).optional(),
      /** Which fold is tested, from 1. */
      fold: PositiveInt.optional(),
    })
    .refine(({ folds, fold }) => fold === undefined || (folds !== undefined && fold <= folds), {
      path: ['fold'],
      message: 'the fold that is tested is one of split.folds, counted from 1',
    })
    .refine(({ folds, by }) => folds === undefined || by !== 'given', {
      path: ['folds'],
      message: 'folds and given parts exclude each other; set split.by to "stratified" or "group"',
    })
    .refine((split) => split.train + split.validation < 1, {
      message:
        'train and validation must leave a part of the samples for the test: their sum must be below 1',
    }),
]);
export type Split = z.infer<typeof SplitSchema>;

// Structural remedies of an import: what is left out, renamed, read as missing, put in another unit, on a grid or derived. Nothing in them is estimated.
import { z } from 'zod';

const ColumnSpan = {
  column: z.string(),
  /** Default: all. */
  series: z.string().optional(),
  /** Both ends inside; absent: from the start, to the end. */
  fromUs: z.number().optional(),
  toUs: z.number().optional(),
};

export const GRID_RULES = ['mean', 'sum', 'last', 'min', 'max', 'first'] as const;

export const CALENDAR_FORMS = ['hour', 'weekday', 'month', 'day-of-year'] as const;
export const DERIVED_FORMS = [
  'lag',
  'difference',
  'log-return',
  'mean',
  'std',
  'min',
  'max',
  ...CALENDAR_FORMS,
] as const;
export type DerivedForm = (typeof DERIVED_FORMS)[number];

const DerivedColumnSchema = z.strictObject({
  name: z.string().min(1).max(200),
  form: z.enum(DERIVED_FORMS),
  /** Of numbers; a form of the calendar reads none. */
  column: z.string().optional(),
  /** Rows back, or of a moving window that ends with the row itself. Default: 1. */
  rows: z.int().min(1).max(10_000).optional(),
});
export type DerivedColumn = z.infer<typeof DerivedColumnSchema>;

export const CleanOptionsSchema = z.strictObject({
  /** Columns that are left out. */
  drop: z.array(z.string()).max(10_000).optional(),
  /** New names by old ones. */
  rename: z.record(z.string(), z.string().min(1).max(200)).optional(),
  /** Values between two times that are read as missing. */
  erase: z.array(z.strictObject(ColumnSpan)).max(2_000).optional(),
  /** Values in another unit: value x factor + offset. */
  scale: z
    .array(z.strictObject({ ...ColumnSpan, factor: z.number(), offset: z.number().optional() }))
    .max(2_000)
    .optional(),
  /** Values below or above are read as missing. */
  range: z
    .array(z.strictObject({ column: z.string(), min: z.number().optional(), max: z.number().optional() }))
    .max(10_000)
    .optional(),
  /** New columns, each from rows at or before its own; they are made after all else. */
  derive: z.array(DerivedColumnSchema).max(200).optional(),
  /** Rows of a step become one, at the beginning of the step. */
  grid: z.strictObject({ stepUs: z.int().positive(), rule: z.enum(GRID_RULES) }).optional(),
  /** Rows of one series with the same time become one; absent: the last of them is kept, and the others are set aside. */
  repeats: z.enum(GRID_RULES).optional(),
  /** Rows that gaps in time lack are put in, with missing values. */
  complete: z.literal(true).optional(),
});
export type CleanOptions = z.infer<typeof CleanOptionsSchema>;

/** Joins remedies; a later grid, rule or name replaces an earlier one. */
export function joinClean(...all: readonly CleanOptions[]): CleanOptions {
  const lists = <K extends 'drop' | 'erase' | 'scale' | 'range' | 'derive'>(key: K) =>
    all.flatMap((one) => (one[key] ?? []) as unknown[]);
  const last = <K extends 'grid' | 'repeats' | 'complete'>(key: K) =>
    all.findLast((one) => one[key] !== undefined)?.[key];
  const rename = Object.assign({}, ...all.map((one) => one.rename ?? {})) as Record<string, string>;
  return CleanOptionsSchema.parse({
    ...Object.fromEntries(
      (['drop', 'erase', 'scale', 'range', 'derive'] as const).flatMap((key) =>
        lists(key).length > 0 ? [[key, lists(key)]] : [],
      ),
    ),
    ...(Object.keys(rename).length > 0 ? { rename } : {}),
    ...Object.fromEntries(
      (['grid', 'repeats', 'complete'] as const).flatMap((key) =>
        last(key) === undefined ? [] : [[key, last(key)]],
      ),
    ),
  });
}

// Rows of a series as a table shows them, by a filter.
import { z } from 'zod';

/** Rows of one answer. */
export const MOST_ROWS_SHOWN = 1_000;

export const RowsSchema = z.object({
  columns: z.array(z.object({ name: z.string(), kind: z.enum(['numeric', 'category']) })),
  /** Rows that the filter keeps. */
  matching: z.int(),
  /** Of these, how many lie before the first one of the answer. */
  from: z.int(),
  rows: z.array(
    z.object({
      /** Of the series, counted from 0. */
      row: z.int(),
      timeUs: z.number(),
      /** [columns] null where missing; categories by name. */
      cells: z.array(z.union([z.number(), z.string(), z.null()])),
    }),
  ),
});
export type Rows = z.infer<typeof RowsSchema>;

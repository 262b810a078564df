// What the doctor finds in the data of an import: kept with the dataset, marked in its chart.
import { z } from 'zod';
import { CleanOptionsSchema } from './clean.ts';

const ExampleSchema = z.object({
  timeUs: z.number(),
  /** Of the file; null where it is not known. */
  line: z.int().nullable(),
  value: z.number().nullable(),
});

export const FindingSchema = z.object({
  /** Kind of the check: `stuck`, `gaps`. */
  check: z.string(),
  /** Null: of all columns. */
  column: z.string().nullable(),
  /** Null: of several series. */
  series: z.string().nullable(),
  /** Rows that are affected. */
  count: z.int(),
  words: z.string(),
  /** The first of the most important spans. */
  examples: z.array(ExampleSchema),
  /** For marks in the chart: series, and both ends in microseconds UTC. */
  spans: z.array(z.object({ series: z.string(), fromUs: z.number(), toUs: z.number() })),
  /** What can be done at the import; absent: nothing. */
  remedy: z
    .object({
      words: z.string(),
      clean: CleanOptionsSchema.optional(),
      missing: z.array(z.string()).optional(),
      /** Another reading of the file; the remedy of one finding at a time. */
      reads: z
        .object({
          timeFormat: z.string().optional(),
          timeZone: z.string().optional(),
          seriesColumn: z.string().optional(),
        })
        .optional(),
    })
    .nullable(),
});
export type Finding = z.infer<typeof FindingSchema>;

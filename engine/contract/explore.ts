// What the explorer answers of a series, by analysis.
import { z } from 'zod';

const Numbers = z.array(z.number());

const CorrelogramSchema = z.object({
  column: z.string(),
  /** [lags + 1], lag 0 first; null for a constant column. */
  acf: Numbers.nullable(),
  pacf: Numbers.nullable(),
  /** Noise stays between minus and plus this in 95 of 100 lags. */
  bound: z.number(),
});
export type Correlogram = z.infer<typeof CorrelogramSchema>;

const PeriodogramSchema = z.object({
  column: z.string(),
  /** Rows that were used. */
  rows: z.int(),
  /** Cycles a row, and power; at most 512 points, each the largest of its frequencies. */
  frequencies: Numbers,
  power: Numbers,
  /** The strongest periods, at most 5: their rows, and share of the whole power. */
  periods: z.array(z.object({ rows: z.number(), share: z.number() })),
});
export type Periodogram = z.infer<typeof PeriodogramSchema>;

const UnitRootSchema = z.object({ statistic: z.number(), p: z.number(), lags: z.int() });
export type UnitRoot = z.infer<typeof UnitRootSchema>;

const StationaritySchema = z.object({
  column: z.string(),
  adf: UnitRootSchema.nullable(),
  kpss: UnitRootSchema.nullable(),
  words: z.string(),
});
export type Stationarity = z.infer<typeof StationaritySchema>;

const CorrelationSchema = z.object({
  columns: z.array(z.string()),
  /** [columns][columns]; null where one is constant or too little is known. */
  matrix: z.array(z.array(z.number().nullable())),
  /** [columns][columns]: rows by which the first column leads the second; 0 where it does not. */
  lags: z.array(z.array(z.int())),
  lagged: z.array(z.array(z.number().nullable())),
});
export type Correlation = z.infer<typeof CorrelationSchema>;

const ProfileSchema = z.object({
  by: z.enum(['hour', 'weekday', 'month']),
  /** Names of the groups that have rows. */
  groups: z.array(z.string()),
  mean: Numbers,
  q25: Numbers,
  median: Numbers,
  q75: Numbers,
});
export type Profile = z.infer<typeof ProfileSchema>;

const ColumnProfilesSchema = z.object({
  column: z.string(),
  profiles: z.array(ProfileSchema),
  /** Share of missing values in equal parts of the time, oldest first. */
  missing: Numbers,
});
export type ColumnProfiles = z.infer<typeof ColumnProfilesSchema>;

export const ExplorationSchema = z.object({
  correlogram: z.array(CorrelogramSchema),
  periodogram: z.array(PeriodogramSchema),
  stationarity: z.array(StationaritySchema),
  correlation: CorrelationSchema,
  profiles: z.array(ColumnProfilesSchema),
});
export type Exploration = z.infer<typeof ExplorationSchema>;
export type AnalysisName = keyof Exploration;

export const AnalysisNameSchema = z.enum([
  'correlogram',
  'periodogram',
  'stationarity',
  'correlation',
  'profiles',
]);

/** Columns of one question. */
export const MOST_EXPLORED = 20;

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
  /** The strongest periods, at most 5: their rows (between those of two frequencies where the power says so), and share of the whole power. */
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
  /** Share of missing values in parts of equally many rows, oldest first, and the time at which each begins, microseconds UTC. */
  missing: Numbers,
  missingFromUs: Numbers,
});
export type ColumnProfiles = z.infer<typeof ColumnProfilesSchema>;

const DecompositionSchema = z.object({
  column: z.string(),
  /** Rows of a cycle; below 2 where the times tell none and none was asked for. */
  period: z.number(),
  /** Rows that were used: the last ones; 0 where two cycles are not there. */
  rows: z.int(),
  /** Of these, bridged by a line for the picture. */
  missing: z.int(),
  /** From 0 (the residual is all) to 1. */
  strength: z.object({ trend: z.number(), seasonal: z.number() }).nullable(),
  /** [points] microseconds UTC. */
  times: Numbers,
  /** observed, trend, seasonal, residual; each [points]. */
  parts: z.array(z.object({ name: z.string(), mean: Numbers, min: Numbers, max: Numbers })),
});
export type Decomposition = z.infer<typeof DecompositionSchema>;

const ScatterSchema = z.object({
  columns: z.tuple([z.string(), z.string()]),
  /** Rows by which the second column is read later. */
  lag: z.int(),
  /** Rows that know both. */
  pairs: z.int(),
  correlation: z.number().nullable(),
  line: z.object({ slope: z.number(), intercept: z.number() }).nullable(),
  /** [points] at most 2,000 pairs, evenly over the rows. */
  x: Numbers,
  y: Numbers,
});
export type Scatter = z.infer<typeof ScatterSchema>;

const CategoryCountsSchema = z.object({
  column: z.string(),
  rows: z.int(),
  missing: z.int(),
  distinct: z.int(),
  /** At most 200, the most frequent first. */
  categories: z.array(
    z.object({
      name: z.string(),
      count: z.int(),
      share: z.number(),
      firstUs: z.number(),
      lastUs: z.number(),
    }),
  ),
});
export type CategoryCounts = z.infer<typeof CategoryCountsSchema>;

export const ExplorationSchema = z.object({
  correlogram: z.array(CorrelogramSchema),
  periodogram: z.array(PeriodogramSchema),
  stationarity: z.array(StationaritySchema),
  correlation: CorrelationSchema,
  profiles: z.array(ColumnProfilesSchema),
  decomposition: z.array(DecompositionSchema),
  scatter: ScatterSchema.nullable(),
  categories: z.array(CategoryCountsSchema),
});
export type Exploration = z.infer<typeof ExplorationSchema>;
export type AnalysisName = keyof Exploration;

export const AnalysisNameSchema = z.enum([
  'correlogram',
  'periodogram',
  'stationarity',
  'correlation',
  'profiles',
  'decomposition',
  'scatter',
  'categories',
]);

/** What an analysis is asked besides its columns; each reads what concerns it. */
export const ExploreOptionsSchema = z.object({
  /** Rows of a cycle, for the decomposition. Default: by the times. */
  period: z.int().min(2).max(100_000).optional(),
  /** Rows by which the second column of a scatter is read later. */
  lag: z.int().min(0).max(1_000_000).optional(),
  /** IANA zone of the clock of profiles. Default: UTC. */
  timeZone: z.string().min(1).max(60).optional(),
});
export type ExploreOptions = z.infer<typeof ExploreOptionsSchema>;

/** Columns of one question. */
export const MOST_EXPLORED = 20;

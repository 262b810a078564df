// What the explorer computes of a series: one analysis is one file and a line in the registry. Answers are plain JSON.
export interface Explored {
  /** [rows] microseconds UTC, strictly increasing. */
  readonly times: BigInt64Array;
  readonly columns: readonly ExploredColumn[];
  /** Rows of a season; null where the times tell none. */
  readonly season: number | null;
  readonly stepUs: number;
}

export interface ExploredColumn {
  readonly name: string;
  /** [rows] NaN where missing. */
  readonly values: Float64Array;
}

export interface Analysis<Answer> {
  /** A line for people, for the command line. */
  readonly title: string;
  run(explored: Explored): Answer;
}

/** Values without missing ones, in order. */
export const knownOf = (values: Float64Array): Float64Array => values.filter((value) => !Number.isNaN(value));

/** The last rows, where these are enough for an estimate. */
export const lastRows = (values: Float64Array, most: number): Float64Array =>
  values.length > most ? values.subarray(values.length - most) : values;

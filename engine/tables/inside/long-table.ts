// A table of one value a line.
export interface LongTable {
  /** Names of the columns. */
  readonly columns: readonly string[];
  /** A value that is not a number is null. */
  readonly rows: readonly (readonly (string | number | null)[])[];
  /** What the numbers say, in sentences. */
  readonly notes?: readonly string[];
}

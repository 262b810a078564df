// What is known of the texts of a table without DuckDB: the answers that it would give.

import type { AheadChunks } from '../rows/ahead-chunks.ts';

/** The columns of a table that holds nothing but times and numbers. */
export interface Known {
  /** Texts of a column that are not NULL, where all of them are plain numbers; null where it is not known. */
  numbersOf(column: number): number | null;
  /** Times of a column in a form that reads all of them; null where it is not known. */
  timesOf(columns: readonly number[], label: string): number | null;
  /** Whether the texts of a column are known to have one length. */
  areOfOneLength(columns: readonly number[]): boolean;
  /** The times of a column, where each is later than the one above; else null. */
  risingTimes(column: number): BigInt64Array | null;
  /** Different whole numbers of a column; 0 where others are among them, or very many; null where it is not known. */
  distinctOf(column: number): number | null;
  /** Puts a column of numbers from row `from` on (default: 0) into `values` from there on, [rows]; NaN where the text is NULL. */
  read(column: number, values: Float64Array, from?: number): Float64Array;
  /** What was sent ahead: the times of that column, and numbers. */
  aheadOf(timeColumn: number): AheadChunks | undefined;
  close(): void;
}

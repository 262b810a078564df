// What a reshaping makes of a table: rows of a time each, from records that hold many times, or from lines that are no plain table.
import type { ImportOptions } from '../../../contract/datasets/dataset.ts';
import type { Dialect, TextFile } from '../source/dialect.ts';

/** What is known of the new table, so that nothing of it has to be guessed. */
export interface ShapedTable {
  readonly names: readonly string[];
  readonly timeColumn: string;
  readonly seriesColumn: string | null;
  /** Null: as it is detected. */
  readonly timeFormat: string | null;
  /** What is said to the user. */
  readonly notes: readonly string[];
  /** The rows of one sound record. */
  rows(fields: readonly string[]): Iterable<readonly string[]>;
}

/** A kind of table that is read only after reshaping. */
export interface TableShape {
  readonly id: string;
  /** Null where the table has another shape. May read the whole file. */
  find(table: ShapeRequest): Promise<ShapedTable | null>;
}

export interface ShapeRequest {
  readonly file: TextFile;
  readonly dialect: Dialect;
  readonly options: ImportOptions;
  readonly signal?: AbortSignal | undefined;
}

export const AS_IT_IS =
  'if the table is meant otherwise, ask for it as it is (in a terminal: --reshape none)';

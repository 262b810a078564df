// Series in memory and the interface to load them: what the pipeline and the models see of a dataset version.
import type { ColumnKind } from '../contract/datasets/dataset.ts';

export interface SeriesColumn {
  readonly name: string;
  readonly kind: ColumnKind;
  /** [rows]; NaN exactly where missing. Category columns hold codes 0..n-1. */
  readonly values: Float64Array;
  /** Names of the codes; empty for numeric columns. */
  readonly categories: readonly string[];
}

export interface Series {
  readonly name: string;
  /** [rows], microseconds UTC, strictly increasing. */
  readonly times: BigInt64Array;
  readonly columns: readonly SeriesColumn[];
}

/** Where a training process gets its data: the store. */
export interface SeriesSource {
  readonly datasetName: string;
  /** Series of the version in their order; `columns`, `series` and `lastRows` restrict what is read. Unknown names: HindcastError `unknown-column` or `not-found`. */
  read(options?: {
    readonly columns?: readonly string[];
    readonly series?: readonly string[];
    /** Of each series no more than its last rows. */
    readonly lastRows?: number;
  }): Promise<Series[]>;
}

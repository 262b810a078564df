// What an import is asked for and what it hands out. Free of DuckDB, so that the protocol and the store can share these types.
import type { ColumnKind, ImportOptions, ImportReport, Recipe, SeriesInfo } from '../../contract/dataset.ts';

export const ROWS_PER_CHUNK = 8192;

/** int64 times; float64 values, then a validity bitmap (bit i of byte i>>3, 1 = valid); int32 codes, -1 = missing. All little-endian. */
export type ChunkEncoding = 'time-i64' | 'numeric-f64' | 'category-i32';

/** One piece of one column of one series: at most ROWS_PER_CHUNK rows, in order of position. */
export interface ImportedChunk {
  /** Counted from 1 over the whole import. */
  readonly chunk: number;
  readonly series: number;
  /** Index into the series' columns, or -1 for its times. */
  readonly column: number;
  /** Place among the chunks of that column, from 0. */
  readonly position: number;
  readonly rows: number;
  readonly encoding: ChunkEncoding;
  readonly data: Uint8Array;
}

export interface ImportProgress {
  readonly phase: 'reading' | 'checking' | 'storing';
  readonly rows: number;
  /** 0 to 1 over the whole import, never falling. */
  readonly fraction: number;
}

/** Everything but the values: final before the first chunk. */
export interface ImportDescription {
  readonly recipe: Recipe;
  readonly report: ImportReport;
  readonly series: readonly SeriesInfo[];
  readonly columns: readonly { readonly name: string; readonly kind: ColumnKind }[];
  readonly chunks: number;
}

export interface ImportRequest {
  readonly path: string;
  /** File name inside the sample data, where it is one; goes into the recipe. */
  readonly sample: string | null;
  readonly options: ImportOptions;
}

export interface ImportSink {
  progress(progress: ImportProgress): void;
  described(description: ImportDescription): void;
  /** Resolves when the next chunk may come. */
  chunk(chunk: ImportedChunk): Promise<void>;
}

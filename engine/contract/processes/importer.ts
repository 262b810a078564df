// Messages between the engine host and the import process (structured clone, so typed arrays and bigints travel as they are).
import type { ColumnKind, ImportOptions, ImportReport, Recipe, SeriesInfo } from '../dataset.ts';
import type { HindcastErrorData } from '../errors.ts';

/** host -> importer. */
export type ToImporter =
  | {
      readonly type: 'import';
      readonly path: string;
      /** File name inside the sample data, where it is one; goes into the recipe. */
      readonly sample: string | null;
      readonly options: ImportOptions;
    }
  /** The chunk with this number is stored; at most 8 may be on their way. */
  | { readonly type: 'stored'; readonly chunk: number };

/** One piece of one column of one series: at most ROWS_PER_CHUNK rows, in order of position. */
export interface ChunkMessage {
  readonly type: 'chunk';
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

/** int64 times; float64 values, then a validity bitmap (bit i of byte i>>3, 1 = valid); int32 codes, -1 = missing. All little-endian. */
export type ChunkEncoding = 'time-i64' | 'numeric-f64' | 'category-i32';

export const ROWS_PER_CHUNK = 8192;

/** importer -> host. */
export type FromImporter =
  | {
      readonly type: 'progress';
      readonly phase: 'reading' | 'checking' | 'storing';
      readonly rows: number;
      readonly fraction: number;
    }
  /** Comes before the first chunk. `rows` and statistics are final. */
  | {
      readonly type: 'described';
      readonly recipe: Recipe;
      readonly report: ImportReport;
      readonly series: readonly SeriesInfo[];
      readonly columns: readonly { readonly name: string; readonly kind: ColumnKind }[];
      readonly chunks: number;
    }
  | ChunkMessage
  | { readonly type: 'finished' }
  | { readonly type: 'failed'; readonly error: HindcastErrorData };

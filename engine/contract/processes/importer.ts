// Messages between an import process and its host (structured clone, so typed arrays travel unchanged).
import type { ColumnKind, ImportOptions, ImportReport, Recipe, SeriesInfo } from '../datasets/dataset.ts';
import type { SampleColumnKind, SamplesInfo } from '../datasets/samples.ts';
import type { HindcastErrorData } from '../values/errors.ts';
import type { ExampleContent } from './jobs/samples.ts';

export const ROWS_PER_CHUNK = 8192;
/** Messages with chunks that may be on their way to the host without being stored. */
export const MAX_UNSTORED_MESSAGES = 8;

/**
 * int64 times; float64 values, then a validity bitmap (bit i of byte i>>3, 1 = valid); int32 codes, -1 = missing. The others hold pieces of any
 * length: a uint32 with the bytes of each row, then the pieces. Texts are UTF-8; `f32-rows` a uint32 with the channels, then float32
 * [steps, channels]; `pcm-s16` a uint32 with the samples a second, then int16; `u8-frames` three uint32 with width, height and channels,
 * then bytes [frames, height, width, channels]. All little-endian.
 */
export type ChunkEncoding = 'time-i64' | 'numeric-f64' | 'category-i32' | PieceEncoding;
export type PieceEncoding = 'text-utf8' | 'f32-rows' | 'pcm-s16' | 'u8-frames';

export interface ImportRequest {
  readonly path: string;
  /** Files of the same table, whose rows follow. */
  readonly more?: readonly string[] | undefined;
  /** File name inside the sample data, where it is one; goes into the recipe. */
  readonly sample: string | null;
  readonly options: ImportOptions;
  /** Some samples are described as a whole, to be shown before the import. Default: none. */
  readonly examples?: boolean | undefined;
}

export interface ImportProgress {
  readonly phase: 'reading' | 'checking' | 'storing';
  readonly rows: number;
  /** 0 to 1 over the whole import, never falling. */
  readonly fraction: number;
}

/** Columns of samples that say what a sample is. Texts: its name, its group, the part that it is given to, the SHA-256 of its input. */
export const SAMPLE_ROLES = ['name', 'group', 'part', 'hash'] as const;

/** Some samples, to be looked at before they are imported. */
export interface ShownSamples {
  readonly examples: readonly ExampleContent[];
  /** [rows][columns] the first ones as texts; empty where a value is missing. */
  readonly head: readonly (readonly string[])[];
}

export interface DescribedSamples {
  readonly rows: number;
  /** Chunks of `info.columns` have the index of the column; behind these come those of SAMPLE_ROLES. */
  readonly info: SamplesInfo;
  /** Where the request asks for it. */
  readonly shown?: ShownSamples | undefined;
}

/** Everything but the values: final before the first chunk. */
export interface ImportDescription {
  readonly recipe: Recipe;
  readonly report: ImportReport;
  /** All rows that were set aside, where the report does not hold them: gzip of CSV. */
  readonly setAsideRows?: Uint8Array | undefined;
  readonly series: readonly SeriesInfo[];
  /** Of the text, as they stand in the file; absent of samples. */
  readonly firstLines?: readonly string[] | undefined;
  readonly columns: readonly {
    readonly name: string;
    readonly kind: ColumnKind | SampleColumnKind;
    readonly walks?: true | undefined;
  }[];
  /** Of samples; there are no series then. */
  readonly samples?: DescribedSamples | undefined;
  readonly chunks: number;
}

/** One piece of one column of one series: at most ROWS_PER_CHUNK rows, in order of position. */
export interface ImportedChunk {
  /** Counted from 1 over the whole import. */
  readonly chunk: number;
  readonly series: number;
  /** Index into the series' columns, or -1 for its times. */
  readonly column: number;
  /** Index among the chunks of that column, from 0. */
  readonly position: number;
  readonly rows: number;
  readonly encoding: ChunkEncoding;
  readonly data: Uint8Array;
}

export type ChunkMessage = { readonly type: 'chunk' } & ImportedChunk;

/** Values that are sent while the file is still read. What they are values of is said later, if they are used at all. */
export type AheadPiece = Pick<ImportedChunk, 'rows' | 'encoding' | 'data'>;

/** The same in a file of both processes: megabytes take much longer through the channel of messages. */
export interface FiledPiece extends Omit<AheadPiece, 'data'> {
  /** Of the file. */
  readonly at: number;
  readonly bytes: number;
}

/** A chunk whose values were sent ahead; `ahead` counts the pieces from 0. */
export interface TakenChunk extends Omit<ImportedChunk, 'encoding' | 'data'> {
  readonly ahead: number;
}

/** host -> importer. */
export type ToImporter =
  | ({ readonly type: 'import'; readonly sendAhead?: boolean | undefined } & ImportRequest)
  /** One message with chunks. */
  | { readonly type: 'stored' };

/** importer -> host. */
export type FromImporter =
  | ({ readonly type: 'progress' } & ImportProgress)
  | ({ readonly type: 'described' } & ImportDescription)
  | ChunkMessage
  /** Before the description; only where the host asked for it. */
  | { readonly type: 'ahead'; readonly file: string; readonly pieces: readonly FiledPiece[] }
  | { readonly type: 'taken'; readonly chunks: readonly TakenChunk[] }
  | { readonly type: 'finished' }
  | { readonly type: 'failed'; readonly error: HindcastErrorData };

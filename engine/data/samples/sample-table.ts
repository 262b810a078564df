// Samples in memory, as a task sees them.
import type { GivenPart, SampleColumnKind } from '../../contract/samples.ts';

export interface SampleTable {
  readonly rows: number;
  /** [rows] each; group and part are empty where there is none. */
  readonly names: readonly string[];
  readonly groups: readonly string[];
  readonly parts: readonly (GivenPart | '')[];
  /** SHA-256 of the inputs, hex: equal inputs have equal ones. */
  readonly hashes: readonly string[];
  readonly columns: readonly SampleValues[];
}

export type SampleValues =
  | { readonly name: string; readonly kind: 'text'; readonly texts: readonly string[] }
  | {
      readonly name: string;
      readonly kind: 'category';
      /** [rows] codes; NaN where missing. */
      readonly codes: Float64Array;
      readonly categories: readonly string[];
    }
  | { readonly name: string; readonly kind: 'numeric'; readonly values: Float64Array }
  | { readonly name: string; readonly kind: 'sequence'; readonly sequences: readonly NumberRows[] }
  | { readonly name: string; readonly kind: 'audio'; readonly clips: readonly Clip[] };

/** Numbers of several channels, step by step. */
export interface NumberRows {
  readonly channels: number;
  /** [steps, channels] */
  readonly values: Float32Array;
}

export interface Clip {
  /** Samples a second. */
  readonly rate: number;
  /** One channel. */
  readonly wave: Int16Array;
}

export interface SampleSource {
  readonly datasetName: string;
  /** The columns of that name; names, groups, parts and hashes always come along. @throws HindcastError `unknown-column` */
  readSamples(columns: readonly string[]): Promise<SampleTable>;
}

/** How a column is kept: see ChunkEncoding of contract/processes/importer.ts. */
export const ENCODING_OF: Readonly<
  Record<SampleColumnKind, 'text-utf8' | 'category-i32' | 'numeric-f64' | 'f32-rows' | 'pcm-s16'>
> = {
  text: 'text-utf8',
  category: 'category-i32',
  numeric: 'numeric-f64',
  sequence: 'f32-rows',
  audio: 'pcm-s16',
};

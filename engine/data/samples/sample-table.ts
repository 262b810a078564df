// Samples in memory, where they come from, and how the store keeps them.
import type { SampleTable } from '../../contract/datasets/sample-values.ts';
import type { SampleColumnKind } from '../../contract/datasets/samples.ts';

export type {
  Clip,
  EventField,
  NumberRows,
  Picture,
  PictureValues,
  SampleTable,
  SampleValues,
} from '../../contract/datasets/sample-values.ts';

/** Default: all rows. */
export interface RowRange {
  readonly fromRow: number;
  readonly rows: number;
}

export interface SampleSource {
  readonly datasetName: string;
  /** The columns of that name; names, groups, parts and hashes always come along. @throws HindcastError `unknown-column` */
  readSamples(columns: readonly string[], range?: RowRange): Promise<SampleTable>;
}

/** How a column is kept: see ChunkEncoding of contract/processes/importer.ts. */
export const ENCODING_OF: Readonly<
  Record<
    SampleColumnKind,
    'text-utf8' | 'category-i32' | 'numeric-f64' | 'f32-rows' | 'pcm-s16' | 'u8-frames'
  >
> = {
  text: 'text-utf8',
  // A list in JSON, whatever signs its items have.
  tokens: 'text-utf8',
  category: 'category-i32',
  // A list of labels in JSON, whatever signs they have.
  labels: 'text-utf8',
  numeric: 'numeric-f64',
  sequence: 'f32-rows',
  events: 'f32-rows',
  audio: 'pcm-s16',
  image: 'u8-frames',
  frames: 'u8-frames',
};

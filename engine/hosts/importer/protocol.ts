// Messages between the engine host and the import process (structured clone, so typed arrays and bigints travel as they are).
import type { ImportOptions } from '../../contract/dataset.ts';
import type { HindcastErrorData } from '../../contract/errors.ts';
import type { ImportDescription, ImportedChunk, ImportProgress } from '../../data/import/sink.ts';

export { type ChunkEncoding, ROWS_PER_CHUNK } from '../../data/import/sink.ts';

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

export const MAX_UNSTORED_CHUNKS = 8;

/** One piece of one column of one series: at most ROWS_PER_CHUNK rows, in order of position. */
export interface ChunkMessage extends ImportedChunk {
  readonly type: 'chunk';
}

/** importer -> host. */
export type FromImporter =
  | ({ readonly type: 'progress' } & ImportProgress)
  /** Comes before the first chunk. `rows` and statistics are final. */
  | ({ readonly type: 'described' } & ImportDescription)
  | ChunkMessage
  | { readonly type: 'finished' }
  | { readonly type: 'failed'; readonly error: HindcastErrorData };

// The interface through which an import hands out what it reads.
import type {
  AheadPiece,
  ImportDescription,
  ImportedChunk,
  ImportProgress,
  TakenChunk,
} from '../../../contract/processes/importer.ts';

export interface ImportSink {
  progress(progress: ImportProgress): void;
  described(description: ImportDescription): void;
  /** Resolves when the next chunk may come. */
  chunk(chunk: ImportedChunk): Promise<void>;
  /** Absent where nothing is sent ahead. */
  readonly ahead?: AheadSink;
}

/** The data of a piece, in order; valid until they are sent. */
export interface AheadValues extends Omit<AheadPiece, 'data'> {
  readonly parts: readonly Uint8Array[];
}

export interface AheadSink {
  /** Resolves when the next pieces may come: some dozens of at most ROWS_PER_CHUNK rows. */
  send(pieces: readonly AheadValues[]): Promise<void>;
  /** Chunks of pieces that were sent; likewise. */
  take(chunks: readonly TakenChunk[]): Promise<void>;
}

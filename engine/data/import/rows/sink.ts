// The interface through which an import hands out what it reads.
import type {
  ImportDescription,
  ImportedChunk,
  ImportProgress,
} from '../../../contract/processes/importer.ts';

export interface ImportSink {
  progress(progress: ImportProgress): void;
  described(description: ImportDescription): void;
  /** Resolves when the next chunk may come. */
  chunk(chunk: ImportedChunk): Promise<void>;
}

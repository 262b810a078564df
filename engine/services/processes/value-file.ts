// The values that an import process leaves in a file (hosts/importer/value-file.ts).
import { closeSync, openSync, readSync } from 'node:fs';
import type { AheadPiece, FiledPiece } from '../../contract/processes/importer.ts';
import { HindcastError } from '../../contract/values/errors.ts';

export interface ValueReader {
  /** The data are valid until the next call. */
  read(path: string, pieces: readonly FiledPiece[]): AheadPiece[];
  close(): void;
}

/** @throws `internal` where the file is not as long as was said. */
export function createValueReader(): ValueReader {
  let file: number | null = null;
  let buffer = Buffer.alloc(0);
  return {
    read(path, pieces) {
      file ??= openSync(path, 'r');
      const from = Math.min(...pieces.map(({ at }) => at));
      const bytes = Math.max(...pieces.map(({ at, bytes }) => at + bytes)) - from;
      if (buffer.length < bytes) buffer = Buffer.allocUnsafe(bytes);
      readAll(file, buffer.subarray(0, bytes), from);
      return pieces.map(({ rows, encoding, at, bytes }) => ({
        rows,
        encoding,
        data: buffer.subarray(at - from, at - from + bytes),
      }));
    },
    close() {
      if (file !== null) closeSync(file);
      file = null;
    },
  };
}

function readAll(file: number, into: Uint8Array, from: number): void {
  for (let done = 0; done < into.length; ) {
    const read = readSync(file, into, done, into.length - done, from + done);
    if (read === 0)
      throw new HindcastError('internal', 'An import process told of values that are not in its file.');
    done += read;
  }
}

// A file through which values go to the host: they are written here and read there while they are still in the memory of the system. It has
// room for the messages that may be on their way, and each takes the place of one that was stored.
import { closeSync, openSync, writevSync } from 'node:fs';
import { join } from 'node:path';
import { type FiledPiece, MAX_UNSTORED_MESSAGES } from '../../contract/processes/importer.ts';
import type { AheadValues } from '../../data/import/rows/sink.ts';
import { createTemporaryFolder, removeTemporaryFolder } from '../../data/import/source/temporary.ts';

/** Of a message; a longer one would write over the next. */
const PLACE_BYTES = 2 << 20;

export interface ValueFile {
  readonly path: string;
  /** The values of the next message. */
  put(pieces: readonly AheadValues[]): FiledPiece[];
  remove(): void;
}

const lengthOf = (parts: readonly Uint8Array[]): number => parts.reduce((sum, part) => sum + part.length, 0);

export function createValueFile(): ValueFile {
  const folder = createTemporaryFolder();
  const path = join(folder, 'values');
  const file = openSync(path, 'wx');
  let messages = 0;
  return {
    path,
    put(pieces) {
      let at = (messages++ % MAX_UNSTORED_MESSAGES) * PLACE_BYTES;
      const parts = pieces.flatMap((piece) => piece.parts);
      if (lengthOf(parts) > PLACE_BYTES) throw new Error('More values than a message has room for.');
      writeAll(file, parts, at);
      return pieces.map(({ rows, encoding, parts: own }) => {
        const bytes = lengthOf(own);
        at += bytes;
        return { rows, encoding, at: at - bytes, bytes };
      });
    },
    remove() {
      closeSync(file);
      removeTemporaryFolder(folder);
    },
  };
}

/** A write may end early. */
function writeAll(file: number, parts: readonly Uint8Array[], position: number): void {
  let left = parts;
  for (let at = position; left.length > 0; ) {
    let written = writevSync(file, left, at);
    at += written;
    const next = left.findIndex(({ length }) => {
      if (written < length) return true;
      written -= length;
      return false;
    });
    left = next < 0 ? [] : [left[next]!.subarray(written), ...left.slice(next + 1)];
  }
}

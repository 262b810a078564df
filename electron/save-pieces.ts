// Saves a file that is too large for one message: dialog first, then piece by piece into a temporary file, then a rename. A
// half-written file never appears under the final name.
import { randomUUID } from 'node:crypto';
import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

interface Saving {
  readonly path: string;
  readonly half: string;
  readonly file: FileHandle;
}

export interface PieceSaver {
  /** @returns the id for the other calls */
  begin(path: string): Promise<string>;
  append(id: string, content: ArrayBuffer): Promise<void>;
  /** @returns the path that it was saved at; null where it was given up */
  end(id: string, keep: boolean): Promise<string | null>;
}

/** The page can only write what it began, at the path that the user chose. */
export function createPieceSaver(): PieceSaver {
  const underWay = new Map<string, Saving>();
  const find = (id: string): Saving => {
    const saving = underWay.get(id);
    if (!saving) throw new Error('Nothing is being saved under that number.');
    return saving;
  };
  return {
    async begin(path) {
      const half = join(dirname(path), `.${basename(path)}.half`);
      const file = await open(half, 'w');
      const id = randomUUID();
      underWay.set(id, { path, half, file });
      return id;
    },
    append: async (id, content) => void (await find(id).file.appendFile(new Uint8Array(content))),
    async end(id, keep) {
      const { path, half, file } = find(id);
      underWay.delete(id);
      await file.close();
      if (keep) await rename(half, path);
      else await rm(half, { force: true });
      return keep ? path : null;
    },
  };
}

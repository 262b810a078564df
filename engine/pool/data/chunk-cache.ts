// Pieces of datasets on a worker's disk, by their hash: what one run needed is there for the next. Each is compared with its hash when it
// is read, so a damaged file is as good as none.
import { randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Piece } from '../../contract/pool/manifest.ts';
import { chunkHash } from '../../store/datasets/chunk-codec.ts';
import { codeOf } from '../../store/file/sqlite-errors.ts';

export interface ChunkCache {
  readonly folder: string;
  /** Null where it is not there or damaged. */
  read(piece: Piece): Promise<Uint8Array | null>;
  /** False where the bytes are not those of the piece: nothing is written. */
  write(piece: Piece, data: Uint8Array): Promise<boolean>;
  /** Removes the files that were not used for longest until at most `mostBytes` are left. */
  trim(mostBytes: number): Promise<void>;
}

export function openChunkCache(folder: string): ChunkCache {
  const pathOf = ({ sha256 }: Pick<Piece, 'sha256'>) => join(folder, sha256.slice(0, 2), sha256);
  return {
    folder,
    async read(piece) {
      const path = pathOf(piece);
      const data = await readFile(path).catch((cause: unknown) => {
        if (codeOf(cause) === 'ENOENT') return null;
        throw cause;
      });
      if (data === null || !isThatOf(piece, data)) return null;
      const now = new Date();
      await utimes(path, now, now).catch(() => {});
      return data;
    },
    async write(piece, data) {
      if (!isThatOf(piece, data)) return false;
      const path = pathOf(piece);
      await mkdir(dirname(path), { recursive: true, mode: 0o700 });
      const half = `${path}.${randomUUID()}`;
      await writeFile(half, data, { mode: 0o600 });
      await rename(half, path);
      return true;
    },
    async trim(mostBytes) {
      const names = await readdir(folder, { recursive: true }).catch(() => []);
      const files = await Promise.all(names.map((name) => fileAt(join(folder, name))));
      let left = 0;
      for (const { path, bytes } of files
        .flatMap((file) => file ?? [])
        .toSorted((a, b) => b.usedMs - a.usedMs)) {
        left += bytes;
        if (left > mostBytes) await rm(path, { force: true });
      }
    },
  };
}

const isThatOf = ({ sha256, encoding, rows }: Piece, data: Uint8Array): boolean =>
  chunkHash({ encoding, rows, data }).toString('hex') === sha256;

async function fileAt(path: string): Promise<{ path: string; bytes: number; usedMs: number } | null> {
  const found = await stat(path).catch(() => null);
  return found?.isFile() ? { path, bytes: found.size, usedMs: found.mtimeMs } : null;
}

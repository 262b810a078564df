// A table in gzip.
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { createGunzip } from 'node:zlib';
import type { Container } from './container.ts';
import { inflateTo } from './inflate.ts';

export const gzip: Container = {
  id: 'gzip',
  matches: (head) => head[0] === 0x1f && head[1] === 0x8b,
  async unpack({ path, fileName, target, signal }) {
    const { size } = await stat(path);
    const from = createReadStream(path);
    await inflateTo({ from, inflate: createGunzip(), to: target, fileName, packed: size, signal });
    return { path: target, notes: [], isFinal: false, name: fileName.replace(/\.(gz|gzip)$/i, '') };
  },
};

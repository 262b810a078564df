// What a recipe says of the file that samples came from.
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { sourceName } from '../../../contract/values/source-name.ts';

interface FileSource {
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string;
}

export async function fileSource(path: string): Promise<FileSource> {
  const hash = createHash('sha256');
  for await (const block of createReadStream(path)) hash.update(block as Buffer);
  return { path: sourceName(path), bytes: (await stat(path)).size, sha256: hash.digest('hex') };
}

// The first lines of a text as they stand in the file, so that its header can be pointed at.
import { open } from 'node:fs/promises';
import type { TextFile } from './dialect.ts';

const HEAD_BYTES = 1 << 15;
const MOST_LINES = 25;
const MOST_CHARACTERS = 200;

export async function firstLines({ path, skip }: Pick<TextFile, 'path' | 'skip'>): Promise<string[]> {
  await using handle = await open(path, 'r');
  const buffer = Buffer.alloc(HEAD_BYTES);
  const { bytesRead } = await handle.read(buffer, 0, HEAD_BYTES, skip);
  const lines = buffer.toString('utf8', 0, bytesRead).split(/\r\n|\r|\n/, MOST_LINES);
  return lines.map((line) => (line.length > MOST_CHARACTERS ? `${line.slice(0, MOST_CHARACTERS)}…` : line));
}

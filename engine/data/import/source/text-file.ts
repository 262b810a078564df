// The text of a source in UTF-8: itself, or a temporary copy.
import { join } from 'node:path';
import type { TextFile } from './dialect.ts';
import { transcode } from './encoding.ts';
import type { Source } from './source.ts';

export async function textFile(source: Source, folder: string, signal?: AbortSignal): Promise<TextFile> {
  const { path, fileName, bytes, encoding, isValid, hasZeros, lines, problems, parts } = source;
  if (encoding === 'utf-8' && isValid && !hasZeros) {
    return {
      path,
      fileName,
      bytes,
      skip: source.hasByteOrderMark ? 3 : 0,
      firstLine: 1,
      lines,
      problems,
      parts,
    };
  }
  const copy = join(folder, 'utf-8.csv');
  await transcode(path, copy, source, signal);
  return { path: copy, fileName, bytes, skip: 0, firstLine: 1 };
}

// A file of texts, one in each line.
import { readFile } from 'node:fs/promises';
import { HindcastError } from '../../../contract/values/errors.ts';

/** Without those that hold nothing. @throws HindcastError `file-unreadable` */
export async function linesOfFile(path: string): Promise<string[]> {
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw new HindcastError('file-unreadable', `${path} cannot be read; name another file.`, { cause });
  });
  return text.split(/\r?\n/).filter((line) => line.trim() !== '');
}

// A file of texts, one in each line.
import { basename } from 'node:path';
import { HindcastError } from '../../../contract/values/errors.ts';
import { binaryKind } from '../../../data/import/source/binary.ts';
import { readPlainText } from '../../../data/samples/import/plain-text.ts';

/** Without those that hold nothing; in the encodings that an import reads. @throws HindcastError `file-unreadable`, also for what is no text */
export async function linesOfFile(path: string): Promise<string[]> {
  const { text, head, encoding } = await readPlainText(path, null);
  const hasZeros = head.includes(0) && !encoding.startsWith('utf-16');
  if (hasZeros || text.slice(0, head.length).includes('\0')) throw noText(path, binaryKind(head));
  return text.split(/\r\n?|\n/).filter((line) => line.trim() !== '');
}

function noText(path: string, kind: string | null): HindcastError {
  const message = `${basename(path)} is no text${kind === null ? '' : ` but ${kind}`}; name a file with a text in each line.`;
  return new HindcastError('file-unreadable', message, { details: { file: path } });
}

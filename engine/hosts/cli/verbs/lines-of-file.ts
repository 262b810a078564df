// A file of texts, one in each line.
import { basename } from 'node:path';
import { HindcastError } from '../../../contract/values/errors.ts';
import { binaryKind } from '../../../data/import/source/binary.ts';
import { readPlainText } from '../../../data/samples/import/plain-text.ts';
import { formatCount } from '../text/format.ts';

/** Without those that hold nothing; in the encodings that an import reads. @throws HindcastError `file-unreadable`, also for what is no text */
export async function linesOfFile(path: string): Promise<string[]> {
  const { text, head, encoding } = await readPlainText(path, null);
  const hasZeros = head.includes(0) && !encoding.startsWith('utf-16');
  if (hasZeros || text.slice(0, head.length).includes('\0')) throw noText(path, binaryKind(head));
  return text.split(/\r\n?|\n/).filter((line) => line.trim() !== '');
}

/** Before anything is asked: whole texts go to the engine. @throws HindcastError `invalid-input` for the first one that is too long */
export function requireShort(texts: readonly string[], most: number): void {
  const index = texts.findIndex((text) => text.length > most);
  if (index < 0) return;
  const which = texts.length === 1 ? 'The text' : `Text ${formatCount(index + 1)}`;
  const message = `${which} has ${formatCount(texts[index]!.length)} characters; shorten it to ${formatCount(most)} at most, or cut it into several.`;
  throw new HindcastError('invalid-input', message, { details: { text: index } });
}

function noText(path: string, kind: string | null): HindcastError {
  const message = `${basename(path)} is no text${kind === null ? '' : ` but ${kind}`}; name a file with a text in each line.`;
  return new HindcastError('file-unreadable', message, { details: { file: path } });
}

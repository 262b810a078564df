// What is said of the bytes of a file: how they were read, and which of them tell no character.
import type { TextFile } from './dialect.ts';
import { linesWith } from './lines.ts';
import { LOST, type Source } from './source.ts';

const counted = (lines: number): string =>
  lines === 1 ? '1 line' : `${lines.toLocaleString('en-US')} lines`;

function readingNote({ encoding, mixture, isNamed, isValid }: Source): string[] {
  const remedy = 'if words look wrong, name the encoding (in a terminal: --encoding)';
  if (mixture !== null) {
    const others = `${counted(mixture.lines)} of it, the first being line ${mixture.first}`;
    return [
      `The encodings of the file are mixed: it was read as UTF-8, and ${others}, as ${encoding}; ${remedy}.`,
    ];
  }
  if (encoding === 'utf-8') return [];
  const isGuess = !isNamed && !isValid && !encoding.startsWith('utf-16');
  return [`The file was read as ${encoding}${isGuess ? `, a guess from its bytes: ${remedy}` : ''}.`];
}

/** Of the file and of its text in UTF-8. */
export async function encodingNotes(source: Source, text: TextFile, signal?: AbortSignal): Promise<string[]> {
  const notes = readingNote(source);
  if (source.hasZeros) {
    const found = await linesWith(source.path, Buffer.alloc(1), signal);
    notes.push(
      `Runs of NUL bytes, as a loss of power leaves them, were left out of ${counted(found?.lines ?? 0)}, the first being line ${found?.first ?? 1}.`,
    );
  }
  const isCopy = text.path !== source.path;
  const lost = isCopy || source.hasLost ? await linesWith(text.path, LOST, signal) : null;
  if (lost !== null) {
    notes.push(
      `${counted(lost.lines)} of the file, the first being line ${lost.first}, have characters that cannot be read (\ufffd, U+FFFD): they were lost before, or the encoding is another one (in a terminal: --encoding).`,
    );
  }
  return notes;
}

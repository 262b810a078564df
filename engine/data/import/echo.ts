// Decides which contents of a file an error may show. A client may name any file of this machine, so only a file that looks like
// a table is quoted.
import { HindcastError } from '../../contract/values/errors.ts';
import { isValue } from './source/value.ts';

/** Two columns at least, one of them mostly of numbers or times. */
export function looksLikeTable(rows: readonly (readonly string[])[]): boolean {
  const [first = []] = rows;
  if (first.length < 2) return false;
  return first.some((_, column) => {
    const cells = rows.map((row) => row[column] ?? '').filter((cell) => cell.trim() !== '');
    return cells.length > 0 && cells.filter(isValue).length * 2 > cells.length;
  });
}

/** The same error with the first lines of the file, so that the header can be pointed at, where the error shows the file already. */
export function withLines(cause: unknown, lines: readonly string[]): unknown {
  if (!(cause instanceof HindcastError) || cause.details?.columns === undefined) return cause;
  const { code, message, details } = cause;
  return new HindcastError(code, message, { details: { ...details, lines }, cause: cause.cause });
}

const WHY: Partial<Record<HindcastError['code'], string>> = {
  'no-time-column': 'it has no readable times',
  'no-numeric-column': 'it has no column of numbers',
  'duplicate-column': 'two of its columns would have the same name',
  'file-unreadable': 'none of its rows can be kept',
  'invalid-input': 'what was asked for does not suit it',
  'unknown-column': 'it has no column of the name that was asked for',
};

/** The same error without a word of the file, where the file does not look like a table. */
export function withoutEcho(cause: unknown, fileName: string, rows: readonly (readonly string[])[]): unknown {
  if (!(cause instanceof HindcastError) || looksLikeTable(rows)) return cause;
  const why = WHY[cause.code];
  return why === undefined ? cause : notTable(cause.code, fileName, why);
}

/** What else the file may be. */
const OTHERWISE: Partial<Record<HindcastError['code'], string>> = {
  'no-time-column':
    '; texts without times are read with --as lines, --as text or --as samples (in the window: Read as)',
  'duplicate-column':
    '; where its first line is a row, say that there is no header with --no-header (in the window: Header line 0)',
};

export function notTable(code: HindcastError['code'], fileName: string, why: string): HindcastError {
  const message = `${fileName} does not look like a table (${why}), so nothing of it is shown; choose a text file with a header, times and numbers, or name its delimiter${OTHERWISE[code] ?? ''}.`;
  return new HindcastError(code, message, { details: { file: fileName } });
}

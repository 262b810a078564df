// Finds where the table begins: lines above it that begin with #, and other preambles (preamble.ts), are skipped and reported. A
// header may begin with # too.
import type { ImportOptions } from '../../../contract/datasets/dataset.ts';
import { HindcastError } from '../../../contract/values/errors.ts';
import {
  type Dialect,
  detectDialect,
  type Head,
  namedDialect,
  readHead,
  type TextFile,
  UNNAMED_NOTE,
} from './dialect.ts';
import { findHeading } from './heading.ts';
import { KNOWN_NOTE, knownNames } from './known-names.ts';
import { fromLine } from './lines.ts';
import { findTableStart } from './preamble.ts';
import { splitRecord } from './record.ts';
import { isValue } from './value.ts';

const [TAB, SPACE, HASH, LF, CR] = [0x09, 0x20, 0x23, 0x0a, 0x0d];

interface Line {
  /** Bytes from the beginning of the file. */
  readonly from: number;
  readonly number: number;
}

interface LeadingComments {
  /** Each one; blank lines between them are none. */
  readonly comments: readonly Line[];
  /** The first line that is neither comment nor blank. */
  readonly table: Line;
}

/** Null where the file does not begin with a comment, or has nothing else. */
function findComments(head: Buffer, skip: number): LeadingComments | null {
  const comments: Line[] = [];
  let number = 1;
  for (let at = 0; at < head.length; number++) {
    let text = at;
    while (head[text] === SPACE || head[text] === TAB) text++;
    let end = text;
    while (end < head.length && head[end] !== LF && head[end] !== CR) end++;
    const line = { from: skip + at, number };
    if (head[text] === HASH) comments.push(line);
    else if (end > text) return comments.length > 0 ? { comments, table: line } : null;
    at = head[end] === CR && head[end + 1] === LF ? end + 2 : end + 1;
  }
  return null;
}

/** Comments between the header and the rows. */
const MOST_BELOW = 3;

/** The names in one of the last comments, where it has as many fields as the rows; null where none does. */
function commentedHeader(
  head: Buffer,
  skip: number,
  comments: readonly Line[],
  { delimiter, names }: Dialect,
): readonly string[] | null {
  for (const { from } of comments.slice(-MOST_BELOW - 1).reverse()) {
    const [line = ''] = head.toString('utf8', from - skip).split(/\r\n|\r|\n/, 1);
    const fields = splitRecord(line, delimiter);
    const bare = fields.map((text, i) => (i === 0 ? text.replace(/^\s*#+\s*/, '') : text));
    if (fields.length === names.length && bare.every((text) => text !== '' && !isValue(text))) return fields;
  }
  return null;
}

const startingAt = (file: TextFile, { from, number }: Line): TextFile => ({
  ...file,
  skip: from,
  firstLine: number,
});

const skipNote = (count: number): string =>
  count === 1
    ? 'A comment line (#) above the table was skipped.'
    : `${count} comment lines (#) above the table were skipped.`;

const SEPARATOR_LINE = /^"?sep=(.)"?\r?\n/i;

/** Spreadsheets write and read a first line `sep=;`, which names the delimiter. */
async function belowSeparatorLine(
  file: TextFile,
): Promise<{ readonly file: TextFile; readonly delimiter: string } | null> {
  const { buffer } = await readHead(file);
  const found = SEPARATOR_LINE.exec(buffer.toString('latin1', 0, 16));
  if (found?.[1] === undefined) return null;
  const next = { from: file.skip + found[0].length, number: file.firstLine + 1 };
  return { file: startingAt(file, next), delimiter: found[1] };
}

/** Where the user says where the table begins. Error: `invalid-input`. */
async function chosenTable(
  file: TextFile,
  { delimiter, skip, headerLine }: Pick<ImportOptions, 'delimiter' | 'skip' | 'headerLine'>,
): Promise<{ readonly file: TextFile; readonly dialect: Dialect } | null> {
  if (skip === undefined && !headerLine) return null;
  if (skip !== undefined && headerLine && headerLine !== skip + 1) {
    const message = `${file.fileName}: the header can't be line ${headerLine} where ${skip} lines are skipped; leave one of the two out.`;
    throw new HindcastError('invalid-input', message, { details: { field: 'headerLine' } });
  }
  const line = headerLine || (skip ?? 0) + 1;
  const table = await fromLine(file, line, headerLine ? 'headerLine' : 'skip');
  const header = headerLine === undefined ? 'found' : headerLine === 0 ? 'none' : 'there';
  const dialect = await detectDialect(table, delimiter, header);
  return { file: table, dialect: line === 1 ? dialect : noted(dialect, aboveNote(line - 1)) };
}

const aboveNote = (lines: number): string =>
  `${lines === 1 ? 'A line above the table was' : `${lines} lines above the table were`} skipped.`;

/** The table of a file without the comments above it, and how it is laid out. Errors: those of `detectDialect`. */
export async function detectTable(
  file: TextFile,
  options: Pick<ImportOptions, 'delimiter' | 'skip' | 'headerLine'> = {},
): Promise<{ readonly file: TextFile; readonly dialect: Dialect }> {
  const { delimiter } = options;
  const chosen = await chosenTable(file, options);
  if (chosen !== null) return chosen;
  const detect = options.headerLine === 0 ? rowsBelow : detectBelow;
  const below = await belowSeparatorLine(file);
  if (below === null) return detect(file, delimiter);
  const found = await detect(below.file, delimiter ?? below.delimiter);
  return {
    ...found,
    dialect: noted(found.dialect, 'The first line (sep=) names the delimiter and was skipped.'),
  };
}

/** Without a header, as the user says: the first line that is no comment is a row. */
async function rowsBelow(
  file: TextFile,
  delimiter: string | undefined,
): Promise<{ readonly file: TextFile; readonly dialect: Dialect }> {
  const { buffer } = await readHead(file);
  const found = findComments(buffer, file.skip);
  if (found === null) return { file, dialect: await detectDialect(file, delimiter, 'none') };
  const below = startingAt(file, found.table);
  const dialect = await detectDialect(below, delimiter, 'none');
  return { file: below, dialect: withNote(dialect, found.comments.length) };
}

async function detectBelow(
  file: TextFile,
  delimiter: string | undefined,
): Promise<{ readonly file: TextFile; readonly dialect: Dialect }> {
  const head = await readHead(file);
  const found = findComments(head.buffer, file.skip);
  if (found === null)
    return (await belowHeading(file, head, delimiter)) ?? belowPreamble(file, head, delimiter);
  const { comments, table } = found;
  const below = startingAt(file, table);
  const headings = await belowHeading(below, await readHead(below), delimiter);
  if (headings !== null) return { ...headings, dialect: withNote(headings.dialect, comments.length) };
  const dialect = await detectDialect(below, delimiter);
  const header = dialect.hasHeader ? null : commentedHeader(head.buffer, file.skip, comments, dialect);
  if (header === null) return { file: below, dialect: withNote(dialect, comments.length) };
  const named = namedDialect(file.fileName, { ...dialect, names: header, notes: [] });
  return { file: below, dialect: comments.length === 1 ? named : withNote(named, comments.length - 1) };
}

/** A header of several lines; null for one line. */
async function belowHeading(
  file: TextFile,
  head: Head,
  delimiter: string | undefined,
): Promise<{ readonly file: TextFile; readonly dialect: Dialect } | null> {
  const heading = findHeading(head, file.firstLine, delimiter);
  if (heading === null) return null;
  const rows = { from: file.skip + heading.at, number: file.firstLine + heading.lines };
  return { file: startingAt(file, rows), dialect: namedDialect(file.fileName, heading) };
}

async function belowPreamble(
  file: TextFile,
  head: Head,
  delimiter: string | undefined,
): Promise<{ readonly file: TextFile; readonly dialect: Dialect }> {
  const start = findTableStart(head, delimiter);
  if (start === null) return { file, dialect: await detectDialect(file, delimiter) };
  const table = { from: file.skip + start.at, number: file.firstLine + start.lines };
  const below = startingAt(file, table);
  const dialect = noted(await detectDialect(below, delimiter), aboveNote(start.skipped));
  const names = dialect.hasHeader ? null : knownNames(head.buffer, dialect);
  return {
    file: below,
    dialect:
      names === null
        ? dialect
        : namedDialect(file.fileName, { ...dialect, names, notes: knownNotes(dialect) }),
  };
}

/** The columns have names, though the file does not hold them. */
const knownNotes = ({ notes }: Dialect): readonly string[] =>
  notes.map((note) => (note === UNNAMED_NOTE ? KNOWN_NOTE : note));

const noted = (dialect: Dialect, note: string): Dialect => ({ ...dialect, notes: [note, ...dialect.notes] });

const withNote = (dialect: Dialect, skipped: number): Dialect => noted(dialect, skipNote(skipped));

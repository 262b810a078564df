// The structure of a file, found without DuckDB: bytes -> UTF-8 text -> the lines and columns of a table -> its records, checked.
import { join } from 'node:path';
import type { ImportOptions } from '../../contract/datasets/dataset.ts';
import type { ImportRequest } from '../../contract/processes/importer.ts';
import { HindcastError } from '../../contract/values/errors.ts';
import { DONE, type Job } from './job.ts';
import type { Known } from './plain/known.ts';
import { isPlainRequest } from './plain/plain-rows.ts';
import { readPlain } from './plain/read-plain.ts';
import { reshapeTable } from './reshape/reshape.ts';
import { reshapeLines } from './reshape/reshape-lines.ts';
import { detectTable } from './source/comments.ts';
import type { Dialect, TextFile } from './source/dialect.ts';
import type { Duck } from './source/duck.ts';
import { encodingNotes } from './source/encoding-notes.ts';
import { firstLines } from './source/first-lines.ts';
import { withPlainDigits } from './source/foreign-digits.ts';
import { type JoinedSource, joinFiles } from './source/join-files.ts';
import { type OpenedSource, openSource } from './source/open-source.ts';
import { checkSideBySide } from './source/side-by-side.ts';
import type { Source } from './source/source.ts';
import { textFile } from './source/text-file.ts';
import { loadRawTables } from './table/raw-table.ts';
import { checkTable, type LineTally, type TableCheck, writeCanonicalCopy } from './table/table-check.ts';
import { checkZone } from './time/zone.ts';

export interface Table {
  readonly source: Source;
  /** Of a joined table. */
  readonly files: JoinedSource['files'];
  /** The first lines of the text. */
  readonly lines: readonly string[];
  readonly file: TextFile;
  readonly dialect: Dialect;
  readonly check: TableCheck;
  /** How its bytes were read. */
  readonly textNotes: readonly string[];
  /** What was asked for, and what a reshaping says of its table. */
  readonly options: ImportOptions;
  readonly shape: string | null;
  readonly tally: LineTally;
  /** Of the file itself. */
  readonly delimiter: string;
  /** What is known of it without DuckDB. */
  readonly known: Known | null;
}

function nothingReadable(fileName: string, check: TableCheck): HindcastError {
  const first = check.unreadable[0];
  if (first === undefined) {
    const message = `${fileName} has only a header and no rows; choose a file with data.`;
    return new HindcastError('file-empty', message, { details: { file: fileName } });
  }
  const message = `${fileName} has no readable row: line ${first.line} ${first.reason}; check the delimiter and the header.`;
  return new HindcastError('file-unreadable', message, {
    details: { file: fileName, line: first.line, rows: 0 },
  });
}

/** The file, or several joined. */
function openFiles(
  { request, folder, lookThread, signal }: Job,
  progress: (share: number) => void,
): Promise<OpenedSource | JoinedSource> {
  const { path, more = [], options } = request;
  if (more.length === 0)
    return openSource({ path, options, hashOf: lookThread?.hashOf, folder, progress, signal });
  return joinFiles({ paths: [path, ...more], options, folder, progress, signal });
}

/** What is left to say of a joined table: its files were read as the options say. */
function optionsOf({ options }: ImportRequest, opened: OpenedSource | JoinedSource): ImportOptions {
  if (!('files' in opened)) return options;
  const { skip: _, headerLine: __, encoding: ___, part: ____, ...rest } = options;
  return { ...rest, delimiter: opened.delimiter };
}

/** Texts that only a look at each of them tells. */
const needsTexts = ({ missing = [], decimal }: ImportOptions): boolean =>
  missing.length > 0 || decimal !== undefined;

/** Reads the file's structure; nothing of DuckDB is needed for it. */
export async function openTable(job: Job, isPlainRead: boolean): Promise<Table> {
  const { request, signal } = job;
  checkZone(request.options.timeZone ?? 'UTC');
  const inspected = (share: number) => job.progress('reading', 0, DONE.inspected * share);
  const opened = await openFiles(job, inspected);
  const { source } = opened;
  const decoded = await textFile(source, job.folder, signal);
  const { file: text, notes: digits } = await withPlainDigits(decoded, job.folder, signal);
  const textNotes = [...opened.notes, ...(await encodingNotes(source, decoded, signal)), ...digits];
  const asked = optionsOf(request, opened);
  const plain = await reshapeLines({ file: text, folder: job.folder, options: asked, signal });
  const options = plain?.options ?? asked;
  const { file, dialect: found } = await detectTable(plain?.file ?? text, options);
  const dialect = plain === null ? found : { ...found, notes: [...plain.notes, ...found.notes] };
  if (options.timeColumn === undefined) checkSideBySide(source.fileName, dialect.names, dialect.sample);
  const opening = { source, files: filesOf(opened), lines: await firstLines(text), textNotes };
  const reshaped = await reshapeTable({ file, dialect, folder: job.folder, options, signal });
  if (reshaped !== null) {
    if (reshaped.check.rows === 0) throw nothingReadable(source.fileName, reshaped.check);
    return {
      ...opening,
      delimiter: dialect.delimiter,
      ...reshaped,
      tally: plain?.tally ?? reshaped.check.tally,
      known: null,
    };
  }
  const checked = (bytes: number) => {
    const share = Math.min(1, bytes / Math.max(1, file.bytes));
    job.progress('reading', 0, DONE.inspected + (DONE.checked - DONE.inspected) * share);
  };
  const isAsked = isPlainRead && !needsTexts(options);
  const ahead = isPlainRequest(options) ? job.sink.ahead : undefined;
  const read = isAsked ? await readPlain(file, dialect, job.folder, checked, signal, ahead) : null;
  const check = read?.check ?? (await checkTable(file, dialect, checked, signal));
  if (check.rows === 0) throw nothingReadable(source.fileName, check);
  return {
    ...opening,
    file,
    dialect,
    check,
    options,
    shape: plain?.shape ?? null,
    tally: plain?.tally ?? check.tally,
    delimiter: request.options.delimiter ?? dialect.delimiter,
    known: read?.known ?? null,
  };
}

const filesOf = (opened: OpenedSource | JoinedSource): JoinedSource['files'] =>
  'files' in opened ? opened.files : [];

/** DuckDB takes `*`, `?` and `[` in a path for a pattern. */
const hasPattern = (path: string): boolean => /[*?[\]{}]/.test(path);

/** Makes the raw tables. */
export async function loadTable(job: Job, duck: Duck, { file, dialect, check }: Table): Promise<void> {
  const { rows, longest, lineBreak } = check;
  if (check.plain && !hasPattern(file.path)) {
    await loadRawTables(duck, file.path, dialect, { header: dialect.hasHeader, rows, longest, lineBreak });
  } else {
    const copy = join(job.folder, 'canonical.csv');
    await writeCanonicalCopy(file, dialect, copy, job.signal);
    // Quotes may double in the copy.
    await loadRawTables(duck, copy, dialect, { header: false, rows, longest: 2 * longest, lineBreak: '\\n' });
  }
  job.progress('checking', rows, DONE.loaded);
}

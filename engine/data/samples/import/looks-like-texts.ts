// Whether a table is one of texts with labels, judged by its first rows: then a column of times in it is only a detail.
import { open, stat } from 'node:fs/promises';
import type { ImportRequest } from '../../../contract/processes/importer.ts';
import { isFields } from '../../../contract/values/fields.ts';
import { detectTable } from '../../import/source/comments.ts';
import type { TextFile } from '../../import/source/dialect.ts';
import { detectSampleTable } from './false-header.ts';
import { mayBeEventLog } from './find-event-log.ts';
import { findRoles } from './find-roles.ts';
import { describeColumn } from './text-columns.ts';

const FEWEST_WORDS = 4;
/** Dates and clocks are none. */
const WORD = /\S*\p{L}\S*/gu;

const headOf = (path: string): TextFile => ({ path, fileName: path, bytes: 0, skip: 0, firstLine: 1 });

/** False for what is no UTF-8 text, whatever it holds. */
export async function looksLikeTexts({
  path,
  options,
}: Pick<ImportRequest, 'path' | 'options'>): Promise<boolean> {
  try {
    const { dialect } = await detectSampleTable(headOf(path), options);
    const { names, sample } = dialect;
    const cellsOf = (column: number) => sample.map((row) => row[column] ?? '');
    const columns = names.map((name, index) => describeColumn(name, cellsOf(index)));
    const roles = findRoles({
      fileName: path,
      columns,
      cellsOf,
      given: {},
      hasDecodedInput: false,
      isLabelNeeded: true,
    });
    if (roles === null || roles.input === null) return false;
    // Lists of tokens are no values of a series.
    if (columns[roles.input]!.kind === 'tokens') return true;
    const words = cellsOf(roles.input).map((cell) => cell.match(WORD)?.length ?? 0);
    return (
      columns[roles.input]!.kind === 'text' &&
      words.reduce((sum, count) => sum + count, 0) >= FEWEST_WORDS * words.length
    );
  } catch {
    return false;
  }
}

/** Rows of a longer file are no events without being asked for: all of them have to be in memory. */
const MOST_BYTES = 200 * 2 ** 20;

/** Whether the columns of a table are called as those of a log of events are; times that were named are those of series. */
export async function looksLikeEventLog({
  path,
  options,
}: Pick<ImportRequest, 'path' | 'options'>): Promise<boolean> {
  if ((options.timeColumn ?? options.timeFormat ?? options.seriesColumn ?? options.layout) !== undefined)
    return false;
  try {
    if ((await stat(path)).size > MOST_BYTES) return false;
    return mayBeEventLog(
      (await fieldsOfFirst(path)) ?? (await detectTable(headOf(path), options)).dialect.names,
    );
  } catch {
    return false;
  }
}

const HEAD_BYTES = 65_536;

/** Of JSON lines; null of another file. */
async function fieldsOfFirst(path: string): Promise<string[] | null> {
  await using handle = await open(path, 'r');
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
  const [first = ''] = buffer.subarray(0, bytesRead).toString('utf8').trimStart().split('\n');
  if (!first.startsWith('{')) return null;
  const value: unknown = JSON.parse(first);
  return isFields(value) ? Object.keys(value) : null;
}

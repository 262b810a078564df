// The report of an import: its recipe, its notes, and the reason if no row could be kept.

import { formOf, type ImportReport, type Recipe } from '../../contract/datasets/dataset.ts';
import type { ImportRequest } from '../../contract/processes/importer.ts';
import { SAME_TIME } from '../../contract/runs/note-words.ts';
import { HindcastError } from '../../contract/values/errors.ts';
import { sourceName } from '../../contract/values/source-name.ts';
import type { PlacedRows } from './rows/rows.ts';
import type { ReportedColumns } from './rows/set-aside.ts';
import type { Dialect } from './source/dialect.ts';
import type { Source } from './source/source.ts';
import { namesOf } from './time/time-parts.ts';

export async function recipeOf(
  { path, sample, options }: ImportRequest,
  { bytes, sha256 }: Source,
  dialect: Dialect,
  { time, timeFormat, timeZone, series }: ReportedColumns,
): Promise<Recipe> {
  return {
    source: { path: sourceName(path), bytes, sha256: await sha256, sample },
    delimiter: dialect.delimiter,
    layout: series.length === 0 ? 'wide' : 'long',
    timeColumn: namesOf(dialect, time),
    timeFormat,
    timeZone,
    ...(options.missing?.length ? { missing: options.missing } : {}),
    ...formOf(options),
    seriesColumn: series.length === 0 ? null : namesOf(dialect, series),
  };
}

const plural = (count: number, one: string, many: string): string =>
  `${count.toLocaleString('en-US')} ${count === 1 ? one : many}`;

const CLOCK_CHANGE =
  'All of them lie in the night of a Sunday in which clocks may be set back: if the times are those of a local clock, name its zone, and both hours are kept (in a terminal: --time-zone Europe/Berlin).';

export function orderNotes(
  { outOfOrder, duplicates, atClockChange }: PlacedRows,
  isZoneGiven: boolean,
): string[] {
  const notes: string[] = [];
  if (outOfOrder > 0) {
    const rows = plural(outOfOrder, 'row came', 'rows came');
    notes.push(`Rows were out of order and were sorted by time: ${rows} before the time of the row above.`);
  }
  if (duplicates > 0) {
    const rows = plural(duplicates, 'row has', 'rows have');
    notes.push(`${rows} ${SAME_TIME}: of each time the last row was kept.`);
    if (atClockChange === duplicates && !isZoneGiven) notes.push(CLOCK_CHANGE);
  }
  return notes;
}

export function noRowLeft(fileName: string, { setAside }: ImportReport): HindcastError {
  const first = setAside[0];
  const where = first === undefined ? '' : `: line ${first.line}, ${first.reason}`;
  const message = `${fileName} has no row that can be kept${where}; correct the file or name the columns.`;
  return new HindcastError('file-unreadable', message, { details: { file: fileName } });
}

/** Rows of a file that is too short to judge by shares. */
const FEW_ROWS = 20;

/** More rows set aside than kept: the file was not understood, unless the user said how to read it. Error: `file-unreadable`. */
export function checkKept({ options }: ImportRequest, fileName: string, report: ImportReport): void {
  const { rowsRead, rowsKept, rowsSetAside, setAside } = report;
  const isAsked =
    options.skip ??
    options.headerLine ??
    options.timeColumn ??
    options.timeFormat ??
    options.delimiter ??
    options.layout ??
    options.seriesColumn;
  if (isAsked !== undefined || rowsRead < FEW_ROWS || rowsSetAside <= rowsKept) return;
  const reasons = [...Map.groupBy(setAside, ({ reason }) => reason)].sort(
    (a, b) => b[1].length - a[1].length,
  );
  const [reason, [first] = []] = reasons[0] ?? [];
  const why = first === undefined ? '' : `, most of them as line ${first.line}: ${reason}`;
  const rows = (count: number) => count.toLocaleString('en-US');
  const message =
    `Of the ${rows(rowsRead)} rows of ${fileName} only ${rows(rowsKept)} can be kept${why}; ` +
    'name the delimiter or the columns if the table was not understood (in a terminal: --delimiter, --time-column, --series-column).';
  throw new HindcastError('file-unreadable', message, { details: { file: fileName } });
}

// The report of an import: its recipe, its notes, and the reason if no row could be kept.

import type { ImportReport, Recipe } from '../../contract/dataset.ts';
import { HindcastError } from '../../contract/errors.ts';
import type { ImportRequest } from '../../contract/processes/importer.ts';
import { sourceName } from '../../contract/source-name.ts';
import type { PlacedRows } from './rows/rows.ts';
import type { ReportedColumns } from './rows/set-aside.ts';
import type { Dialect } from './source/dialect.ts';
import type { Source } from './source/source.ts';
import { namesOf } from './time/time-parts.ts';

export function recipeOf(
  { path, sample, options }: ImportRequest,
  { bytes, sha256 }: Source,
  dialect: Dialect,
  { time, timeFormat, timeZone, series }: ReportedColumns,
): Recipe {
  return {
    source: { path: sourceName(path), bytes, sha256, sample },
    delimiter: dialect.delimiter,
    layout: series === null ? 'wide' : 'long',
    timeColumn: namesOf(dialect, time),
    timeFormat,
    timeZone,
    ...(options.missing?.length ? { missing: options.missing } : {}),
    seriesColumn: series === null ? null : (dialect.names[series] ?? null),
  };
}

export function encodingNotes({ encoding }: Source): string[] {
  return encoding === 'utf-8' ? [] : [`The file was read as ${encoding}.`];
}

const plural = (count: number, one: string, many: string): string =>
  `${count.toLocaleString('en-US')} ${count === 1 ? one : many}`;

export function orderNotes({ outOfOrder, duplicates }: PlacedRows): string[] {
  const notes: string[] = [];
  if (outOfOrder > 0) {
    const rows = plural(outOfOrder, 'row came', 'rows came');
    notes.push(`Rows were out of order and were sorted by time: ${rows} before the time of the row above.`);
  }
  if (duplicates > 0) {
    const rows = plural(duplicates, 'row has', 'rows have');
    notes.push(`${rows} the same time as a later row: of each time the last row was kept.`);
  }
  return notes;
}

export function noRowLeft(fileName: string, { setAside }: ImportReport): HindcastError {
  const first = setAside[0];
  const where = first === undefined ? '' : `: line ${first.line}, ${first.reason}`;
  const message = `${fileName} has no row that can be kept${where}; correct the file or name the columns.`;
  return new HindcastError('file-unreadable', message, { details: { file: fileName } });
}

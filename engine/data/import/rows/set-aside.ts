// The report's list of rows that were set aside: line, column, reason, and the raw line of the file.
import type { SetAsideRow } from '../../../contract/datasets/dataset.ts';
import type { Dialect, TextFile } from '../source/dialect.ts';
import { splitRecord } from '../source/record.ts';
import { inPart, MAX_REPORTED_ROWS, rawText, type TableCheck, visitRows } from '../table/table-check.ts';
import { namesOf } from '../time/time-parts.ts';
import { PROBLEM } from './rows.ts';
import { createSetAsideFile } from './set-aside-file.ts';

export interface ReportedColumns {
  /** Several are read together. */
  readonly time: readonly number[];
  readonly timeFormat: string;
  readonly timeZone: string;
  /** Several name the series together. */
  readonly series: readonly number[];
}

const MAX_QUOTED = 60;

function quote(text: string): string {
  return `"${text.length > MAX_QUOTED ? `${text.slice(0, MAX_QUOTED)}…` : text}"`;
}

function formWords(label: string): string {
  return label === 'detected' ? 'an ISO time' : `a time of the form ${label.split('|')[0]}`;
}

function explain(
  problem: number,
  fields: readonly string[],
  dialect: Dialect,
  columns: ReportedColumns,
): { readonly column: string | null; readonly reason: string } {
  const time = columns.time.map((column) => fields[column] ?? '').join(' ');
  const name = namesOf(dialect, columns.time);
  switch (problem) {
    case PROBLEM.time:
      if (time.trim() === '') return { column: name, reason: 'the time is missing' };
      return { column: name, reason: `${quote(time)} is not ${formWords(columns.timeFormat)}` };
    case PROBLEM.gap: {
      const reason = `${quote(time)} does not exist in ${columns.timeZone}: the clocks go forward there`;
      return { column: name, reason };
    }
    case PROBLEM.far:
      return {
        column: name,
        reason: `${quote(time)} is far from all other times: taken for a placeholder of none`,
      };
    case PROBLEM.series:
      return { column: namesOf(dialect, columns.series), reason: 'the name of the series is missing' };
    case PROBLEM.total:
      return {
        column: name,
        reason: 'has the sum of rows above, or says so, under a date that has a row: taken for a total',
      };
    case PROBLEM.hollow:
      return { column: name, reason: 'has no number, and another row has the same time' };
    default: {
      const where = columns.series.length === 0 ? '' : ' of the series';
      return { column: name, reason: `a later row${where} has the same time; the last one was kept` };
    }
  }
}

export interface RowsToName {
  /** Of sound rows (counted from 0), see PROBLEM. */
  readonly problems: ReadonlyMap<number, number>;
  /** Sound rows whose lines are wanted. */
  readonly wanted: readonly number[];
}

export interface NamedRows {
  /** The first 1,000 rows that were kept aside, by line. */
  readonly setAside: SetAsideRow[];
  /** All of them as a file, where they are more. */
  readonly setAsideFile: Uint8Array | null;
  /** Lines of the wanted rows. */
  readonly lines: ReadonlyMap<number, number>;
}

/** Lines are found in a second pass over the file. */
export async function nameRows(
  file: TextFile,
  dialect: Dialect,
  check: TableCheck,
  columns: ReportedColumns,
  { problems, wanted }: RowsToName,
): Promise<NamedRows> {
  const found: SetAsideRow[] = check.unreadable
    .slice(0, MAX_REPORTED_ROWS)
    .map((row) => ({ ...row, column: null }));
  const all = check.unreadableRows + problems.size > MAX_REPORTED_ROWS ? createSetAsideFile() : null;
  const lines = new Map<number, number>();
  const isWanted = new Set(wanted);
  const last = wanted.reduce((most, row) => Math.max(most, row), -1);
  let [row, sound, unsound] = [-1, problems.size, all ? check.unreadableRows : 0];
  const isDone = () => sound === 0 && unsound === 0 && row >= last;
  if (!isDone()) {
    await visitRows(file, dialect, (record, buffer, line, unreadable, part) => {
      const raw = () => rawText(buffer, record.start, record.end);
      if (unreadable !== null) {
        unsound--;
        all?.add({ line, column: null, reason: inPart(unreadable, part), raw: raw() });
        return !isDone();
      }
      row++;
      if (isWanted.has(row)) lines.set(row, line);
      const problem = problems.get(row);
      if (problem !== undefined) {
        sound--;
        const fields = splitRecord(buffer.toString('utf8', record.start, record.end), dialect.delimiter);
        const { column, reason } = explain(problem, fields, dialect, columns);
        const aside = { line, column, reason: inPart(reason, part), raw: raw() };
        all?.add(aside);
        if (found.length < 2 * MAX_REPORTED_ROWS) found.push(aside);
      }
      return !isDone();
    });
  }
  // A reshaped table holds none of the rows that could not be reshaped.
  if (all && unsound === check.unreadableRows)
    for (const unreadable of check.unreadable) all.add({ ...unreadable, column: null });
  found.sort((a, b) => a.line - b.line);
  return { setAside: found.slice(0, MAX_REPORTED_ROWS), setAsideFile: all?.end() ?? null, lines };
}

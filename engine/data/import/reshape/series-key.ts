// Which columns tell the records of a table apart: they name the series where a record holds many times.
import { isMissing, looksNumericInAnyStyle } from '../columns/number-style.ts';
import { type Dialect, sampleOf } from '../source/dialect.ts';
import { splitRecord } from '../source/record.ts';
import { visitRows } from '../table/table-check.ts';
import type { ShapeRequest } from './shape.ts';

/** Records from which the columns are chosen. */
const MOST_RECORDS = 200_000;
const SEPARATOR = ' / ';

const isText = (dialect: Dialect, column: number): boolean => {
  const values = sampleOf(dialect, column);
  return values.filter(looksNumericInAnyStyle).length * 2 < values.length;
};

/** The texts of some columns of every record. */
async function recordsOf(
  { file, dialect, signal }: ShapeRequest,
  columns: readonly number[],
): Promise<string[][]> {
  const records: string[][] = [];
  await visitRows(
    file,
    dialect,
    (record, buffer, _line, problem) => {
      if (problem !== null) return;
      const fields = splitRecord(buffer.toString('utf8', record.start, record.end), dialect.delimiter);
      records.push(columns.map((column) => (fields[column] ?? '').trim()));
      return records.length < MOST_RECORDS;
    },
    { signal },
  );
  return records;
}

function distinct(records: readonly (readonly string[])[], positions: readonly number[]): number {
  return new Set(records.map((record) => positions.map((at) => record[at]).join('\n'))).size;
}

export interface SeriesKey {
  /** Empty: one series. */
  readonly columns: readonly number[];
  /** Every record differs from all others in them and in `fixed`. */
  readonly isUnique: boolean;
  nameOf(fields: readonly string[]): string;
}

/** The fewest of the columns `among` that tell the records apart beside those of `fixed`: texts first, then numbers. */
export async function findSeriesKey(
  request: ShapeRequest,
  fixed: readonly number[],
  among: readonly number[],
): Promise<SeriesKey> {
  const texts = among.filter((column) => isText(request.dialect, column));
  const columns = [...fixed, ...texts, ...among.filter((column) => !texts.includes(column))];
  const records = await recordsOf(request, columns);
  const chosen = fixed.map((_, position) => position);
  let found = distinct(records, chosen);
  for (const last of [fixed.length + texts.length, columns.length]) {
    while (found < records.length) {
      let best = -1;
      let most = found;
      for (let position = fixed.length; position < last; position++) {
        if (chosen.includes(position)) continue;
        const count = distinct(records, [...chosen, position]);
        if (count > most) [best, most] = [position, count];
      }
      if (best < 0) break;
      chosen.push(best);
      found = most;
    }
  }
  const key = chosen.slice(fixed.length).map((position) => columns[position] ?? 0);
  key.sort((a, b) => a - b);
  return {
    columns: key,
    isUnique: found === records.length,
    nameOf: (fields) =>
      key
        .map((column) => (fields[column] ?? '').trim())
        .filter((text) => !isMissing(text))
        .join(SEPARATOR),
  };
}

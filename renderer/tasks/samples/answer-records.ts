// The first answers of a table in CSV, as cells to be shown.

import { formatCount, formatNumber } from '../../ui/format.ts';
import type { PlainColumn, PlainRow } from '../../ui/plain-table.tsx';

const FIELD = /(?:"((?:[^"]|"")*)"|([^,"\r\n]*))(,|\r?\n|$)/y;

/** @param most records, the header among them */
export function recordsOf(csv: string, most: number): string[][] {
  const records: string[][] = [];
  let record: string[] = [];
  FIELD.lastIndex = 0;
  while (records.length < most && FIELD.lastIndex < csv.length) {
    const found = FIELD.exec(csv);
    if (!found) break;
    const [, quoted, plain = '', end] = found;
    record.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
    if (end === ',') continue;
    records.push(record);
    record = [];
  }
  return record.length > 0 && records.length < most ? [...records, record] : records;
}

/** Probabilities of classes and labels. */
const PROBABILITY = /^(probability$|p )/;

const NAMES: readonly string[] = ['name', 'group'];
/** Beside probabilities. */
const CLASSES: readonly string[] = ['answer', 'truth'];

/** Columns in which nothing stands are left out. */
export function answerTable([header = [], ...rows]: readonly (readonly string[])[]): {
  readonly columns: readonly PlainColumn[];
  readonly rows: readonly PlainRow[];
} {
  const shown = [...header.keys()].filter((column) => rows.some((row) => (row[column] ?? '') !== ''));
  const isNumber = (column: number) => rows.every((row) => Number.isFinite(Number(row[column] ?? '')));
  // Names and classes may be numbers, too.
  const words = header.some((name) => PROBABILITY.test(name)) ? [...NAMES, ...CLASSES] : NAMES;
  const numbers = shown.filter((column) => !words.includes(header[column]!) && isNumber(column));
  return {
    columns: shown.map((column) => ({ title: header[column]!, isNumber: numbers.includes(column) })),
    rows: rows.map((row, index) => ({
      key: String(index),
      cells: shown.map((column) => {
        const cell = row[column] ?? '';
        if (cell === '' || !numbers.includes(column)) return cell;
        return PROBABILITY.test(header[column]!)
          ? `${formatNumber(100 * Number(cell))} %`
          : Number.isInteger(Number(cell))
            ? formatCount(Number(cell))
            : formatNumber(Number(cell));
      }),
    })),
  };
}

// Tables that stand side by side, each with times of its own, as spreadsheets of market data hold them: `Date,A,,Date,B`. A row of the file is then
// no row of a table, and values would come to stand at times that are not theirs.
import { HindcastError } from '../../../contract/values/errors.ts';
import { isMissing, looksNumericInAnyStyle } from '../columns/number-style.ts';
import { looksLikeTime } from '../time/time-candidates.ts';

type Row = readonly string[];

const ROWS = 200;
const FEWEST = 3;
const MOST_NAMED = 4;

const baseOf = (name: string): string =>
  name
    .trim()
    .toLowerCase()
    .replace(/[ ._-]*\(?\d+\)?$/, '');

const isUnnamed = (name: string): boolean => /^(column\d+)?$/.test(name.trim());

/** The first column of each table; null where the columns belong together. */
function sideBySide(names: Row, rows: readonly Row[]): readonly number[] | null {
  const some = rows.slice(0, ROWS);
  const texts = (column: number) => some.map((row) => row[column] ?? '');
  const known = (column: number) => texts(column).filter((text) => !isMissing(text));
  const isEmpty = (column: number) => isUnnamed(names[column] ?? '') && known(column).length === 0;
  const begins = (column: number) =>
    column > 1 &&
    (isEmpty(column - 1) || baseOf(names[column] ?? '') === baseOf(names[0] ?? '')) &&
    areTimes(known(column));
  const more = names.map((_, column) => column).filter(begins);
  if (more.length === 0 || !areTimes(known(0))) return null;
  const starts = [0, ...more];
  const haveValues = starts.every((start, i) =>
    range(start + 1, starts[i + 1] ?? names.length).some((column) => {
      const values = known(column);
      return values.filter(looksNumericInAnyStyle).length * 2 > values.length;
    }),
  );
  const first = texts(0);
  const differ = more.some((column) => texts(column).some((text, i) => text.trim() !== first[i]?.trim()));
  return haveValues && differ ? starts : null;
}

const range = (from: number, to: number): number[] =>
  Array.from({ length: Math.max(0, to - from) }, (_, i) => from + i);

/** Each one once: the times of a table that begins here. */
function areTimes(values: Row): boolean {
  if (values.length < FEWEST || new Set(values).size < values.length) return false;
  return values.filter((text) => looksLikeTime(text)).length * 20 >= values.length * 19;
}

const AS_IT_STANDS = ', or name the time column to read the rest as it stands (in a terminal: --time-column)';

/** Refuses such a table; `orElse` is another way to read it. Error: `invalid-input`. */
export function checkSideBySide(
  fileName: string,
  names: Row,
  rows: readonly Row[],
  orElse = AS_IT_STANDS,
): void {
  const starts = sideBySide(names, rows);
  if (starts === null) return;
  const shown = starts
    .slice(0, MOST_NAMED)
    .map((start) => `"${(names[start] ?? '').trim().slice(0, 30)}" (column ${start + 1})`);
  const all = shown.length < starts.length ? `${shown.join(', ')} and more` : shown.join(' and ');
  const message =
    `${fileName} holds ${starts.length} tables side by side, whose times differ: they begin at ${all}. ` +
    `Read as one, values would stand at times that are not theirs: write each table to a file of its own and import these together${orElse}.`;
  throw new HindcastError('invalid-input', message, { details: { file: fileName, field: 'timeColumn' } });
}

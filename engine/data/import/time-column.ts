// Finds the column that holds the times and the form they have: candidates from the sample, the decision from all rows.
import { HindcastError } from '../../contract/errors.ts';
import { type Dialect, sampleOf } from './dialect.ts';
import type { Duck } from './duck.ts';
import { noTimeColumn } from './no-time.ts';
import { columnName, tableOf } from './raw-table.ts';
import { candidateFormats, type TimeFormat, timeFormat } from './time-format.ts';
import { nearlyAll } from './tolerance.ts';

export interface TimeChoice {
  readonly column: number;
  readonly format: TimeFormat;
  readonly notes: readonly string[];
}

export interface TimeRequest {
  readonly duck: Duck;
  readonly fileName: string;
  readonly dialect: Dialect;
  /** Column given by the user. */
  readonly column: number | null;
  /** Form given by the user. */
  readonly format: string | null;
}

export interface Counted {
  readonly column: number;
  readonly format: TimeFormat;
  readonly wider: TimeFormat | null;
  readonly weak: boolean;
  readonly fitting: number;
  readonly total: number;
}

const TIME_NAME =
  /date|time|datum|zeit|^(ts|t|dt|day|tag|month|monat|year|jahr|period|quarter|epoch|unix.*)$/i;
const CANDIDATES_PER_QUERY = 32;

/** Bare numbers are times only in a column whose name says so, or in a first column that never falls. */
function isPlausible(dialect: Dialect, column: number, weak: boolean): boolean {
  if (!weak || TIME_NAME.test(dialect.names[column] ?? '')) return true;
  const values = sampleOf(dialect, column).map(Number);
  return column === 0 && values.length > 2 && values.every((v, i) => i === 0 || v > (values[i - 1] ?? v));
}

type Candidate = Omit<Counted, 'fitting' | 'total'>;

function candidatesOf({ dialect, column, format }: TimeRequest): Candidate[] {
  const columns = column === null ? dialect.names.map((_, i) => i) : [column];
  if (format !== null) {
    return columns.map((c) => ({ column: c, format: timeFormat(format), wider: null, weak: false }));
  }
  return columns.flatMap((c) =>
    candidateFormats(sampleOf(dialect, c))
      .filter(({ weak }) => column !== null || isPlausible(dialect, c, weak))
      .map((candidate) => ({ column: c, ...candidate })),
  );
}

async function countFitting(duck: Duck, candidates: readonly Candidate[]): Promise<Counted[]> {
  const counted: Counted[] = [];
  const byTable = Map.groupBy(candidates, ({ column }) => tableOf(column));
  for (const [table, all] of byTable) {
    for (let i = 0; i < all.length; i += CANDIDATES_PER_QUERY) {
      const some = all.slice(i, i + CANDIDATES_PER_QUERY);
      const counts = some.map(({ column, format }) => {
        const x = columnName(column);
        return `count(${x}), count(${format.sql(x)})`;
      });
      const numbers = await duck.numbers(`SELECT ${counts.join(', ')} FROM ${table}`);
      some.forEach((candidate, k) => {
        counted.push({ ...candidate, total: numbers[2 * k] ?? 0, fitting: numbers[2 * k + 1] ?? 0 });
      });
    }
  }
  return counted;
}

/** Later rows may have other clocks than the sample: takes the wider form where it reads more. */
async function widened(duck: Duck, counted: readonly Counted[]): Promise<Counted[]> {
  const short = counted.filter(({ fitting, total, wider }) => fitting < total && wider !== null);
  const wide = await countFitting(
    duck,
    short.map((one) => ({ ...one, format: one.wider ?? one.format })),
  );
  return counted.map((one) => {
    const better = wide[short.indexOf(one)];
    return better !== undefined && better.fitting > one.fitting ? better : one;
  });
}

const isDayFirst = ({ format }: Counted): boolean => /^%d[/-]%m/.test(format.label);
const isMonthFirst = ({ format }: Counted): boolean => /^%m[/-]%d/.test(format.label);

/** Times that fall, and the largest step over the typical one, when the rows are taken in the order of the file. */
async function orderOf(duck: Duck, { column, format }: Counted): Promise<readonly [number, number]> {
  const times = `SELECT rowid AS rn, ${format.sql(columnName(column))} AS t FROM ${tableOf(column)}`;
  const steps = `SELECT t - lag(t) OVER (ORDER BY rn) AS step FROM (${times}) WHERE t IS NOT NULL`;
  const [falling, largest, typical] = await duck.numbers(
    `SELECT count(*) FILTER (step < 0), max(step), quantile_disc(step, 0.5) FROM (${steps})`,
  );
  return [falling ?? 0, (largest ?? 0) / Math.max(1, typical ?? 0)];
}

/** Day first or month first, where every value allows both: the order that fits the rows better, else a guess with a note. */
async function resolveDayMonth(
  request: TimeRequest,
  day: Counted,
  month: Counted,
): Promise<{ readonly choice: Counted; readonly notes: string[] }> {
  const [dayFalls, dayRatio] = await orderOf(request.duck, day);
  const [monthFalls, monthRatio] = await orderOf(request.duck, month);
  if (dayFalls !== monthFalls) return { choice: dayFalls < monthFalls ? day : month, notes: [] };
  if (dayRatio > 2 * monthRatio) return { choice: month, notes: [] };
  if (monthRatio > 2 * dayRatio) return { choice: day, notes: [] };
  // Semicolons come from places where a comma is the decimal sign, and there the day goes first.
  const choice = request.dialect.delimiter === ';' ? day : month;
  const other = choice === day ? month : day;
  const name = request.dialect.names[choice.column] ?? '';
  const example = sampleOf(request.dialect, choice.column)[0] ?? '';
  const note =
    `Times such as ${example} in "${name}" can be read with the day or the month first; ` +
    `they were read as ${choice.format.label.split('|')[0]}; if that is wrong, give the format ${other.format.label.split('|')[0]}.`;
  return { choice, notes: [note] };
}

/** Best form of one column. */
async function bestForm(request: TimeRequest, forms: readonly Counted[]) {
  const most = Math.max(...forms.map(({ fitting }) => fitting));
  const best = forms.filter(({ fitting }) => fitting === most);
  const day = best.find(isDayFirst);
  const month = best.find(isMonthFirst);
  if (day !== undefined && month !== undefined) return resolveDayMonth(request, day, month);
  return { choice: best[0] as Counted, notes: [] as string[] };
}

function rank(dialect: Dialect, { column, weak }: Counted): number {
  return (weak ? 0 : 2) + (TIME_NAME.test(dialect.names[column] ?? '') ? 1 : 0);
}

async function countOrExplain(request: TimeRequest): Promise<Counted[]> {
  try {
    return await widened(request.duck, await countFitting(request.duck, candidatesOf(request)));
  } catch (cause) {
    if (request.format === null || !String(cause).includes('format specifier')) throw cause;
    const message = `"${request.format}" is no time format; use strptime signs such as %d.%m.%Y %H:%M.`;
    throw new HindcastError('invalid-input', message, { details: { field: 'timeFormat' }, cause });
  }
}

/** Errors: `no-time-column`, `invalid-input` (a given format that is none or reads nothing). */
export async function findTimeColumn(request: TimeRequest): Promise<TimeChoice> {
  const { dialect } = request;
  const explicit = request.column !== null;
  const candidates = await countOrExplain(request);
  const counted = candidates.filter(({ fitting, total }) =>
    explicit ? fitting > 0 && fitting * 2 >= total : nearlyAll(fitting, total),
  );
  if (counted.length === 0) throw noTimeColumn(request, candidates);
  const ranked = [...counted].sort((a, b) => rank(dialect, b) - rank(dialect, a) || a.column - b.column);
  const column = ranked[0]?.column ?? 0;
  const { choice, notes } = await bestForm(
    request,
    counted.filter((one) => one.column === column),
  );
  const others = new Set(ranked.filter((one) => one.column !== column && !one.weak).map((one) => one.column));
  for (const other of explicit ? [] : others) {
    const names = `"${dialect.names[other]}" holds times, too; "${dialect.names[column]}" was taken for the time column`;
    notes.push(`${names}: if that is wrong, name the right one (in a terminal: --time-column).`);
  }
  return { column, format: choice.format, notes };
}

// Decides between wide (one series) and long (one column names the series of each row).
import type { ImportOptions } from '../../../contract/datasets/dataset.ts';
import { MAY_NAME_SERIES } from '../../../contract/runs/note-words.ts';
import { HindcastError } from '../../../contract/values/errors.ts';
import { didYouMean } from '../../pipeline/did-you-mean.ts';
import { type ColumnKinds, MAX_CATEGORIES } from '../columns/columns.ts';
import { seriesSql, seriesTexts } from '../rows/rows.ts';
import type { Dialect } from '../source/dialect.ts';
import type { Duck } from '../source/duck.ts';
import { bareName } from '../time/clock-column.ts';
import { namedColumns, namesOf } from '../time/time-parts.ts';
import { countByColumn } from './count-columns.ts';
import { columnName, tableOf } from './raw-table.ts';

/** Rows that may still share series and time when a column is chosen as the series column. */
const DUPLICATES_ALLOWED = 0.01;
/** Share of the rows that must have the time of an earlier row before a column is taken for the series. */
const REPEATED = 0.1;
/** Repeated times below which no column is looked for. */
const FEW_REPEATED = 3;
/** A text column with more values than this share of the rows names rows, not series. */
const NAMES_ALLOWED = 0.5;

/** Number of the column `name`. Error: `unknown-column`. */
export function columnIndex(dialect: Dialect, fileName: string, name: string, field: string): number {
  const index = dialect.names.indexOf(name);
  if (index >= 0) return index;
  const names = dialect.names
    .slice(0, 20)
    .map((one) => `"${one}"`)
    .join(', ');
  const more = dialect.names.length > 20 ? `, and ${dialect.names.length - 20} more` : '';
  const message = `${fileName} has no column "${name}"${didYouMean(name, dialect.names)}; its columns are ${names}${more}.`;
  throw new HindcastError('unknown-column', message, { details: { file: fileName, column: name, field } });
}

export interface LayoutRequest {
  readonly duck: Duck;
  readonly fileName: string;
  readonly dialect: Dialect;
  readonly timeColumns: readonly number[];
  readonly options: ImportOptions;
  readonly kinds: ColumnKinds;
  /** No time comes twice, see `timesRise`. */
  readonly rise: boolean;
  readonly rows: number;
}

function explicitColumns({ dialect, fileName, timeColumns, options }: LayoutRequest): number[] | null {
  if (options.seriesColumn === undefined) return null;
  const columns = namedColumns(dialect, options.seriesColumn).map((name) =>
    columnIndex(dialect, fileName, name, 'seriesColumn'),
  );
  const problem =
    options.layout === 'wide'
      ? `the wide layout has no series column, but "${options.seriesColumn}" was named as one; leave one of the two out`
      : columns.some((column) => timeColumns.includes(column))
        ? `"${options.seriesColumn}" can't be the time column and the series column; name another one`
        : null;
  if (problem === null) return columns;
  throw new HindcastError('invalid-input', `${fileName}: ${problem}.`, {
    details: { field: 'seriesColumn' },
  });
}

const count = (rows: number): string => rows.toLocaleString('en-US');

function repeatingTimes(
  { fileName, dialect, timeColumns }: LayoutRequest,
  times: number,
  distinct: number,
): HindcastError {
  const message =
    `${fileName} has ${count(times)} rows but only ${count(distinct)} different times in "${namesOf(dialect, timeColumns)}", and no column tells series apart by itself; ` +
    'name the series column or the right time column, or make one row of those of a time (in a terminal: --series-column, --time-column, --repeats mean).';
  return new HindcastError('invalid-input', message, { details: { file: fileName, field: 'seriesColumn' } });
}

interface Candidate {
  readonly column: number;
  readonly distinct: number;
}

/** Text columns with neither too many nor too few distinct values, and columns of whole numbers that count the rows of each time. */
async function candidatesOf(
  { duck, kinds, dialect }: LayoutRequest,
  times: number,
  distinct: number,
): Promise<Candidate[]> {
  const perTime = times / distinct;
  const words = (await countedWords(duck, kinds, times)).filter((one) => one.distinct >= perTime * 0.9);
  const whole = kinds.numeric.filter(({ exact }) => exact).map(({ column }) => column);
  const most = Math.ceil(perTime * NUMBERS_PER_TIME);
  const counts = await countByColumn(duck, perTime >= 1.5 ? whole : [], (x) => [
    `approx_count_distinct(${x})`,
    `count(*) FILTER (${x} IS NULL OR contains(${x}, '.'))`,
  ]);
  const isDayByDay = perTime >= 1.5 && (await standTogether(duck, times - distinct));
  const numbers: Candidate[] = [];
  for (const column of whole) {
    const [rough = 0, broken = 0] = counts.get(column) ?? [];
    if (broken > 0 || rough < 2 || rough > 2 * most) continue;
    const [exactly = 0] = await duck.numbers(
      `SELECT count(DISTINCT ${columnName(column)}) FROM ${tableOf(column)}`,
    );
    if (exactly > most) continue;
    const isNamed = SERIES_NAME.test(bareName(dialect, column));
    const isCount = isDayByDay || (await countsRows(duck, column, exactly));
    if (isNamed || !isCount) numbers.push({ column, distinct: exactly });
  }
  const byCount = (a: Candidate, b: Candidate) => a.distinct - b.distinct || a.column - b.column;
  return [...[...words].sort(byCount), ...numbers.sort(byCount)];
}

/** Columns of words that may name series. Very many different values were counted about only: those are counted again. */
async function countedWords(duck: Duck, kinds: ColumnKinds, times: number): Promise<Candidate[]> {
  const possible = kinds.text.filter((one) => one.distinct >= 2 && one.distinct <= 2 * times * NAMES_ALLOWED);
  const many = possible.filter(({ distinct }) => distinct > MAX_CATEGORIES).map(({ column }) => column);
  const exact = await countByColumn(duck, many, (x) => [`count(DISTINCT trim(${x}))`]);
  return possible
    .map(({ column, distinct }) => ({ column, distinct: exact.get(column)?.[0] ?? distinct }))
    .filter(({ distinct }) => distinct <= times * NAMES_ALLOWED);
}

/** Values of a numbered series column over the rows of a time. */
const NUMBERS_PER_TIME = 1.25;

const SERIES_NAME =
  /^(stn|station|store|shop|site|sensor|series|item|product|unit|meter|device|machine|engine|pump|turbine|asset|vehicle|patient|subject|node|location|region|customer|household|.*id)(s?id|no|nr|num|number|code)?$/i;

/** Rows of one time follow each other, so that a number beside them is rather an hour of the day than a series. */
async function standTogether(duck: Duck, repeated: number): Promise<boolean> {
  const before = 'SELECT t, lag(t) OVER (ORDER BY rn) AS before FROM times';
  const [together = 0] = await duck.numbers(`SELECT count(*) FILTER (t = before) FROM (${before})`);
  return together * 2 >= repeated;
}

/** Numbers from 0 or 1 without a gap may count the rows of a day, as laps and half-hours do, and name no series. */
async function countsRows(duck: Duck, column: number, distinct: number): Promise<boolean> {
  const x = `TRY_CAST(${columnName(column)} AS DOUBLE)`;
  const [from = 0, to = 0] = await duck.numbers(`SELECT min(${x}), max(${x}) FROM ${tableOf(column)}`);
  return (from === 0 || from === 1) && to - from === distinct - 1;
}

/**
 * Candidates for a table in which few times repeat, as where one series is long and the others are short: the rows of each series stand
 * together, its times begin again before those above end, and most rows of the shorter series have a time of the longest one.
 */
async function standingInBlocks(
  duck: Duck,
  candidates: readonly Candidate[],
  repeated: number,
): Promise<Candidate[]> {
  const found: Candidate[] = [];
  for (const one of candidates) {
    const named = `SELECT rn, t, ${seriesSql(one.column)} AS s FROM times JOIN ${tableOf(one.column)} raw ON raw.rowid = times.rn WHERE t IS NOT NULL`;
    const [shorter = 0] = await duck.numbers(
      `SELECT sum(n) - max(n) FROM (SELECT count(*) AS n FROM (${named}) GROUP BY s)`,
    );
    if (repeated * 2 < shorter) continue;
    const beside = `SELECT s IS DISTINCT FROM lag(s) OVER rows AS starts, t - lag(t) OVER rows AS step FROM (${named}) WINDOW rows AS (ORDER BY rn)`;
    const [starts, back, forth, falling, rising] = await duck.numbers(
      'SELECT count(*) FILTER (starts), count(*) FILTER (starts AND step < 0), count(*) FILTER (starts AND step > 0), ' +
        `count(*) FILTER (NOT starts AND step < 0), count(*) FILTER (NOT starts AND step > 0) FROM (${beside})`,
    );
    const again = (rising ?? 0) >= (falling ?? 0) ? back : forth;
    if (starts === one.distinct && again === one.distinct - 1) found.push(one);
  }
  return found;
}

/** Rows that keep a time of their own under the columns together, and the series that they name. */
async function keptUnder(
  duck: Duck,
  columns: readonly number[],
): Promise<{ readonly kept: number; readonly series: number }> {
  const pairs = `SELECT DISTINCT t, name AS s FROM times JOIN (${seriesTexts(columns)}) USING (rn) WHERE t IS NOT NULL`;
  const [kept = 0, series = 0] = await duck.numbers(`SELECT count(*), count(DISTINCT s) FROM (${pairs})`);
  return { kept, series };
}

/** Columns of words that name the series only together, such as country and indicator. */
const MOST_TOGETHER = 3;
const MOST_TRIED = 8;
/** Series over the rows of a time: in a panel nearly every series has each time. */
const SERIES_PER_TIME = 1.5;

/** The fewest columns of words under which nearly all rows have a time of their own; null where there are none. */
async function findTogether({ duck, kinds }: LayoutRequest, times: number, distinct: number) {
  const words = (await countedWords(duck, kinds, times))
    .sort((a, b) => b.distinct - a.distinct)
    .slice(0, MOST_TRIED)
    .map(({ column }) => column);
  let chosen: readonly number[] = [];
  let best = { kept: distinct, series: 1 };
  while (chosen.length < MOST_TOGETHER && best.kept < times) {
    let next: { readonly column: number; readonly kept: number; readonly series: number } | null = null;
    for (const column of words.filter((one) => !chosen.includes(one))) {
      const found = await keptUnder(duck, [...chosen, column]);
      if (found.kept > (next?.kept ?? best.kept)) next = { column, ...found };
    }
    if (next === null) break;
    chosen = [...chosen, next.column];
    best = next;
  }
  const isPanel = best.series * distinct <= SERIES_PER_TIME * times;
  if (chosen.length < 2 || best.kept < times * (1 - DUPLICATES_ALLOWED) || !isPanel) return null;
  return { columns: chosen.toSorted((a, b) => a - b), series: best.series };
}

/** Of the columns under which nearly all rows have a time of their own the one of the fewest values; another of about as many that loses fewer rows is better. */
async function bestCandidate(request: LayoutRequest, candidates: readonly Candidate[], times: number) {
  let best: (Candidate & { readonly kept: number }) | null = null;
  for (const one of candidates) {
    if (best !== null && (best.kept === times || one.distinct > 2 * best.distinct)) break;
    const { kept } = await keptUnder(request.duck, [one.column]);
    if (kept >= times * (1 - DUPLICATES_ALLOWED) && kept > (best?.kept ?? 0)) best = { ...one, kept };
  }
  return best;
}

/** The others may be what the rows are about, as a region is, unless they are identifiers. */
const SAYS_SERIES =
  /^((entity|unique|item|series|symbol|ticker|sensor|station|device|meter|site|machine|engine|pump|turbine|asset|vehicle|patient)([ _.-]?(id|no|nr|name|code|number))?|(product|store|shop|unit|subject|user|customer|node|location|room|zone|city|country|region|host|server|tag|channel)[ _.-]?(id|no|nr|code|number))$/i;

/** Of a table whose times never repeat: columns whose values are few and speak of series, by their name or by what the other columns do. */
async function mayNameSeries(request: LayoutRequest, rows: number): Promise<string[]> {
  const { dialect, kinds, duck } = request;
  const isNamed = ({ column }: { readonly column: number }) =>
    SAYS_SERIES.test((dialect.names[column] ?? '').trim());
  const words = kinds.text.filter(({ distinct }) => distinct >= 2);
  for (const { column } of words.filter(isNamed))
    return [sayMayName(dialect, column, await countWhole(duck, column))];
  for (const { column } of kinds.numeric.filter(({ exact }) => exact).filter(isNamed)) {
    const found = await countWhole(duck, column);
    if (found >= 2 && found * ROWS_PER_SERIES <= rows) return [sayMayName(dialect, column, found)];
  }
  const few = words.filter(({ distinct }) => distinct <= MOST_TOLD && distinct * ROWS_PER_SERIES <= rows);
  for (const { column, distinct } of few)
    if (await tellsApart(request, column)) return [sayMayName(dialect, column, distinct)];
  return [];
}

/** Rows that a name of a series has on average at least. */
const ROWS_PER_SERIES = 5;
const MOST_TOLD = 100;

const sayMayName = ({ names }: Dialect, column: number, distinct: number): string =>
  `"${names[column]}" has ${count(distinct)} different values, and all rows became one series${MAY_NAME_SERIES} (in a terminal: --series-column "${names[column]}").`;

/** Different values; 0 where a number among them is not whole. */
async function countWhole(duck: Duck, column: number): Promise<number> {
  const known = duck.known?.distinctOf(column) ?? null;
  if (known !== null) return known;
  const x = columnName(column);
  const [found = 0, broken = 0] = await duck.numbers(
    `SELECT count(DISTINCT trim(${x})), count(*) FILTER (regexp_full_match(trim(${x}), '[+-]?\\d*\\.\\d+')) FROM ${tableOf(column)}`,
  );
  return broken > 0 ? 0 : found;
}

/** Share of the variance of a column that the groups of another one explain. */
const EXPLAINED = 0.9;
const MOST_COMPARED = 20;

/** The rows of its values alternate, and most columns of numbers have another level in each: so measure several devices, and one does not. */
async function tellsApart({ duck, kinds }: LayoutRequest, column: number): Promise<boolean> {
  const word = columnName(column);
  const others = kinds.numeric
    .filter((one) => tableOf(one.column) === tableOf(column))
    .slice(0, MOST_COMPARED);
  if (others.length === 0) return false;
  const [rows = 0, runs = 0] = await duck.numbers(
    `SELECT count(*), count(*) FILTER (before IS DISTINCT FROM ${word}) FROM (SELECT ${word}, lag(${word}) OVER (ORDER BY rowid) AS before FROM ${tableOf(column)})`,
  );
  if (runs * 3 < rows) return false;
  // Squares of larger ones overflow.
  const numbers = others.map(({ column: one }) => {
    const x = `TRY_CAST(${columnName(one)} AS DOUBLE)`;
    return `CASE WHEN abs(${x}) < 1e100 THEN ${x} END`;
  });
  const groups = numbers.map((x, i) => `count(${x}) AS n${i}, avg(${x}) AS m${i}`);
  const whole = numbers.map((x, i) => `avg(${x}) AS a${i}, var_pop(${x}) * count(${x}) AS v${i}`);
  const share = numbers.map((_, i) => `sum(n${i} * (m${i} - a${i}) ** 2) / nullif(any_value(v${i}), 0)`);
  const table = tableOf(column);
  const shares = await duck.numbers(
    `SELECT ${share.join(', ')} FROM (SELECT ${groups.join(', ')} FROM ${table} GROUP BY ${word}), (SELECT ${whole.join(', ')} FROM ${table})`,
  );
  const told = others.filter((_, i) => (shares[i] ?? 0) >= EXPLAINED).length;
  return told * 2 > others.length;
}

export interface SeriesChoice {
  /** Several name the series together; none: one series. */
  readonly columns: readonly number[];
  readonly notes: readonly string[];
}

/**
 * The series column, or null for one series. Expects the table `times`.
 *
 * Found is a column under which times repeat in bulk across series, but not within one. A few repeated times are duplicates, unless the series
 * stand one below the other: they split no table by a column of words.
 */
export async function findSeriesColumn(request: LayoutRequest): Promise<SeriesChoice> {
  const { duck, options, fileName, dialect } = request;
  const explicit = explicitColumns(request);
  if (explicit !== null) return { columns: explicit, notes: [] };
  if (options.layout === 'wide') return { columns: [], notes: [] };
  if (request.rise && options.layout !== 'long')
    return { columns: [], notes: await mayNameSeries(request, request.rows) };
  const [times = 0, distinct = 0] = await duck.numbers('SELECT count(t), count(DISTINCT t) FROM times');
  const asked = options.layout === 'long';
  const repeated = times - distinct;
  const isBulk = repeated >= (asked ? 1 : times * REPEATED);
  if (isBulk || repeated >= FEW_REPEATED) {
    const candidates = await candidatesOf(request, times, distinct);
    const possible = isBulk ? candidates : await standingInBlocks(duck, candidates, repeated);
    const best = await bestCandidate(request, possible, times);
    if (best !== null) {
      const name = dialect.names[best.column];
      const note =
        `The rows were split into ${count(best.distinct)} series by "${name}", under which each time comes once: ` +
        'if that is wrong, name another column or ask for one series (in a terminal: --series-column, --layout wide).';
      return { columns: [best.column], notes: [note] };
    }
    const together = isBulk ? await findTogether(request, times, distinct) : null;
    if (together !== null) {
      const names = namesOf(dialect, together.columns);
      const note =
        `The rows were split into ${count(together.series)} series by "${names}" together, under which each time comes once: ` +
        'if that is wrong, name another column or ask for one series (in a terminal: --series-column, --layout wide).';
      return { columns: together.columns, notes: [note] };
    }
  }
  if (asked) {
    const message = `No column of ${fileName} names series under which the times are unique; name it with --series-column.`;
    throw new HindcastError('invalid-input', message, { details: { file: fileName, field: 'seriesColumn' } });
  }
  // Keeping the last of each would throw half of the file away or more: surely not what was meant.
  const chosen = options.timeColumn ?? options.layout ?? options.clean?.repeats ?? options.clean?.grid;
  if (chosen === undefined && times >= 20 && distinct * 2 <= times)
    throw repeatingTimes(request, times, distinct);
  return { columns: [], notes: [] };
}

// Finds the column that holds the times, or the columns that form them together, and their format. Candidates come from the
// sample; the decision is made on all rows.

import { OTHER_FORMAT } from '../../../contract/runs/note-words.ts';
import { HindcastError } from '../../../contract/values/errors.ts';
import { type Dialect, sampleOf } from '../source/dialect.ts';
import type { Duck } from '../source/duck.ts';
import { columnName, tableOf, textOf } from '../table/raw-table.ts';
import { nearlyAll } from '../tolerance.ts';
import { checkCentury } from './century.ts';
import { dayPart } from './day-parts.ts';
import { hourPart } from './hour-parts.ts';
import { COUNTED_FORMS, MONTH_CODES } from './named-forms.ts';
import { noTimeColumn } from './no-time.ts';
import { amongPeriods } from './other-periods.ts';
import { candidateFormats, DIGIT_CLOCK, type TimeCandidate } from './time-candidates.ts';
import { dayPartFormat, type TimeFormat, timeFormat } from './time-format.ts';
import { calendarFormat, columnsTogether, joinedSample, namesOf } from './time-parts.ts';
import type { Counted, TimeRequest } from './time-request.ts';

export interface TimeChoice {
  /** Several are read together (time-parts.ts). */
  readonly columns: readonly number[];
  readonly format: TimeFormat;
  readonly notes: readonly string[];
}

const TIME_NAME =
  /date|time|datum|zeit|fecha|moment|stamp|дата|время|日期|时间|時間|日時|날짜|tarih|^(dato|päivä|aika|giorno|jour|hora|heure|tijd|ts|t|dt|ds|day|tag|month|monat|year|yr|jahr|fy|week|period|quarter|epoch|unix.*|[yaj]{4}.?m{2}.*)$/i;
const YEAR_NAME = /year|yr|jahr|ann[oée]|date|datum|period|season|^(time|fy)$/i;
const WEEK_NAME = /week|woche|semaine|semana|wk$|^kw$/i;
/** Names of columns that count without a calendar. */
const COUNT_NAME =
  /^(t|ts|ds|time|n|i|idx|index|step|steps|sample|samples|frame|tick|cycle|seconds?|secs?|s|ms|minutes?|hours?|elapsed.*|time.*|.*(elapsed|_s|_ms|_sec))$/i;
const CANDIDATES_PER_QUERY = 32;

function risesStrictly(values: readonly number[]): boolean {
  return values.length > 2 && values.every((v, i) => i === 0 || v > (values[i - 1] ?? v));
}

/** A number of four digits is a year in a column whose name says so, or of our centuries; one from 1000 to 1299 counts something. */
function areYears(name: string, values: readonly number[]): boolean {
  const from = YEAR_NAME.test(name) ? 1600 : 1800;
  return values.every((value) => value >= from && value <= 2200);
}

/** Bare numbers are times only in a column whose name says so, or in a first column whose values strictly rise. */
function isPlausible(dialect: Dialect, column: number, { weak, format, name }: TimeCandidate): boolean {
  const title = dialect.names[column] ?? '';
  // Weeks are no months.
  if (WEEK_NAME.test(title) && /^%Y[-/]?%m$/.test(format.label)) return false;
  if (name !== undefined) return name.test(title);
  if (!weak) return true;
  const [first = '', ...more] = sampleOf(dialect, column).map((text) => text.trim());
  const values = [first, ...more.filter((text) => text.length === first.length)].map(Number);
  if (format.label === '%Y' && !areYears(title, values)) return false;
  return (
    TIME_NAME.test(title) ||
    (column === 0 && risesStrictly(values)) ||
    areDigitDates(format.label, sampleOf(dialect, column))
  );
}

const DIGIT_DATE = /^(19|20)\d{2}(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(([01]\d|2[0-3])([0-5]\d){0,2})?$/;
const FEWEST_DATES = 10;

/** Digits that all are days of our centuries, perhaps with a clock, are seldom anything else, whatever their column is called. */
function areDigitDates(label: string, values: readonly string[]): boolean {
  if (!/^%Y%m%d/.test(label)) return false;
  return new Set(values).size >= FEWEST_DATES && values.every((text) => DIGIT_DATE.test(text.trim()));
}

type Candidate = Omit<Counted, 'fitting' | 'total'>;

/** The forms that the times in these columns may have; only the given one where one is given. */
function formsOf({ dialect, format }: TimeRequest, columns: readonly number[]): readonly TimeCandidate[] {
  if (format !== null) return [{ format: timeFormat(format), wider: null, weak: false }];
  const calendar = columns.length > 1 ? calendarFormat(dialect, columns) : null;
  if (calendar !== null) return [{ format: calendar, wider: null, weak: false }];
  return [...candidateFormats(joinedSample(dialect, columns)), ...dayPartForms(dialect, columns)];
}

/** Forms of columns whose last one holds a whole number that tells the time of the day. */
function dayPartForms(dialect: Dialect, columns: readonly number[]): TimeCandidate[] {
  const [hour, last] = columns.slice(-2);
  if (hour === undefined || last === undefined) return [];
  const inHour = columns.length > 2 ? hourPart(dialect, hour, last) : null;
  const dates = columns.slice(0, inHour === null ? -1 : -2);
  const part = inHour === null ? dayPart(dialect, dates, last) : ({ kind: 'in-hour', ...inHour } as const);
  if (part === null) return [];
  const calendar = dates.length > 1 ? calendarFormat(dialect, dates) : null;
  const forms = calendar === null ? candidateFormats(joinedSample(dialect, dates)) : [{ format: calendar }];
  return forms.map(({ format }) => ({ format: dayPartFormat(part, format), wider: null, weak: false }));
}

function candidatesOf(request: TimeRequest): Candidate[] {
  const { dialect, columns, format } = request;
  if (columns !== null) return formsOf(request, columns).map((form) => ({ columns, ...form }));
  return dialect.names.flatMap((_, column) =>
    formsOf(request, [column])
      .filter((form) => format !== null || isPlausible(dialect, column, form))
      .map((form) => ({ columns: [column], ...form })),
  );
}

/** Null where one of them has to be asked for. */
function countKnown({ known }: Duck, candidates: readonly Candidate[]): Counted[] | null {
  const counted = candidates.map((one) => {
    const times = known?.timesOf(one.columns, one.format.label) ?? null;
    return times === null ? null : { ...one, total: times, fitting: times };
  });
  return counted.every((one) => one !== null) ? counted : null;
}

async function countFitting(duck: Duck, candidates: readonly Candidate[]): Promise<Counted[]> {
  const known = countKnown(duck, candidates);
  if (known !== null) return known;
  const counted: Counted[] = [];
  const byTable = Map.groupBy(candidates, ({ columns }) => textOf(columns).from);
  for (const [tables, all] of byTable) {
    for (let i = 0; i < all.length; i += CANDIDATES_PER_QUERY) {
      const some = all.slice(i, i + CANDIDATES_PER_QUERY);
      const counts = some.map(({ columns, format }) => {
        const { text } = textOf(columns);
        return `count(${text}), count(${format.sql(text)})`;
      });
      const numbers = await duck.numbers(`SELECT ${counts.join(', ')} FROM ${tables}`);
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

const isDayFirst = ({ format }: Counted): boolean => /(^|:)%d[/-]%m/.test(format.label);
const isMonthFirst = ({ format }: Counted): boolean => /(^|:)%m[/-]%d/.test(format.label);

/** Times that go backwards, and the largest step over the typical one, when the rows are taken in the order of the file. */
async function orderOf(duck: Duck, { columns, format }: Counted): Promise<readonly [number, number]> {
  const { text, from, row } = textOf(columns);
  const times = `SELECT ${row} AS rn, ${format.sql(text)} AS t FROM ${from}`;
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
  const name = namesOf(request.dialect, day.columns);
  if (/\bMM[-/. ]?DD\b/i.test(name)) return { choice: month, notes: [] };
  if (/\bDD[-/. ]?MM\b/i.test(name)) return { choice: day, notes: [] };
  const [dayFalls, dayRatio] = await orderOf(request.duck, day);
  const [monthFalls, monthRatio] = await orderOf(request.duck, month);
  if (dayFalls !== monthFalls) return { choice: dayFalls < monthFalls ? day : month, notes: [] };
  if (dayRatio > 2 * monthRatio) return { choice: month, notes: [] };
  if (monthRatio > 2 * dayRatio) return { choice: day, notes: [] };
  // Semicolons come from countries where a comma is the decimal sign, and there the day goes first.
  const choice = request.dialect.delimiter === ';' ? day : month;
  const other = choice === day ? month : day;
  const example = joinedSample(request.dialect, choice.columns)[0] ?? '';
  const note =
    `Times such as ${example} in "${name}" can be read with the day or the month first; ` +
    `they were read as ${choice.format.label.split('|')[0]}${OTHER_FORMAT}${other.format.label.split('|')[0]}.`;
  return { choice, notes: [note] };
}

/** Best form of one column. */
async function bestForm(request: TimeRequest, forms: readonly Counted[]) {
  const most = Math.max(...forms.map(({ fitting }) => fitting));
  const best = forms.filter(({ fitting }) => fitting === most);
  const year = best.find(isShortYearFirst);
  const others = best.filter((one) => !isShortYearFirst(one));
  const day = others.find(isDayFirst);
  const month = others.find(isMonthFirst);
  const found =
    day !== undefined && month !== undefined
      ? await resolveDayMonth(request, day, month)
      : { choice: others[0] ?? (best[0] as Counted), notes: [] as string[] };
  if (year === undefined || found.choice === year) return found;
  return (await isSmoother(request.duck, year, found.choice))
    ? withYearFirst(request, year, found.choice)
    : found;
}

const isShortYearFirst = ({ format }: Counted): boolean => /(^|:)%y[./-]%m/.test(format.label);

/** Days from row to row: of a reading that takes days for years each step is a year. */
const MOST_DAYS = 40;

/** The times of `one` turn back less often than those of `other`, or go from day to day where those go from year to year. */
async function isSmoother(duck: Duck, one: Counted, other: Counted): Promise<boolean> {
  const [own, others] = [await stepsOf(duck, one), await stepsOf(duck, other)];
  if (own.turns !== others.turns) return own.turns < others.turns;
  return own.days < MOST_DAYS && others.days > 2 * MOST_DAYS;
}

/** Steps against the direction of most, and the typical step in days, in the order of the file. */
async function stepsOf(duck: Duck, { columns, format }: Counted) {
  const { text, from, row } = textOf(columns);
  const times = `SELECT ${row} AS rn, ${format.sql(text)} AS t FROM ${from}`;
  const steps = `SELECT t - lag(t) OVER (ORDER BY rn) AS step FROM (${times}) WHERE t IS NOT NULL`;
  const [falling = 0, rising = 0, typical = 0] = await duck.numbers(
    `SELECT count(*) FILTER (step < 0), count(*) FILTER (step > 0), quantile_disc(abs(step), 0.5) FROM (${steps})`,
  );
  return { turns: Math.min(falling, rising), days: typical / 86_400e6 };
}

function withYearFirst(request: TimeRequest, year: Counted, other: Counted) {
  const name = namesOf(request.dialect, year.columns);
  const example = joinedSample(request.dialect, year.columns)[0] ?? '';
  const note = `Times such as ${example} in "${name}" were read with the year first, since they rise more evenly so${OTHER_FORMAT}${other.format.label.split('|')[0]}.`;
  return { choice: year, notes: [note] };
}

function rank(dialect: Dialect, { columns, weak }: Counted): number {
  return (weak ? 0 : 2) + (TIME_NAME.test(namesOf(dialect, columns)) ? 1 : 0);
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

/** Of columns that belong together. */
async function chosen(request: TimeRequest, forms: readonly Counted[]): Promise<TimeChoice | null> {
  if (forms.length === 0) return null;
  const { choice, notes } = await bestForm(request, forms);
  const checked = await checkCentury(request.duck, choice);
  const said = choice.note === undefined ? [] : [choice.note];
  return { columns: choice.columns, format: checked.format, notes: [...notes, ...said, ...checked.notes] };
}

/** `M13` is the mean of a year: such rows are set aside. */
const MONTHS_AND_MEAN = 13;

/** Columns that form a timestamp only when combined; null where the single column `alone`, or no column, fits better. */
async function findTogether(request: TimeRequest, alone: number | null): Promise<TimeChoice | null> {
  const { dialect, duck, format, series } = request;
  if (format !== null) return null;
  for (const columns of columnsTogether(dialect, alone, series)) {
    const [first = 0] = columns;
    const [dated = 0] = await duck.numbers(`SELECT count(${columnName(first)}) FROM ${tableOf(first)}`);
    const counted = await widened(
      duck,
      await countFitting(
        duck,
        formsOf(request, columns).map((form) => ({ columns, ...form })),
      ),
    );
    const choice = await chosen(
      request,
      counted.filter(
        ({ fitting, format: { label } }) =>
          nearlyAll(fitting, dated) || (label === MONTH_CODES && fitting * MONTHS_AND_MEAN >= dated * 12),
      ),
    );
    if (choice === null) continue;
    const names = columns.map((column) => `"${dialect.names[column]}"`);
    const note =
      `The times were read from ${names.slice(0, -1).join(', ')} and ${names.at(-1)} together: ` +
      `if that is wrong, name the time column (in a terminal: --time-column).`;
    return { ...choice, notes: [...choice.notes, note] };
  }
  return null;
}

const ELAPSED_CLOCK = /^(\d{1,4}):[0-5]\d:[0-5]\d([.,]\d+)?$/;

/** `36:15:00` is no time of a day, and under a name that says so a clock is none either. */
function isElapsedClock(name: string, values: readonly string[]): boolean {
  const hours = values.map((text) => Number(ELAPSED_CLOCK.exec(text.trim())?.[1] ?? Number.NaN));
  if (hours.some((hour) => Number.isNaN(hour))) return false;
  return (
    /elapsed|duration|dauer|laufzeit|test ?time|run ?time/i.test(name) || hours.some((hour) => hour > 24)
  );
}

/** The unit that the name of a column of elapsed times says; seconds where it says none. */
function elapsedLabel(name: string, values: readonly string[]): string {
  if (isElapsedClock(name, values)) return 'elapsed-clock';
  if (/(^|_|\b)ms\b|milli/i.test(name)) return 'elapsed-ms';
  if (/(^|_|\b)min(ute)?s?\b/i.test(name)) return 'elapsed-min';
  if (/(^|_|\b)(h|hours?)\b/i.test(name)) return 'elapsed-h';
  const says = /elapsed|sec|(^|_)s\b|\[s\]|\(s\)/i.test(name);
  return says || values.some((text) => /[.,e]/i.test(text)) ? 'elapsed-s' : 'step';
}

/** Whole numbers that count one by one, and begin again where the column before names another unit, and only there. */
function countsAgain({ sample }: Dialect, column: number): boolean {
  if (column === 0) return false;
  const start = Number(sample[0]?.[column]);
  let runs = 1;
  for (const [i, row] of sample.entries()) {
    const before = sample[i - 1];
    if (before === undefined) continue;
    const isNew = row[column - 1] !== before[column - 1];
    if (Number(row[column]) !== (isNew ? start : Number(before[column]) + 1)) return false;
    if (isNew) runs++;
  }
  return start <= 1 && runs >= 2 && sample.length >= 2 * runs;
}

/** Without any times: a column that counts, named so or the first one. Its numbers rise and never repeat but for the series. */
async function findCounting(request: TimeRequest): Promise<TimeChoice | null> {
  const { dialect, duck, format, series } = request;
  if (format !== null) return null;
  for (const [column, name] of dialect.names.entries()) {
    const values = sampleOf(dialect, column);
    if (column === series || values.length < 3) continue;
    const counts = () => (column === 0 && risesStrictly(values.map(Number))) || countsAgain(dialect, column);
    if (!COUNT_NAME.test(name.trim()) && !isElapsedClock(name, values) && !counts()) continue;
    if (values.length >= 3 && values.every((text) => DIGIT_CLOCK.test(text.trim()))) continue;
    const label = elapsedLabel(name, values);
    const form = COUNTED_FORMS.find((one) => one.label === label);
    if (form === undefined || !values.every((text) => form.fits(text))) continue;
    const candidate = { columns: [column], format: timeFormat(label), wider: null, weak: true };
    const [counted] = await countFitting(duck, [candidate]);
    if (counted === undefined || !nearlyAll(counted.fitting, counted.total)) continue;
    const [falls] = await orderOf(duck, counted);
    if (falls * 2 > counted.total) continue;
    return { columns: [column], format: candidate.format, notes: [`"${name}": ${form.note}`] };
  }
  return null;
}

/** Errors: `no-time-column`, `invalid-input` (a given format that is none or reads nothing). */
export async function findTimeColumn(request: TimeRequest): Promise<TimeChoice> {
  const { dialect } = request;
  const explicit = request.columns !== null;
  const candidates = await countOrExplain(request);
  const nearly = candidates.filter(({ fitting, total }) =>
    explicit ? fitting > 0 && fitting * 2 >= total : nearlyAll(fitting, total),
  );
  const counted = nearly.length > 0 ? nearly : await amongPeriods(request.duck, candidates);
  const first = ({ columns }: Counted): number => columns[0] ?? 0;
  const ranked = [...counted].sort((a, b) => rank(dialect, b) - rank(dialect, a) || first(a) - first(b));
  const likeliest = ranked[0] ? first(ranked[0]) : null;
  const telling = explicit || likeliest === null ? null : await tellingColumn(request, ranked);
  const column = telling?.column ?? likeliest;
  const together = explicit ? null : await findTogether(request, column);
  if (together !== null) return together;
  const choice = await chosen(
    request,
    counted.filter((one) => first(one) === column),
  );
  if (choice === null) {
    const counting = explicit ? null : await findCounting(request);
    if (counting !== null) return counting;
    throw noTimeColumn(request, candidates);
  }
  const rest = ranked.filter((one) => first(one) !== column && !one.weak).map(first);
  const others = [...new Set(explicit ? [] : rest)].map((other) => {
    const names = `"${dialect.names[other]}" holds times, too; "${dialect.names[column ?? 0]}" was taken for the time column`;
    return `${names}: if that is wrong, name the right one (in a terminal: --time-column).`;
  });
  const said =
    telling === null
      ? []
      : [
          `"${dialect.names[telling.column]}" was taken for the time column and not "${dialect.names[likeliest ?? 0]}", ${telling.why}: if that is wrong, name the right one (in a terminal: --time-column).`,
        ];
  return { ...choice, notes: [...choice.notes, ...said, ...(telling === null ? others : [])] };
}

/** Share of the rows whose times may come twice before they are rather those of several series. */
const FEW_REPEATED = 0.05;

interface Telling {
  readonly column: number;
  /** What is wrong with the likeliest one. */
  readonly why: string;
}

/**
 * Where the likeliest column has one time in all rows, as when a file was made, another one that varies; where a few of its times come
 * twice, as in an hour in which the clocks go back, another one whose times never do.
 */
async function tellingColumn({ duck }: TimeRequest, ranked: readonly Counted[]): Promise<Telling | null> {
  const byColumn = [...Map.groupBy(ranked, ({ columns }) => columns[0] ?? 0)];
  if (byColumn.length < 2) return null;
  let isConstant = false;
  for (const [column, [one]] of byColumn) {
    if (one === undefined) continue;
    const { text, from } = textOf(one.columns);
    const [times = 0, different = 0] = await duck.numbers(
      `SELECT count(t), count(DISTINCT t) FROM (SELECT ${one.format.sql(text)} AS t FROM ${from})`,
    );
    if (column === byColumn[0]?.[0]) {
      isConstant = different === 1 && times > 2;
      if (!isConstant && (times === different || times - different > FEW_REPEATED * times)) return null;
    } else if (isConstant ? different > 1 && !one.weak : times === different) {
      const why = isConstant ? 'which is the same in all rows' : 'in which some times come twice';
      return { column, why };
    }
  }
  return null;
}

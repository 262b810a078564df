// Explains why no column was accepted as the time column: the best candidate, and the share of its values that would have had to
// be times.
import { HindcastError } from '../../../contract/values/errors.ts';
import { looksNumericInAnyStyle } from '../columns/number-style.ts';
import { NEARLY_ALL_PERCENT } from '../tolerance.ts';
import { DIGIT_CLOCK, looksLikeTime } from './time-candidates.ts';
import { joinedSample, namesOf } from './time-parts.ts';
import type { Counted, TimeRequest } from './time-request.ts';

/** The column and form that read most; null where none reads anything. */
function nearestOf(counted: readonly Counted[]): Counted | null {
  const share = ({ fitting, total }: Counted) => fitting / total;
  const reading = counted.filter(({ fitting }) => fitting > 0);
  return reading.reduce<Counted | null>(
    (best, one) => (best && share(best) >= share(one) ? best : one),
    null,
  );
}

/** `30 of the 40 values of "date" can be read as %d.%m.%Y, and at least 95 % have to be`. */
function shortfall(
  { dialect, columns: given }: TimeRequest,
  { columns, format, fitting, total }: Counted,
): string {
  const form = format.label === 'detected' ? 'ISO times' : format.label.split('|')[0];
  const least = given === null ? `${NEARLY_ALL_PERCENT} %` : 'half';
  return `${plain(fitting)} of the ${plain(total)} values of "${namesOf(dialect, columns)}" can be read as ${form}, and at least ${least} have to be`;
}

const plain = (count: number): string => count.toLocaleString('en-US');

function unfitFormat(request: TimeRequest, format: string, nearest: Counted | null): HindcastError {
  const { fileName, dialect, columns } = request;
  const where = columns === null ? 'any column' : `column "${namesOf(dialect, columns)}"`;
  const example = joinedSample(dialect, columns ?? [0])[0] ?? '';
  const what = nearest
    ? `does not fit ${fileName}: ${shortfall(request, nearest)}`
    : `reads nothing in ${where} of ${fileName} (the first value is "${example}")`;
  const message = `The time format "${format}" ${what}; correct it, or leave it out to have it detected.`;
  const details = { file: fileName, columns: dialect.names.slice(0, 100), field: 'timeFormat' };
  return new HindcastError('invalid-input', message, { details });
}

const CLOCK_ONLY = /^\d{1,2}:\d{2}(:\d{2}([.,]\d+)?)?( ?[AaPp][Mm])?$/;
const MAX_NAMES = 6;
const MAX_SHOWN = 30;

const shown = (text: string): string => (text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}…` : text);

const SAYS_TIME = /date|time|datum|zeit|^(t|ts|ds|dt)$/i;

/** What the column that might hold the times has instead. */
function wouldBe({ dialect, columns }: TimeRequest): string | null {
  const named = dialect.names.findIndex((name) => SAYS_TIME.test(name));
  const column = columns?.[0] ?? Math.max(0, named);
  const [first] = joinedSample(dialect, columns ?? [column]);
  if (first === undefined) return null;
  const name = shown(dialect.names[column] ?? '');
  const values = joinedSample(dialect, [column]).map((text) => text.trim());
  const isClock = values.every((text) => CLOCK_ONLY.test(text) || DIGIT_CLOCK.test(text));
  if (isClock) return `"${name}" holds times of day such as ${shown(first)}, and the date is missing`;
  return `the first value of "${name}" is "${shown(first)}"`;
}

/** Dates or years as the names of columns: one series a row. */
function datesInHeader({ dialect }: TimeRequest): string | null {
  const times = dialect.names.filter((name) => /^[12]\d{3}$/.test(name) || looksLikeTime(name));
  if (times.length < 5 || times.length * 2 < dialect.names.length) return null;
  return `the times stand in its header ("${times[0]}" to "${times.at(-1)}"), with one series a row`;
}

/** Nearly all columns are numbers: a series a row, as in the M4 files. */
function seriesInRows({ dialect }: TimeRequest): string | null {
  const [first, ...rest] = dialect.names;
  const row = dialect.sample[0] ?? [];
  const numbers = row.slice(1).filter((text) => looksNumericInAnyStyle(text)).length;
  if (first === undefined || rest.length < 10 || numbers * 2 < rest.length) return null;
  const numbered = rest.filter((name, i) => new RegExp(`\\D?${i + 2}$`).test(name)).length;
  return numbered * 2 > rest.length ? 'it seems to hold one series a row and no times' : null;
}

/** Numbers, and no name says that they are times: rows may be steps, which has to be said. */
const areAllNumbers = ({ dialect, columns }: TimeRequest): boolean =>
  columns === null &&
  !dialect.names.some((name) => SAYS_TIME.test(name)) &&
  dialect.names.every((_, column) => joinedSample(dialect, [column]).every(looksNumericInAnyStyle));

/** A column of words, and no name says that there are times: samples, or pairs of what is read and what is to be written. */
const mayBeTexts = ({ dialect, columns }: TimeRequest): boolean =>
  columns === null &&
  !dialect.names.some((name) => SAYS_TIME.test(name)) &&
  dialect.names.some((_, column) => joinedSample(dialect, [column]).every((text) => /\p{L}/u.test(text)));

export function noTimeColumn(request: TimeRequest, counted: readonly Counted[]): HindcastError {
  const { fileName, dialect, columns, format } = request;
  const nearest = nearestOf(counted);
  if (format !== null) return unfitFormat(request, format, nearest);
  const details = { file: fileName, columns: dialect.names.slice(0, 100) };
  const layout = columns === null ? (datesInHeader(request) ?? seriesInRows(request)) : null;
  if (layout !== null) {
    const message = `${fileName.slice(0, 80)} has no column of times: ${layout}; write it with one row for each time, or in long form (time, series, value).`;
    return new HindcastError('no-time-column', message, { details });
  }
  const names = dialect.names.slice(0, MAX_NAMES).map((name) => `"${shown(name)}"`);
  const more = dialect.names.length > MAX_NAMES ? `, and ${dialect.names.length - MAX_NAMES} more` : '';
  const which =
    columns === null
      ? `among its columns ${names.join(', ')}${more}`
      : `in "${shown(namesOf(dialect, columns))}"`;
  const why = nearest ? shortfall(request, nearest) : wouldBe(request);
  const said = why === null ? '' : ` (${why})`;
  const remedy = areAllNumbers(request)
    ? 'name the time column, or say that its rows are steps without times (in a terminal: --time-column, --reshape steps)'
    : 'name the time column and its form (in a terminal: --time-column, --time-format)';
  const other = mayBeTexts(request)
    ? '; texts without times are read with --as samples, and pairs with --target-column (in the window: Read as)'
    : '';
  const message = `${fileName.slice(0, 80)} has no readable times ${which}${said}; ${remedy}${other}.`;
  return new HindcastError('no-time-column', message, { details });
}

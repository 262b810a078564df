// The formats that a sample of texts may have.
import { monthsText } from './month-words.ts';
import { calendarForms } from './named-forms.ts';
import { isInterval, tidyText, ZONES, zoneWord } from './tidy.ts';
import { DAY_AND_HOUR, type Family, SHAPES, type Shape } from './time-families.ts';
import {
  DETECTED,
  MIXED_EPOCH,
  namedFormat,
  type TimeFormat,
  tidied,
  timeFormat,
  withMonthWords,
} from './time-format.ts';

const ISO =
  /^[12]\d{3}([-/])\d{1,2}\1\d{1,2}([T ]\s*\d{1,2}:\d{2}(:\d{2}([.,]\d{1,9})?)?\s*(Z|z|UTC|GMT|[+-]\d{2}(:?\d{2})?)?)?$/;

// Epochs of the years 1979 to 2128, by number of digits; smaller numbers of nine digits are other things, such as clocks with milliseconds.
const NET_TICKS = /^6(2[7-9]|3\d|4[0-5])\d{15}$/;
const EPOCH_SHAPES: readonly (readonly [string, RegExp])[] = [
  ['epoch-s', /^([1-4]\d{9}|[3-9]\d{8})(\.\d+)?$/],
  ['epoch-ms', /^([1-4]\d{12}|[3-9]\d{11})(\.\d+)?$/],
  ['epoch-us', /^([1-4]\d{15}|[3-9]\d{14})$/],
  // Nanoseconds of 1989 and 1990 are rarer than ticks of our years.
  ['net-ticks', NET_TICKS],
  ['filetime', /^1[23]\d{16}$/],
  ['epoch-ns', /^([1-4]\d{18}|(?!6(?:2[7-9]|3\d|4[0-5]))[3-9]\d{17})$/],
];

export interface TimeCandidate {
  readonly format: TimeFormat;
  readonly weak: boolean;
  /** The same form with every kind of clock, for files whose later rows look different. */
  readonly wider: TimeFormat | null;
  /** What the column's name must say. */
  readonly name?: RegExp | undefined;
  /** What to say of it. */
  readonly note?: string | undefined;
}

function labelOf(family: Family, clocks: readonly string[]): string {
  return clocks.flatMap((clock) => family.dates.map((date) => date + clock)).join('|');
}

/** The form of a family whose shape at least half of the values have; its clocks are the ones that were seen. */
function candidateOf(
  { family, mayFit, any, clocks }: Shape,
  values: readonly string[],
): TimeCandidate | null {
  if (!values.some((value) => mayFit(value) && any().test(value))) return null;
  const seen = clocks()
    .map(({ format, regex }) => ({ format, count: values.filter((value) => regex.test(value)).length }))
    .filter(({ count }) => count > 0);
  const matched = seen.reduce((sum, { count }) => sum + count, 0);
  if (matched * 2 < values.length || matched === 0) return null;
  seen.sort((a, b) => b.count - a.count);
  const all = clocks().map(({ format }) => format);
  return {
    format: timeFormat(
      labelOf(
        family,
        seen.map(({ format }) => format),
      ),
    ),
    // A date and a clock are no bare number.
    weak: family.weak === true && seen.every(({ format }) => format === ''),
    wider: all.length > seen.length ? timeFormat(labelOf(family, all)) : null,
  };
}

/** Clocks as digits, hours to milliseconds, that have no date: they are no epochs. */
export const DIGIT_CLOCK = /^([01]\d|2[0-3])[0-5]\d[0-5]\d(\d{3})?$/;

/** The year changes or the month moves ahead while the number before it stays: `20-Jan` is January 2020, and no day of January. */
function countsYears(values: readonly string[]): boolean {
  let months = 0;
  let days = 0;
  for (let i = 1; i < values.length; i++) {
    const [number, month] = (values[i] ?? '').split('-');
    const [before, monthBefore] = (values[i - 1] ?? '').split('-');
    if (month !== monthBefore && (number === before || month?.startsWith('Jan'))) months++;
    if (month === monthBefore && number !== before) days++;
  }
  return months > days;
}

const TICK_NOTES: Readonly<Record<string, string>> = {
  'net-ticks': 'The times are ticks of .NET (100 nanoseconds since the year 1).',
  filetime: 'The times are file times of Windows (100 nanoseconds since 1601).',
};

function epochsOf(values: readonly string[]): TimeCandidate[] {
  const shapes = EPOCH_SHAPES.map(([label, shape]) => ({
    label,
    count: values.filter((value) => shape.test(value)).length,
  })).filter(({ count }) => count > 0);
  const all = shapes.reduce((sum, { count }) => sum + count, 0);
  if (all * 2 < values.length || all === 0) return [];
  // Digits that all are days and hours, or clocks, are no epochs: those seldom are.
  const days = new RegExp(`^${DAY_AND_HOUR}([0-5]\\d)?$`);
  if (values.every((value) => days.test(value))) return [];
  if (values.length >= 3 && values.every((value) => DIGIT_CLOCK.test(value))) return [];
  const mixed = timeFormat(MIXED_EPOCH.label);
  const [only] = shapes;
  const format = shapes.length === 1 && only ? timeFormat(only.label) : mixed;
  const note =
    'The times are epochs of several units (seconds, milliseconds or microseconds): each was read in the unit that its size tells.';
  const said = format === mixed ? note : TICK_NOTES[format.label];
  // Their size does not tell ticks from nanoseconds.
  const wider = format === mixed || format.label in TICK_NOTES ? null : mixed;
  return [{ format, weak: true, wider, note: said }];
}

/** Numbers that no form of a time has: all others have four digits before the point, or further signs. */
const NO_TIME = /^(\+?\d{0,3}|-\d*)(\.\d*)?$/;

/** `01.2024` */
const MONTH_AND_YEAR = /^(0[1-9]|1[0-2])\.[12]\d{3}$/;

/** The forms that a sample of non-missing values may have. */
export function candidateFormats(values: readonly string[]): TimeCandidate[] {
  const trimmed = values.map((value) => value.trim());
  if (trimmed.every((text) => NO_TIME.test(text) && !MONTH_AND_YEAR.test(text))) return [];
  const found = formsOf(trimmed);
  const english = trimmed.map(monthsText);
  if (english.filter((text, i) => text !== trimmed[i]).length * 4 >= trimmed.length) {
    const months = formsOf(english).filter(({ weak }) => !weak);
    if (months.length > 0)
      return months.map((one) => ({
        ...one,
        format: withMonthWords(one.format),
        wider: one.wider && withMonthWords(one.wider),
      }));
  }
  if (found.some(({ weak }) => !weak)) return found;
  const tidy = trimmed.map(tidyText);
  if (tidy.every((text, i) => text === trimmed[i])) return found;
  const words = formsOf(tidy).filter(({ weak }) => !weak);
  return [
    ...found,
    ...words.map((one) => ({
      ...one,
      format: tidied(one.format),
      wider: one.wider && tidied(one.wider),
      note: notesTogether(zoneNote(trimmed), intervalNote(trimmed)) ?? one.note,
    })),
  ];
}

function intervalNote(values: readonly string[]): string | undefined {
  if (values.filter(isInterval).length * 2 < values.length) return undefined;
  return `The times are intervals such as "${values[0]}": the start of each was taken.`;
}

const notesTogether = (...notes: readonly (string | undefined)[]): string | undefined => {
  const said = notes.filter((note) => note !== undefined);
  return said.length === 0 ? undefined : said.join(' ');
};

function zoneNote(values: readonly string[]): string | undefined {
  const words = new Set(values.map(zoneWord).filter((word) => word !== null));
  if (words.size === 0) return undefined;
  const named = [...words].map((word) => `${word} as ${ZONES[word]}`).join(', ');
  return `Zones that stand as words in the times were read as offsets from UTC: ${named}.`;
}

function formsOf(values: readonly string[]): TimeCandidate[] {
  const found: TimeCandidate[] = [];
  if (values.filter((value) => ISO.test(value)).length * 2 >= values.length) {
    found.push({ format: DETECTED, weak: false, wider: null });
  }
  found.push(...epochsOf(values));
  const named = calendarForms(values);
  const isFiscal = named.some(({ label }) => label === 'fiscal-year');
  for (const shape of SHAPES) {
    const [date = ''] = shape.family.dates;
    if (isFiscal && /^%Y[-/]%m$/.test(date)) continue;
    if (date === '%y-%b' && !countsYears(values)) continue;
    const candidate = candidateOf(shape, values);
    if (candidate !== null) found.push(candidate);
  }
  for (const form of named) {
    const { weak, name, note } = form;
    found.push({ format: namedFormat(form), weak, wider: null, name, note });
  }
  return found;
}

/** Does a single value look like a time, and not like a number or a name? */
export function looksLikeTime(text: string): boolean {
  // Every time has a digit: names of columns are told quickly.
  return /\d/.test(text) && candidateFormats([text]).some(({ weak }) => !weak);
}

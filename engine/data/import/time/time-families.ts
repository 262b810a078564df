// How times look: families of dates, and the clocks that may follow them.

export interface Family {
  /** Date parts of the format, alternatives of one another. */
  readonly dates: readonly string[];
  readonly pattern: string;
  /** A time of day may follow. */
  readonly clock: boolean | 'bare';
  /** Bare numbers are times only where something else says so. */
  readonly weak?: boolean;
}

const ZERO = 48;
const D = '\\d{1,2}';
const Y = '[12]\\d{3}';
/** English: other languages are rewritten first. A name such as Meter2001 is no month. */
const MONTH = `(?:${['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
  .map((name) => [...name].map((one) => `[${one.toUpperCase()}${one.toLowerCase()}]`).join(''))
  .join('|')})[A-Za-z]{0,6}\\.?`;
export const DAY_AND_HOUR = `(19|20)\\d{2}(0[1-9]|1[0-2])(0[1-9]|[12]\\d|3[01])([01]\\d|2[0-3])`;

const FAMILIES: readonly Family[] = [
  // ISO dates with a clock that no cast reads.
  { dates: ['%Y-%m-%d'], pattern: `${Y}-${D}-${D}`, clock: 'bare' },
  { dates: ['%Y/%m/%d'], pattern: `${Y}/${D}/${D}`, clock: 'bare' },
  // Parts of a date in columns of their own, and a clock.
  { dates: ['%Y %m %d'], pattern: `${Y} ${D} ${D}`, clock: true },
  { dates: ['%Y.%m.%d'], pattern: `${Y}\\.${D}\\.${D}`, clock: true },
  { dates: ['%d.%m.%Y'], pattern: `${D}\\.${D}\\.${Y}`, clock: true },
  { dates: ['%d.%m.%y'], pattern: `${D}\\.${D}\\.\\d{2}`, clock: true },
  { dates: ['%m/%d/%Y'], pattern: `${D}/${D}/${Y}`, clock: true },
  { dates: ['%d/%m/%Y'], pattern: `${D}/${D}/${Y}`, clock: true },
  { dates: ['%m-%d-%Y'], pattern: `${D}-${D}-${Y}`, clock: true },
  { dates: ['%d-%m-%Y'], pattern: `${D}-${D}-${Y}`, clock: true },
  { dates: ['%m/%d/%y'], pattern: `${D}/${D}/\\d{2}`, clock: true },
  { dates: ['%d/%m/%y'], pattern: `${D}/${D}/\\d{2}`, clock: true },
  { dates: ['%y/%m/%d'], pattern: `\\d{2}/${D}/${D}`, clock: true },
  { dates: ['%y-%m-%d'], pattern: `\\d{2}-${D}-${D}`, clock: true },
  { dates: ['%y.%m.%d'], pattern: `\\d{2}\\.${D}\\.${D}`, clock: true },
  { dates: ['%b %d %Y', '%B %d %Y'], pattern: `${MONTH} ${D} ${Y}`, clock: true },
  { dates: ['%b %d, %Y', '%B %d, %Y'], pattern: `${MONTH} ${D}, ${Y}`, clock: true },
  { dates: ['%d %b %Y', '%d %B %Y'], pattern: `${D} ${MONTH} ${Y}`, clock: true },
  { dates: ['%d-%b-%Y', '%d-%B-%Y'], pattern: `${D}-${MONTH}-${Y}`, clock: true },
  { dates: ['%d %b %y'], pattern: `${D} ${MONTH} \\d{2}`, clock: true },
  { dates: ['%d-%b-%y'], pattern: `${D}-${MONTH}-\\d{2}`, clock: true },
  { dates: ['%Y-%b-%d'], pattern: `${Y}-${MONTH}-${D}`, clock: true },
  { dates: ['%b %Y', '%B %Y'], pattern: `${MONTH} ${Y}`, clock: false },
  { dates: ['%b-%Y', '%B-%Y'], pattern: `${MONTH}-${Y}`, clock: false },
  { dates: ['%b-%y'], pattern: `${MONTH}-\\d{2}`, clock: false },
  { dates: ["%b '%y"], pattern: `${MONTH} '\\d{2}`, clock: false },
  { dates: ["%b'%y"], pattern: `${MONTH}'\\d{2}`, clock: false },
  { dates: ['%b/%Y', '%B/%Y'], pattern: `${MONTH}/${Y}`, clock: false },
  { dates: ['%b/%y'], pattern: `${MONTH}/\\d{2}`, clock: false },
  { dates: ['%b%Y', '%B%Y'], pattern: `${MONTH}${Y}`, clock: false },
  { dates: ['%Y %b', '%Y %B'], pattern: `${Y} ${MONTH}`, clock: false },
  { dates: ['%Y-%b', '%Y-%B'], pattern: `${Y}-${MONTH}`, clock: false },
  { dates: ['%Y%b', '%Y%B'], pattern: `${Y}${MONTH}`, clock: false },
  { dates: ['%d%b%Y', '%d%B%Y'], pattern: `${D}${MONTH}${Y}`, clock: true },
  { dates: ['%d%b%y'], pattern: `${D}${MONTH}\\d{2}`, clock: true },
  { dates: ['%d/%b/%Y', '%d/%B/%Y'], pattern: `${D}/${MONTH}/${Y}`, clock: true },
  { dates: ['%d.%b.%Y', '%d.%B.%Y'], pattern: `${D}\\.${MONTH}\\.${Y}`, clock: true },
  { dates: ['%y-%b'], pattern: `\\d{2}-${MONTH}`, clock: false },
  { dates: ['%Y-%m'], pattern: `${Y}-${D}`, clock: false },
  { dates: ['%Y/%m'], pattern: `${Y}/${D}`, clock: false },
  { dates: ['%m/%Y'], pattern: `${D}/${Y}`, clock: false },
  { dates: ['%m.%Y'], pattern: `(?:0[1-9]|1[0-2])\\.${Y}`, clock: false, weak: true },
  { dates: ['%Y%m%dT%H%M%S'], pattern: `${Y}\\d{4}T\\d{6}`, clock: false },
  { dates: ['%Y%m%d'], pattern: `${Y}[01]\\d[0-3]\\d`, clock: true, weak: true },
  {
    dates: ['%Y%m%d%H%M%S'],
    pattern: `${Y}[01]\\d[0-3]\\d[0-2]\\d[0-5]\\d[0-6]\\d`,
    clock: false,
    weak: true,
  },
  { dates: ['%Y%m%d%H'], pattern: DAY_AND_HOUR, clock: false, weak: true },
  { dates: ['%Y%m%d%H:%M'], pattern: `${DAY_AND_HOUR}:[0-5]\\d`, clock: false },
  { dates: ['%Y%m%d%H%M'], pattern: `${Y}[01]\\d[0-3]\\d[0-2]\\d[0-5]\\d`, clock: false, weak: true },
  { dates: ['%Y%m'], pattern: `${Y}[01]\\d`, clock: false, weak: true },
  { dates: ['%Y'], pattern: Y, clock: false, weak: true },
];

const CLOCKS: readonly (readonly [string, string])[] = [
  ['', ''],
  [' %H:%M:%S', ' +\\d{1,2}:\\d{2}:\\d{2}'],
  [' %H:%M', ' +\\d{1,2}:\\d{2}'],
  [' %H:%M:%S.%f', ' +\\d{1,2}:\\d{2}:\\d{2}\\.\\d{1,6}'],
  [' %H:%M:%S.%n', ' +\\d{1,2}:\\d{2}:\\d{2}\\.\\d{7,9}'],
  [' %I:%M %p', ' +\\d{1,2}:\\d{2} [AaPp][Mm]'],
  [' %I:%M:%S %p', ' +\\d{1,2}:\\d{2}:\\d{2} [AaPp][Mm]'],
  [' %H:%M:%S %z', ' +\\d{1,2}:\\d{2}:\\d{2} +[+-]\\d{2}(:?\\d{2})?'],
  [' %H:%M:%S.%f %z', ' +\\d{1,2}:\\d{2}:\\d{2}\\.\\d{1,6} +[+-]\\d{2}(:?\\d{2})?'],
  [' %H:%M:%S.%n %z', ' +\\d{1,2}:\\d{2}:\\d{2}\\.\\d{7,9} +[+-]\\d{2}(:?\\d{2})?'],
  [' %H:%M %z', ' +\\d{1,2}:\\d{2} +[+-]\\d{2}(:?\\d{2})?'],
  [':%H%M', ':[0-2]\\d[0-5]\\d'],
  // As SAS and web servers write them.
  [':%H:%M:%S', ':[0-2]\\d:[0-5]\\d:[0-6]\\d'],
  [':%H:%M:%S %z', ':[0-2]\\d:[0-5]\\d:[0-6]\\d +[+-]\\d{4}'],
];
/** Clocks without colons. */
const WRITTEN_CLOCKS: readonly (readonly [string, string])[] = [
  [' %H.%M.%S', ' +\\d{1,2}\\.\\d{2}\\.\\d{2}'],
  [' %H.%M.%S.%f', ' +\\d{1,2}\\.[0-5]\\d\\.[0-5]\\d\\.\\d{1,6}'],
  [' %H.%M.%S.%n', ' +\\d{1,2}\\.[0-5]\\d\\.[0-5]\\d\\.\\d{7,9}'],
  // As DB2 writes them.
  ['-%H.%M.%S', '-\\d{2}\\.[0-5]\\d\\.[0-5]\\d'],
  ['-%H.%M.%S.%f', '-\\d{2}\\.[0-5]\\d\\.[0-5]\\d\\.\\d{1,6}'],
  [' %H.%M', ' +\\d{1,2}\\.[0-5]\\d'],
  [' %H%M%S%g', ' +[0-2]\\d[0-5]\\d[0-5]\\d{4}'],
  [' %H%M%S', ' +[0-2]\\d[0-5]\\d[0-5]\\d'],
  [' %H%M', ' +[0-2]\\d[0-5]\\d'],
  // As Oracle writes them.
  [' %I.%M.%S.%f %p', ' +\\d{1,2}\\.[0-5]\\d\\.[0-5]\\d\\.\\d{1,6} [AaPp][Mm]'],
  [' %I.%M.%S.%n %p', ' +\\d{1,2}\\.[0-5]\\d\\.[0-5]\\d\\.\\d{7,9} [AaPp][Mm]'],
  [' %I.%M.%S.%f %p %z', ' +\\d{1,2}\\.[0-5]\\d\\.[0-5]\\d\\.\\d{1,6} [AaPp][Mm] +[+-]\\d{2}(:?\\d{2})?'],
  [' %I.%M.%S.%n %p %z', ' +\\d{1,2}\\.[0-5]\\d\\.[0-5]\\d\\.\\d{7,9} [AaPp][Mm] +[+-]\\d{2}(:?\\d{2})?'],
  [' %I.%M.%S %p', ' +\\d{1,2}\\.[0-5]\\d\\.[0-5]\\d [AaPp][Mm]'],
  [' %I.%M %p', ' +\\d{1,2}\\.[0-5]\\d [AaPp][Mm]'],
  [' %I:%M:%S.%f %p', ' +\\d{1,2}:\\d{2}:\\d{2}\\.\\d{1,9} [AaPp][Mm]'],
  [' %I %p', ' +\\d{1,2} [AaPp][Mm]'],
  [' %I%p', ' +\\d{1,2}[AaPp][Mm]'],
];
/** As they are written in columns of their own. */
const BARE_CLOCKS: readonly (readonly [string, string])[] = [
  ...WRITTEN_CLOCKS,
  [' %H', ' +\\d{1,2}'],
  [' %I:%M %p', ' +\\d{1,2}:\\d{2} [AaPp][Mm]'],
  [' %I:%M:%S %p', ' +\\d{1,2}:\\d{2}:\\d{2} [AaPp][Mm]'],
];

export interface Shape {
  readonly family: Family;
  /** False for most texts that are no such time: making a regular expression takes longer than asking this. */
  mayFit(text: string): boolean;
  /** With any of its clocks. */
  any(): RegExp;
  clocks(): readonly { readonly format: string; readonly regex: RegExp }[];
}

function once<Value>(make: () => Value): () => Value {
  let made: Value | undefined;
  return () => (made ??= make());
}

function clocksOf({ clock }: Family): readonly (readonly [string, string])[] {
  if (clock === 'bare') return BARE_CLOCKS;
  return clock ? [...CLOCKS, ...WRITTEN_CLOCKS] : CLOCKS.slice(0, 1);
}

/** Every time of a family has the signs that stand between its parts, and begins with a digit or with the name of a month. */
function mayFit({ dates: [date = ''] }: Family): (text: string) => boolean {
  const signs = [...new Set(date.replace(/%./g, ''))];
  const startsWithDigit = !date.startsWith('%b');
  return (text) => {
    const isDigit = (text.charCodeAt(0) - ZERO) >>> 0 <= 9;
    return isDigit === startsWithDigit && signs.every((sign) => text.includes(sign));
  };
}

export const SHAPES: readonly Shape[] = FAMILIES.map((family) => ({
  family,
  mayFit: mayFit(family),
  any: once(() => {
    const clocks = clocksOf(family).map(([, pattern]) => pattern);
    return new RegExp(`^${family.pattern}(?:${clocks.join('|')})$`);
  }),
  clocks: once(() =>
    clocksOf(family).map(([format, pattern]) => ({
      format,
      regex: new RegExp(`^${family.pattern}${pattern}$`),
    })),
  ),
}));

// Times read straight from the bytes of a file, where digits stand at fixed positions: what a format of time-format.ts reads too, with the same
// result.

export interface TimeCells {
  /** Of the format that reads them. */
  readonly label: string;
  /** Bytes of each. */
  readonly length: number;
  /** Microseconds of the time that begins there; NaN where none does. */
  read(buffer: Uint8Array, at: number): number;
}

/** Letters stand for digits; any other sign for itself, and a space for a space. */
const SHAPES: readonly (readonly [string, string])[] = [
  ['YYYY-MM-DD', 'detected'],
  ['YYYY-MM-DD hh:mm', 'detected'],
  ['YYYY-MM-DD hh:mm:ss', 'detected'],
  ['YYYY-MM-DDThh:mm', 'detected'],
  ['YYYY-MM-DDThh:mm:ss', 'detected'],
  ['YYYY-MM-DDThh:mm:ssZ', 'detected'],
  ['DD.MM.YYYY', '%d.%m.%Y'],
  ['DD.MM.YYYY hh:mm', '%d.%m.%Y %H:%M'],
  ['DD.MM.YYYY hh:mm:ss', '%d.%m.%Y %H:%M:%S'],
];
/** Later ones are no whole numbers of microseconds in a float64. */
const YEARS = [1000, 2200] as const;

const ZERO = 48;
const DAY_US = 86_400_000_000;

/** Days since 1970-01-01; NaN for a day that no month has. */
function daysOf(year: number, month: number, day: number): number {
  if (year < YEARS[0] || year > YEARS[1] || month < 1 || month > 12 || day < 1) return Number.NaN;
  if (day > 28 && day > new Date(Date.UTC(year, month, 0)).getUTCDate()) return Number.NaN;
  // Years begin in March, so that the day that some Februaries lack is the last one.
  const from = month > 2 ? year : year - 1;
  const inYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const leaps = Math.floor(from / 4) - Math.floor(from / 100) + Math.floor(from / 400);
  return 365 * from + leaps + inYear - 719_468;
}

/** All forms begin with a date of ten signs. */
const DATE_SIGNS = 10;
const HOUR = DATE_SIGNS + 1;
const MINUTE = HOUR + 3;
const SECOND = MINUTE + 3;

/** The number of two digits; more than 99 where one is none. */
function two(buffer: Uint8Array, at: number): number {
  const ten = (buffer[at]! - ZERO) >>> 0;
  const one = (buffer[at + 1]! - ZERO) >>> 0;
  return ten <= 9 && one <= 9 ? 10 * ten + one : 100;
}

/** Reads days since 1970-01-01; NaN where no date begins. */
function dateReader(shape: string): (buffer: Uint8Array, at: number) => number {
  const [year, month, day] = [shape.indexOf('YYYY'), shape.indexOf('MM'), shape.indexOf('DD')];
  const signs = [...shape].flatMap((sign, index) => (/[YMD]/.test(sign) ? [] : [index]));
  return (buffer, at) => {
    if (!signs.every((index) => buffer[at + index] === shape.charCodeAt(index))) return Number.NaN;
    const [century, inCentury] = [two(buffer, at + year), two(buffer, at + year + 2)];
    if (century > 99 || inCentury > 99) return Number.NaN;
    return daysOf(100 * century + inCentury, two(buffer, at + month), two(buffer, at + day));
  };
}

function shaped(shape: string, label: string): TimeCells {
  const { length } = shape;
  const readDate = dateReader(shape.slice(0, DATE_SIGNS));
  const [space, colon, last] = [shape.charCodeAt(DATE_SIGNS), shape.charCodeAt(MINUTE - 1), length - 1];
  const [hasClock, hasSeconds, isUtc] = [length > HOUR, length > SECOND, shape.endsWith('Z')];
  // Of the time before: most rows have its day.
  const lastDate = new Uint8Array(DATE_SIGNS);
  let lastDays = Number.NaN;

  function daysAt(buffer: Uint8Array, at: number): number {
    for (let i = DATE_SIGNS - 1; i >= 0; i--) {
      if (buffer[at + i] === lastDate[i]) continue;
      lastDays = readDate(buffer, at);
      lastDate.set(buffer.subarray(at, at + DATE_SIGNS));
      break;
    }
    return lastDays;
  }

  return {
    label,
    length,
    read(buffer, at) {
      const days = daysAt(buffer, at);
      if (!hasClock) return days * DAY_US;
      if (buffer[at + DATE_SIGNS] !== space || buffer[at + MINUTE - 1] !== colon) return Number.NaN;
      if (hasSeconds && buffer[at + SECOND - 1] !== colon) return Number.NaN;
      if (isUtc && buffer[at + last] !== shape.charCodeAt(last)) return Number.NaN;
      const hours = two(buffer, at + HOUR);
      const minutes = two(buffer, at + MINUTE);
      const seconds = hasSeconds ? two(buffer, at + SECOND) : 0;
      if (hours > 23 || minutes > 59 || seconds > 59) return Number.NaN;
      return days * DAY_US + ((hours * 60 + minutes) * 60 + seconds) * 1_000_000;
    },
  };
}

const FORMS: readonly TimeCells[] = SHAPES.map(([shape, label]) => shaped(shape, label));

/** The form of all these texts; null where they have none in common. */
export function timeCellsOf(texts: readonly string[]): TimeCells | null {
  const [first] = texts;
  if (first === undefined) return null;
  const fits = ({ length, read }: TimeCells, text: string) =>
    text.length === length && !Number.isNaN(read(Buffer.from(text, 'latin1'), 0));
  return FORMS.find((form) => fits(form, first) && texts.every((text) => fits(form, text))) ?? null;
}

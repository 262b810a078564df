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

function shaped(shape: string, label: string): TimeCells {
  const { length } = shape;
  // 0 where a digit stands.
  const signs = Uint8Array.from(shape, (sign) => (/[YMDhms]/.test(sign) ? 0 : sign.charCodeAt(0)));
  const position = (letters: string): number => shape.indexOf(letters);
  const [year, month, day] = [position('YYYY'), position('MM'), position('DD')];
  const [hour, minute, second] = [position('hh'), position('mm'), position('ss')];
  const two = (buffer: Uint8Array, at: number): number => 10 * buffer[at]! + buffer[at + 1]! - 11 * ZERO;
  const part = (buffer: Uint8Array, at: number, index: number): number =>
    index < 0 ? 0 : two(buffer, at + index);
  return {
    label,
    length,
    read(buffer, at) {
      for (let i = 0; i < length; i++) {
        const byte = buffer[at + i]!;
        const sign = signs[i]!;
        if (sign === 0 ? byte < ZERO || byte > ZERO + 9 : byte !== sign) return Number.NaN;
      }
      const clock = [part(buffer, at, hour), part(buffer, at, minute), part(buffer, at, second)] as const;
      if (clock[0] > 23 || clock[1] > 59 || clock[2] > 59) return Number.NaN;
      const years = 100 * two(buffer, at + year) + two(buffer, at + year + 2);
      const days = daysOf(years, two(buffer, at + month), two(buffer, at + day));
      return days * DAY_US + ((clock[0] * 60 + clock[1]) * 60 + clock[2]) * 1_000_000;
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

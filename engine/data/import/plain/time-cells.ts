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
  // Of the time before: most rows have its day.
  let lastDate = -1;
  let lastDays = 0;
  return {
    label,
    length,
    read(buffer, at) {
      for (let i = 0; i < length; i++) {
        const byte = buffer[at + i]!;
        const sign = signs[i]!;
        if (sign === 0 ? byte < ZERO || byte > ZERO + 9 : byte !== sign) return Number.NaN;
      }
      const hours = part(buffer, at, hour);
      const minutes = part(buffer, at, minute);
      const seconds = part(buffer, at, second);
      if (hours > 23 || minutes > 59 || seconds > 59) return Number.NaN;
      const years = 100 * two(buffer, at + year) + two(buffer, at + year + 2);
      const months = two(buffer, at + month);
      const dayOfMonth = two(buffer, at + day);
      const date = (years * 100 + months) * 100 + dayOfMonth;
      if (date !== lastDate) {
        lastDays = daysOf(years, months, dayOfMonth);
        lastDate = date;
      }
      return lastDays * DAY_US + ((hours * 60 + minutes) * 60 + seconds) * 1_000_000;
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

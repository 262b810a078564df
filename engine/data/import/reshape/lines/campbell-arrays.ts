// Arrays of Campbell's older loggers (CR10X, 21X, CR23X): lines of numbers without a header, each with the number of its array (which some leave
// out), the year, the day of the year, the clock as digits without zeros before them, and the values. The lines of one array are the table.
import type { LineShape, LineTable } from '../line-shape.ts';

const FEWEST_LINES = 10;
const ARRAY = /^(\d{1,3},)?(19|20)\d{2},\d{1,3},\d{1,4},/;
const YEAR = /^(19|20)\d{2}$/;
const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)$/;
const TIMED = 4;
/** A clock before ten could be a day of a month, and the day of the year a month. */
const LATE = 1_000;

/** Number of the array, empty where there is none; year, day, clock; values. */
function fieldsOf(line: string): string[] {
  const fields = line.split(',').map((text) => text.trim());
  return YEAR.test(fields[0] ?? '') ? ['', ...fields] : fields;
}

function isArray(line: string): boolean {
  const fields = fieldsOf(line);
  if (!ARRAY.test(line.replaceAll(' ', ''))) return false;
  const [day, clock] = [Number(fields[2]), Number(fields[3])];
  const isTime = day >= 1 && day <= 366 && clock <= 2400 && clock % 100 < 60;
  return isTime && fields.slice(TIMED).every((text) => text === '' || NUMBER.test(text));
}

/** Day and clock as one number. */
const timeOf = (line: string): number => {
  const [, year, day, clock] = fieldsOf(line).map(Number);
  return ((year ?? 0) * 1000 + (day ?? 0)) * 10_000 + (clock ?? 0);
};

const reachesNoon = (lines: readonly string[]): boolean =>
  lines.some((line) => Number(fieldsOf(line)[3]) >= LATE);

const neverFalls = (lines: readonly string[]): boolean =>
  lines.every((line, i) => i === 0 || timeOf(line) >= timeOf(lines[i - 1] ?? line));

export const campbellArrays: LineShape = {
  id: 'campbell-arrays',
  async find(head, all): Promise<LineTable | null> {
    const lines = head.filter((line) => line.trim() !== '');
    if (lines.length < FEWEST_LINES || !lines.every(isArray)) return null;
    if (!neverFalls(lines) || !reachesNoon(lines)) return null;
    const counts = new Map<string, number>();
    for await (const line of all()) {
      const [array = ''] = fieldsOf(line);
      if (isArray(line)) counts.set(array, (counts.get(array) ?? 0) + 1);
    }
    const [first = ['', 0] as const, ...others] = [...counts].toSorted((a, b) => b[1] - a[1]);
    const [array] = first;
    const width = fieldsOf(lines.find((line) => fieldsOf(line)[0] === array) ?? '').length;
    const left = others.map(([name, lines]) => `${name} (${lines.toLocaleString('en-US')} lines)`);
    return {
      names: ['year', 'doy', 'hhmm', ...Array.from({ length: width - TIMED }, (_, i) => `value${i + 1}`)],
      notes: [
        `The lines${array === '' ? '' : ` of array ${array}`} of a Campbell logger were read: year, day of the year, clock, and values, which the file does not name.`,
        ...(left.length > 0 ? [`Lines of other arrays were left out: ${left.slice(0, 5).join(', ')}.`] : []),
      ],
      *rows(line) {
        const fields = fieldsOf(line);
        if (fields[0] === array && isArray(line) && fields.length === width) yield fields.slice(1);
      },
    };
  },
};

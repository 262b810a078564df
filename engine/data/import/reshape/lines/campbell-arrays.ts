// Arrays of Campbell's older loggers (CR10X, 21X, CR23X): lines of numbers without a header, each with the number of its array, the year, the day of
// the year, the clock as digits without zeros before them, and the values. The lines of one array are the table.
import type { LineShape, LineTable } from '../line-shape.ts';

const FEWEST_LINES = 10;
const ARRAY = /^\s*\d{1,3}\s*,\s*(19|20)\d{2}\s*,\s*\d{1,3}\s*,\s*\d{1,4}\s*,/;
const NUMBER = /^\s*[+-]?(\d+\.?\d*|\.\d+)\s*$/;
const TIMED = 4;

const fieldsOf = (line: string): string[] => line.split(',').map((text) => text.trim());

function isArray(line: string): boolean {
  if (!ARRAY.test(line)) return false;
  const fields = fieldsOf(line);
  const [day, clock] = [Number(fields[2]), Number(fields[3])];
  const isTime = day >= 1 && day <= 366 && clock <= 2400 && clock % 100 < 60;
  return isTime && fields.slice(TIMED).every((text) => text === '' || NUMBER.test(text));
}

/** Day and clock as one number. */
const timeOf = (line: string): number => {
  const [, year, day, clock] = fieldsOf(line).map(Number);
  return ((year ?? 0) * 1000 + (day ?? 0)) * 10_000 + (clock ?? 0);
};

const neverFalls = (lines: readonly string[]): boolean =>
  lines.every((line, i) => i === 0 || timeOf(line) >= timeOf(lines[i - 1] ?? line));

export const campbellArrays: LineShape = {
  id: 'campbell-arrays',
  async find(head, all): Promise<LineTable | null> {
    const lines = head.filter((line) => line.trim() !== '');
    if (lines.length < FEWEST_LINES || !lines.every(isArray) || !neverFalls(lines)) return null;
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
        `The lines of array ${array} of a Campbell logger were read: year, day of the year, clock, and values, which the file does not name.`,
        ...(left.length > 0 ? [`Lines of other arrays were left out: ${left.slice(0, 5).join(', ')}.`] : []),
      ],
      *rows(line) {
        const fields = fieldsOf(line);
        if (fields[0] === array && isArray(line) && fields.length === width) yield fields.slice(1);
      },
    };
  },
};

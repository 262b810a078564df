// One series a column, with its length, the year and the month or quarter in which it begins above its values: the files of the tourism
// competition of 2010 (tourism1, tourism2, and those of its paper).
import { isMissing } from '../columns/number-style.ts';
import type { Dialect } from '../source/dialect.ts';
import { named } from './header-times.ts';
import { AS_IT_IS, type ShapedTable, type TableShape } from './shape.ts';

const FEWEST_VALUES = 4;
const YEAR = /^(1[6-9]|20|21)\d\d$/;
const PERIOD = /^([1-9]|1[0-2])$/;

interface Above {
  /** Records above the values. */
  readonly records: 2 | 3;
  readonly months: 1 | 3 | 12;
  readonly unit: string;
}

const cells = ({ sample, names }: Dialect, record: number): string[] =>
  names.map((_, column) => (sample[record]?.[column] ?? '').trim());

/** The first record counts the values below it, of which the shorter columns have fewer. */
function countsBelow(dialect: Dialect, records: number): boolean {
  const counts = cells(dialect, 0).map(Number);
  return counts.every((count, column) => {
    if (!Number.isInteger(count) || count < FEWEST_VALUES) return false;
    const values = dialect.sample.slice(records).map((row) => row[column] ?? '');
    const filled = values.filter((text) => !isMissing(text)).length;
    // Of a long column the sample has a part.
    return filled === Math.min(count, values.length);
  });
}

function findAbove(dialect: Dialect): Above | null {
  if (!dialect.hasHeader || !cells(dialect, 1).every((text) => YEAR.test(text))) return null;
  const periods = cells(dialect, 2);
  if (periods.every((text) => PERIOD.test(text)) && countsBelow(dialect, 3)) {
    const areMonths = periods.some((text) => Number(text) > 4) || /^m/i.test(dialect.names[0] ?? '');
    return areMonths
      ? { records: 3, months: 1, unit: 'months' }
      : { records: 3, months: 3, unit: 'quarters' };
  }
  return countsBelow(dialect, 2) ? { records: 2, months: 12, unit: 'years' } : null;
}

function timeText(year: number, period: number, months: number, i: number): string {
  const month = (period - 1 + i) * months;
  return `${year + Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}`;
}

export const startAbove: TableShape = {
  id: 'start-above',
  async find({ dialect }): Promise<ShapedTable | null> {
    const above = findAbove(dialect);
    if (above === null) return null;
    const { records, months, unit } = above;
    const years = cells(dialect, 1).map(Number);
    const periods = records === 3 ? cells(dialect, 2).map(Number) : years.map(() => 1);
    let record = 0;
    return {
      names: ['time', 'series', 'value'],
      timeColumn: 'time',
      seriesColumn: 'series',
      timeFormat: '%Y-%m',
      notes: [
        `Each column is a series, and the ${records} records below the names say its length and its start: its values became ${unit} from there on (${named(dialect.names)}); ${AS_IT_IS}.`,
      ],
      *rows(fields) {
        const i = record++ - records;
        if (i < 0) return;
        for (const [column, name] of dialect.names.entries()) {
          const value = fields[column] ?? '';
          // Shorter series are filled up behind their ends.
          if (isMissing(value) && i >= Number(dialect.sample[0]?.[column])) continue;
          yield [timeText(years[column] ?? 0, periods[column] ?? 1, months, i), name, value];
        }
      },
    };
  },
};

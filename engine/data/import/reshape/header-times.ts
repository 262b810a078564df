// Dates, months, days or times of a day as names of columns: each cell becomes a row with its own time.
import { findHeaderTimes } from './header-columns.ts';
import { findSeriesKey } from './series-key.ts';
import { AS_IT_IS, type ShapedTable, type TableShape } from './shape.ts';

const MOST_NAMED = 5;

/** `"a", "b" and 3 more` */
export function named(names: readonly string[]): string {
  const first = names
    .slice(0, MOST_NAMED)
    .map((name) => `"${name.length > 40 ? `${name.slice(0, 40)}…` : name}"`);
  const more = names.length - first.length;
  return first.join(', ') + (more > 0 ? ` and ${more} more` : '');
}

/** Another name than those that are taken. */
export const freeName = (name: string, taken: readonly string[]): string =>
  taken.includes(name) ? freeName(`${name}_`, taken) : name;

export const headerTimes: TableShape = {
  id: 'times-in-header',
  async find(request): Promise<ShapedTable | null> {
    const { dialect } = request;
    const found = findHeaderTimes(dialect);
    if (found === null) return null;
    const { columns, fixed, flags = [], labels, join } = found;
    const others = dialect.names.map((_, i) => i).filter((i) => !columns.includes(i) && !fixed.includes(i));
    const key = await findSeriesKey(
      request,
      fixed,
      others.filter((column) => !flags.includes(column)),
    );
    const isLong = key.columns.length > 0;
    const timeColumn = dialect.names[fixed[0] ?? -1] ?? 'time';
    const seriesColumn = isLong ? freeName('series', [timeColumn]) : null;
    const value = freeName('value', [timeColumn]);
    const nameOf = (column: number | undefined) => dialect.names[column ?? 0] ?? '';
    const left = others.filter((column) => !key.columns.includes(column)).map(nameOf);
    const told = isLong
      ? `, and each row is one of the series that ${named(key.columns.map(nameOf))} names`
      : '';
    const notes = [
      `The columns "${nameOf(columns[0])}" to "${nameOf(columns.at(-1))}" are ${found.what}${told}: each cell became a row of its own; ${AS_IT_IS}.`,
    ];
    if (left.length > 0) notes.push(`Columns beside the times were left out: ${named(left)}.`);
    return {
      names: [timeColumn, ...(seriesColumn === null ? [] : [seriesColumn]), value],
      timeColumn,
      seriesColumn,
      timeFormat: null,
      notes,
      *rows(fields) {
        const own = fixed.map((column) => fields[column] ?? '');
        const series = isLong ? [key.nameOf(fields)] : [];
        for (const [i, column] of columns.entries()) {
          const cell = fields[column] ?? '';
          // An hour or a day that this row does not have, as February 30th.
          if (cell.trim() === '' && isExtra(i, columns.length, found.what)) continue;
          const time = join(labels[i] ?? '', own);
          if (found.isNone?.(time, cell)) continue;
          yield [time, ...series, cell];
        }
      },
    };
  },
};

/** Cells that are empty on most rows: a 25th hour. */
const isExtra = (index: number, count: number, what: string): boolean =>
  what === 'times of a day' && (count === 25 || count === 50 || count === 100) && index >= count * 0.96;

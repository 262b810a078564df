// Decides between wide (one series) and long (one column names the series of each row).
import type { ImportOptions } from '../../../contract/dataset.ts';
import { HindcastError } from '../../../contract/errors.ts';
import { didYouMean } from '../../pipeline/did-you-mean.ts';
import type { TextColumn } from '../columns/columns.ts';
import { seriesSql } from '../rows/rows.ts';
import type { Dialect } from '../source/dialect.ts';
import type { Duck } from '../source/duck.ts';
import { namesOf } from '../time/time-parts.ts';
import { tableOf } from './raw-table.ts';

/** Rows that may still share series and time when a column is chosen as the series column. */
const DUPLICATES_ALLOWED = 0.01;
/** A text column with more values than this share of the rows names rows, not series. */
const NAMES_ALLOWED = 0.5;

/** Number of the column `name`. Error: `unknown-column`. */
export function columnIndex(dialect: Dialect, fileName: string, name: string, field: string): number {
  const index = dialect.names.indexOf(name);
  if (index >= 0) return index;
  const names = dialect.names
    .slice(0, 20)
    .map((one) => `"${one}"`)
    .join(', ');
  const more = dialect.names.length > 20 ? `, and ${dialect.names.length - 20} more` : '';
  const message = `${fileName} has no column "${name}"${didYouMean(name, dialect.names)}; its columns are ${names}${more}.`;
  throw new HindcastError('unknown-column', message, { details: { file: fileName, column: name, field } });
}

export interface LayoutRequest {
  readonly duck: Duck;
  readonly fileName: string;
  readonly dialect: Dialect;
  readonly timeColumns: readonly number[];
  readonly options: ImportOptions;
  readonly text: readonly TextColumn[];
}

function explicitColumn({ dialect, fileName, timeColumns, options }: LayoutRequest): number | null {
  if (options.seriesColumn === undefined) return null;
  const column = columnIndex(dialect, fileName, options.seriesColumn, 'seriesColumn');
  const problem =
    options.layout === 'wide'
      ? `the wide layout has no series column, but "${options.seriesColumn}" was named as one; leave one of the two out`
      : timeColumns.includes(column)
        ? `"${options.seriesColumn}" can't be the time column and the series column; name another one`
        : null;
  if (problem === null) return column;
  throw new HindcastError('invalid-input', `${fileName}: ${problem}.`, {
    details: { field: 'seriesColumn' },
  });
}

function repeatingTimes(
  { fileName, dialect, timeColumns }: LayoutRequest,
  times: number,
  distinct: number,
): HindcastError {
  const message =
    `${fileName} has ${times.toLocaleString('en-US')} rows but only ${distinct.toLocaleString('en-US')} different times in "${namesOf(dialect, timeColumns)}", and no text column tells series apart; ` +
    'name the series column, or the right time column (in a terminal: --series-column, --time-column).';
  return new HindcastError('invalid-input', message, { details: { file: fileName, field: 'seriesColumn' } });
}

/**
 * The series column, or null for one series. Expects the table `times`.
 *
 * Found is the text column with the fewest values under which times repeat across series, but not within one.
 */
export async function findSeriesColumn(request: LayoutRequest): Promise<number | null> {
  const { duck, options, text, fileName } = request;
  const explicit = explicitColumn(request);
  if (explicit !== null) return explicit;
  if (options.layout === 'wide') return null;
  const [times = 0, distinct = 0] = await duck.numbers('SELECT count(t), count(DISTINCT t) FROM times');
  if (distinct < times) {
    const candidates = text
      .filter(
        (one) =>
          one.distinct >= 2 &&
          one.distinct <= times * NAMES_ALLOWED &&
          one.distinct >= (times / distinct) * 0.9,
      )
      .sort((a, b) => a.distinct - b.distinct || a.column - b.column);
    for (const { column } of candidates) {
      const pairs = `SELECT DISTINCT t, ${seriesSql(column)} AS s FROM times JOIN ${tableOf(column)} raw ON raw.rowid = times.rn WHERE t IS NOT NULL`;
      const [found = 0] = await duck.numbers(`SELECT count(*) FROM (${pairs})`);
      if (found >= times * (1 - DUPLICATES_ALLOWED)) return column;
    }
  }
  if (options.layout === 'long') {
    const message = `No column of ${fileName} names series under which the times are unique; name it with --series-column.`;
    throw new HindcastError('invalid-input', message, { details: { file: fileName, field: 'seriesColumn' } });
  }
  // Keeping the last of each would throw most of the file away: surely not what was meant.
  const chosen = options.timeColumn !== undefined || options.layout !== undefined;
  if (!chosen && times >= 20 && distinct * 2 < times) throw repeatingTimes(request, times, distinct);
  return null;
}

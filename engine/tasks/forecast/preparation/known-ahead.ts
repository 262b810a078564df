// Inputs that are known ahead: columns of the data marked so, and the calendar. A model reads them at each row of its look-back and, as
// inputs of their own, the horizon later: the last rows of the look-back then show every row that is forecast.

import type { ForecastTask } from '../../../contract/tasks/forecast.ts';
import { HindcastError } from '../../../contract/values/errors.ts';
import { countText } from '../../../data/count-text.ts';
import { detectFrequency, timesAfter } from '../../../data/frequency.ts';
import { didYouMean, nameList } from '../../../data/pipeline/did-you-mean.ts';
import { formatTime } from '../../../data/pipeline/table.ts';
import type { Series } from '../../../data/series.ts';

type Asked = Pick<ForecastTask, 'knownAhead' | 'calendar' | 'targets' | 'horizon' | 'lookback'>;

export const seesAhead = ({ knownAhead = [], calendar = [] }: Asked): boolean =>
  knownAhead.length + calendar.length > 0;

/** @throws HindcastError `invalid-input` for columns that cannot be known ahead, and for a look-back that does not reach as far */
export function requireKnownAhead(task: Asked, features: readonly string[]): void {
  const { knownAhead = [], targets, horizon, lookback } = task;
  const refuse = (message: string, details: object) => {
    throw new HindcastError('invalid-input', message, { details: { field: 'task.knownAhead', ...details } });
  };
  for (const column of knownAhead) {
    if (targets.includes(column)) {
      refuse(`task.knownAhead names "${column}", which is forecast: what is forecast is not known ahead.`, {
        column,
      });
    }
    if (!features.includes(column)) {
      const message = `task.knownAhead names "${column}"${didYouMean(column, features)}, which is none of task.features: ${nameList(features)}; add it there, or leave it out.`;
      refuse(message, { column });
    }
  }
  if (!seesAhead(task) || horizon <= lookback) return;
  const message = `What is known ahead is read as far ahead as the look-back is long, but the horizon of ${countText(horizon)} rows is longer than the look-back of ${countText(lookback)}; raise task.lookback.`;
  throw new HindcastError('invalid-input', message, { details: { field: 'task.lookback' } });
}

const MOST_SERIES = 500;

/** @throws HindcastError for more series than inputs can be made of, and `not-found` for one that the model does not know */
export function requireKnownSeries(series: readonly Series[], names: readonly string[]): void {
  const details = { field: 'task.seriesIdentity' };
  if (names.length > MOST_SERIES) {
    const message = `task.seriesIdentity makes an input of each of ${countText(names.length)} series, more than ${MOST_SERIES}; leave it out, or name fewer in task.series.`;
    throw new HindcastError('invalid-input', message, { details });
  }
  const unknown = series.find(({ name }) => !names.includes(name));
  if (unknown === undefined) return;
  const message = `The model knows its series by name, and "${unknown.name}" is none of them: ${nameList(names)}.`;
  throw new HindcastError('not-found', message, { details });
}

export interface WithRowsAhead {
  /** With the rows that are forecast; what is not known there repeats the last row, and nothing reads it. */
  readonly series: Series;
  /** Row of the last one that is known. */
  readonly origin: number;
}

/**
 * The rows that are forecast from the end of a series. Columns that are known ahead must be there: in rows behind the last known target.
 * @throws HindcastError `invalid-input` where they are not
 */
export function withRowsAhead(task: Asked, series: Series): WithRowsAhead {
  const { knownAhead = [], targets, horizon } = task;
  const rows = series.times.length;
  if (!seesAhead(task)) return { series, origin: rows - 1 };
  const origin = knownAhead.length === 0 ? rows - 1 : lastKnownRow(series, targets);
  const times = new BigInt64Array(origin + 1 + horizon);
  times.set(series.times.subarray(0, origin + 1));
  // Known from two rows on; a look-back has them.
  times.set(timesAfter(series.times[origin]!, detectFrequency(series.times)!, horizon), origin + 1);
  const columns = series.columns.map((column) => {
    const values = new Float64Array(times.length).fill(column.values[origin] ?? Number.NaN);
    values.set(column.values.subarray(0, origin + 1));
    if (!knownAhead.includes(column.name)) return { ...column, values };
    const given = column.values.subarray(origin + 1, origin + 1 + horizon);
    const missing = given.length < horizon ? given.length : given.findIndex((value) => Number.isNaN(value));
    if (missing >= 0) throw notKnown(column.name, { series, time: times[origin + 1 + missing]!, horizon });
    values.set(given, origin + 1);
    return { ...column, values };
  });
  return { series: { ...series, times, columns }, origin };
}

function lastKnownRow(series: Series, targets: readonly string[]): number {
  const columns = series.columns.filter(({ name }) => targets.includes(name));
  let row = series.times.length - 1;
  while (row > 0 && columns.every(({ values }) => Number.isNaN(values[row]))) row -= 1;
  return row;
}

function notKnown(
  column: string,
  { series, time, horizon }: { readonly series: Series; readonly time: bigint; readonly horizon: number },
): HindcastError {
  const message = `"${column}" is to be known ahead (task.knownAhead), but series "${series.name}" has no value of it at ${formatTime(time)}: give the ${countText(horizon)} rows behind the last known target, with empty targets.`;
  return new HindcastError('invalid-input', message, { details: { column, series: series.name } });
}

// The table that passes through the pipeline: the columns (channels) of one series side by side, in float64.
import { HindcastError } from '../../contract/values/errors.ts';
import type { Series, SeriesColumn } from '../series.ts';
import { didYouMean, nameList } from './did-you-mean.ts';

/** `indicator`: a 0/1 column made from a category. */
export type ChannelKind = 'numeric' | 'category' | 'indicator';

export interface Channel {
  /** Unique name: the column's, or `column=category`. */
  readonly name: string;
  /** Column of the dataset that it comes from. */
  readonly column: string;
  readonly kind: ChannelKind;
  readonly isInput: boolean;
  readonly isTarget: boolean;
  /** [rows]; NaN where missing and not filled. Category channels hold codes. */
  readonly values: Float64Array;
  /** [rows] 1 where the data had a value, no matter what was filled later; null: everywhere. */
  readonly known: Uint8Array | null;
  readonly categories: readonly string[];
  /** [rows] what subtract-last takes from a window whose origin is that row, in model units; null: nothing. */
  readonly reference: Float64Array | null;
  /** [rows] what a model reads in place of the values: their changes from row to row. */
  readonly changes?: Float64Array;
  /** Its values are known for the rows ahead too, so the model sees them as far as the horizon. */
  readonly isKnownAhead?: boolean;
  /** It is the same at every row of a series: scaled over all series, since within one nothing would be left of it. */
  readonly isStatic?: boolean;
  /** Windows are shifted and divided by their own mean and deviation. */
  readonly isNormalized?: boolean;
}

export interface SeriesTable {
  readonly name: string;
  /** [rows], microseconds UTC. */
  readonly times: BigInt64Array;
  readonly channels: readonly Channel[];
}

/** Inputs in the order of the features, then the targets that are no features. */
export function createTable(series: Series, options: TableOptions): SeriesTable {
  const { features, targets } = options;
  const names = [...features, ...targets.filter((name) => !features.includes(name))];
  // Targets first: without features of its own, a task takes them from its targets, which is where the name is written.
  for (const name of targets) findColumn(series, name, 'task.targets', options.datasetName);
  const channels = names.map((name) => createChannel(series, name, options));
  return { name: series.name, times: series.times, channels };
}

export interface TableOptions {
  readonly datasetName: string;
  readonly features: readonly string[];
  readonly targets: readonly string[];
  /** Columns whose values are known ahead. */
  readonly knownAhead?: readonly string[];
  /** Columns that do not change over the rows of a series. */
  readonly staticFeatures?: readonly string[];
}

function createChannel(series: Series, name: string, options: TableOptions): Channel {
  const column = findColumn(series, name, 'task.features', options.datasetName);
  const isTarget = options.targets.includes(name);
  if (isTarget && column.kind === 'category') {
    const message = `"${name}" cannot be a target of a forecast: it is a category column; choose a numeric column in task.targets.`;
    throw new HindcastError('invalid-input', message, { details: { field: 'task.targets', column: name } });
  }
  requireNoInfinity(series, column);
  const isStatic = options.staticFeatures?.includes(name) ?? false;
  const values = isStatic ? everywhere(series, column) : column.values;
  return {
    name,
    column: name,
    kind: column.kind,
    isInput: options.features.includes(name),
    isTarget,
    values,
    known: knownOf(values),
    categories: column.categories,
    reference: null,
    ...(options.knownAhead?.includes(name) && { isKnownAhead: true }),
    ...(isStatic && { isStatic }),
  };
}

/** The one value of a series at every row, also where it is missing. */
function everywhere(series: Series, { name, values, kind, categories }: SeriesColumn): Float64Array {
  const first = values.findIndex((value) => !Number.isNaN(value));
  const other = values.findIndex((value) => !Number.isNaN(value) && value !== values[first]);
  if (other < 0) return first < 0 ? values : new Float64Array(values.length).fill(values[first]!);
  const at = (row: number): string =>
    `${kind === 'category' ? categories[values[row]!] : values[row]} at ${formatTime(series.times[row]!)}`;
  const message = `task.staticFeatures names "${name}", but in series "${series.name}" it is ${at(first)} and ${at(other)}: what changes is an ordinary feature; leave it out of task.staticFeatures.`;
  const details = { field: 'task.staticFeatures', column: name, series: series.name, row: other };
  throw new HindcastError('invalid-input', message, { details });
}

function findColumn(series: Series, name: string, field: string, datasetName: string): SeriesColumn {
  const column = series.columns.find((candidate) => candidate.name === name);
  if (column !== undefined) return column;
  const names = series.columns.map((candidate) => candidate.name);
  const message = `${datasetName} has no column "${name}"${didYouMean(name, names)}, which ${field} names; its columns are ${nameList(names)}.`;
  throw new HindcastError('unknown-column', message, { details: { field, column: name, columns: names } });
}

function requireNoInfinity(series: Series, column: SeriesColumn): void {
  const row = column.values.findIndex((value) => value === Infinity || value === -Infinity);
  if (row < 0) return;
  const message = `"${column.name}" of series "${series.name}" is infinite at ${formatTime(series.times[row]!)}: correct the file and import it again, or leave the column out.`;
  throw new HindcastError('invalid-input', message, { details: { column: column.name, row } });
}

function knownOf(values: Float64Array): Uint8Array | null {
  const known = new Uint8Array(values.length);
  let missing = 0;
  for (let row = 0; row < values.length; row += 1) {
    if (Number.isNaN(values[row])) missing += 1;
    else known[row] = 1;
  }
  return missing === 0 ? null : known;
}

/** The first `rows` rows of a table, without copying: what a step may be fitted on. */
export function headOf(table: SeriesTable, rows: number): SeriesTable {
  const channels = table.channels.map((channel) => ({
    ...channel,
    values: channel.values.subarray(0, rows),
    known: channel.known?.subarray(0, rows) ?? null,
    reference: channel.reference?.subarray(0, rows) ?? null,
    ...(channel.changes && { changes: channel.changes.subarray(0, rows) }),
  }));
  return { ...table, times: table.times.subarray(0, rows), channels };
}

/** The channel's values with NaN wherever the data had none, so that no estimate is made from filled cells. */
export function knownValues(channel: Channel): Float64Array {
  const { known, values } = channel;
  if (known === null) return values;
  return values.map((value, row) => (known[row] === 1 ? value : NaN));
}

/** ISO 8601 in UTC, without what is zero at its end: `2020-01-31`, `2020-01-31T08:00Z`. */
export function formatTime(microseconds: bigint): string {
  const text = new Date(Number(microseconds / 1000n)).toISOString();
  if (text.endsWith('T00:00:00.000Z')) return text.slice(0, -'T00:00:00.000Z'.length);
  return text.endsWith(':00.000Z') ? `${text.slice(0, -':00.000Z'.length)}Z` : text;
}

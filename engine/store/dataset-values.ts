// Values of one series as a frame: times and the asked-for columns of a range of rows.
import type { ColumnInfo, DatasetDetail } from '../contract/dataset.ts';
import { HindcastError } from '../contract/errors.ts';
import type { Frame, FrameColumn } from '../contract/frame.ts';
import { readTimes, readValues } from './column-reader.ts';
import type { Connection } from './connection.ts';
import { readSeries, type StoredSeries } from './dataset-versions.ts';

export interface ValuesSelection {
  /** Default: the first one. */
  readonly series?: string | undefined;
  /** Default: all, in their order. */
  readonly columns?: readonly string[] | undefined;
  readonly fromRow: number;
  /** Default: to the end. */
  readonly rows?: number | undefined;
}

export interface ValuesHeader {
  readonly series: string;
  readonly fromRow: number;
  readonly columns: readonly ColumnInfo[];
  /** Under which name of the frame each of `columns` stands: its own, but for one that is called `time`. */
  readonly keys: readonly string[];
}

/** Frame columns: `time` [rows] int64 microseconds UTC, and each column [rows] float64, NaN where missing, categories as codes. */
export function readFrameOfValues(
  connection: Connection,
  dataset: DatasetDetail,
  selection: ValuesSelection,
): Frame<ValuesHeader> {
  const series = chooseSeries(connection, dataset, selection.series);
  const places = chooseColumns(dataset, series, selection.columns);
  const range = { fromRow: selection.fromRow, rows: selection.rows ?? series.info.rows };
  const columns: Record<string, FrameColumn> = { time: readTimes(connection, series.timeColumnId, range) };
  const infos = places.map((place) => series.info.columns[place] as ColumnInfo);
  const keys = infos.map(({ name }) => keyOf(name));
  for (const [index, place] of places.entries()) {
    columns[keys[index] as string] = readValues(connection, series.columnIds[place] as number, range);
  }
  return { header: { series: series.info.name, fromRow: selection.fromRow, columns: infos, keys }, columns };
}

/** `time` is taken by the times, and `__proto__` is no key of an object. */
function keyOf(name: string): string {
  return name === 'time' || name === '__proto__' ? `column:${name}` : name;
}

function chooseSeries(
  connection: Connection,
  dataset: DatasetDetail,
  name: string | undefined,
): StoredSeries {
  const all = readSeries(connection, dataset.versionId);
  const chosen = name === undefined ? all[0] : all.find(({ info }) => info.name === name);
  if (chosen !== undefined) return chosen;
  throw unknownSeries(dataset.name, name ?? '', all);
}

export function unknownSeries(dataset: string, name: string, known: readonly StoredSeries[]): HindcastError {
  const names = known.slice(0, 20).map(({ info }) => info.name);
  return new HindcastError(
    'not-found',
    `The dataset "${dataset}" has no series "${name}"; it has ${names.join(', ')}${known.length > 20 ? ', ...' : ''}.`,
    { details: { dataset, series: name } },
  );
}

function chooseColumns(
  dataset: DatasetDetail,
  { info }: StoredSeries,
  names: readonly string[] | undefined,
): number[] {
  if (names === undefined) return info.columns.map((_column, place) => place);
  return names.map((name) => {
    const place = info.columns.findIndex((column) => column.name === name);
    if (place < 0) throw unknownColumn(dataset.name, name, info.columns);
    return place;
  });
}

export function unknownColumn(dataset: string, name: string, known: readonly ColumnInfo[]): HindcastError {
  const names = known.slice(0, 50).map((column) => column.name);
  return new HindcastError(
    'unknown-column',
    `The dataset "${dataset}" has no column "${name}"; its columns are ${names.join(', ')}${known.length > 50 ? ', ...' : ''}.`,
    { details: { dataset, column: name } },
  );
}

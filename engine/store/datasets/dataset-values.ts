// Values of one series as a frame: the times and the requested columns of a range of rows.
import type { ColumnInfo, DatasetDetail } from '../../contract/datasets/dataset.ts';
import type { ValuesFrame } from '../../contract/datasets/frames.ts';
import { HindcastError } from '../../contract/values/errors.ts';
import type { Connection } from '../file/connection.ts';
import { readTimes, readValues } from './column-reader.ts';
import { readSeries, type StoredSeries } from './dataset-versions.ts';
import { noSeries } from './sample-reader.ts';

export interface ValuesSelection {
  /** Default: the first one. */
  readonly series?: string | undefined;
  /** Default: all, in their order. */
  readonly columns?: readonly string[] | undefined;
  readonly fromRow: number;
  /** Default: to the end. */
  readonly rows?: number | undefined;
}

export function readFrameOfValues(
  connection: Connection,
  dataset: DatasetDetail,
  selection: ValuesSelection,
): ValuesFrame {
  if (dataset.samples) throw noSeries(dataset.name);
  const series = chooseSeries(connection, dataset, selection.series);
  const chosen = chooseColumns(dataset, series, selection.columns);
  const range = { fromRow: selection.fromRow, rows: selection.rows ?? series.info.rows };
  return {
    header: {
      series: series.info.name,
      fromRow: selection.fromRow,
      columns: chosen.map((index) => series.info.columns[index]!),
    },
    columns: {
      time: readTimes(connection, series.timeColumnId, range),
      values: chosen.map((index) => readValues(connection, series.columnIds[index]!, range)),
    },
  };
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
  if (names === undefined) return info.columns.map((_column, index) => index);
  return names.map((name) => {
    const index = info.columns.findIndex((column) => column.name === name);
    if (index < 0) throw unknownColumn(dataset.name, name, info.columns);
    return index;
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

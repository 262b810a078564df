// A dataset version as a source of series or samples: reads the workspace beside its writer, from any process, and never writes.
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { ColumnInfo } from '../../contract/datasets/dataset.ts';
import { HindcastError } from '../../contract/values/errors.ts';
import type { DatasetVersionId } from '../../contract/values/ids.ts';
import type { SampleSource } from '../../data/samples/sample-table.ts';
import type { Series, SeriesSource } from '../../data/series.ts';
import { requireWhole } from '../checks/row-checksums.ts';
import { rowsOfVersion } from '../checks/trusted-rows.ts';
import { type Connection, openConnection } from '../file/connection.ts';
import { APPLICATION_ID } from '../file/workspace-file.ts';
import { readTimes, readValues } from './column-reader.ts';
import { unknownColumn, unknownSeries } from './dataset-values.ts';
import { readSeries, type StoredSeries } from './dataset-versions.ts';
import { noSeries, readSamples, samplesInfo } from './sample-reader.ts';

export interface StoredSeriesSource extends SeriesSource, SampleSource {
  /** [rows] of the columns one after the other, without the times; NaN where missing. Each is read when it is asked for. */
  columns(series: string, names: readonly string[]): Iterable<Float64Array>;
  close(): void;
}

/**
 * Opens one ready version. Close it when the data is read: an open reader keeps the writer's log from shrinking.
 *
 * Throws HindcastError `file-missing`, `workspace-not-ours`, `not-found` (version); `read` also `unknown-column`, `not-found`
 * (series) and `workspace-damaged` where a chunk is not what was stored.
 */
export async function openSeriesSource(path: string, datasetVersionId: number): Promise<StoredSeriesSource> {
  const file = resolve(path);
  if (!existsSync(file)) throw new HindcastError('file-missing', `There is no workspace ${file}.`);
  const connection = openConnection(file, { readonly: true, now: () => 0 });
  try {
    const versionId = datasetVersionId as DatasetVersionId;
    const datasetName = readName(connection, versionId);
    requireWhole(connection, `the dataset "${datasetName}"`, rowsOfVersion(versionId));
    return {
      datasetName,
      read: async (options = {}) => readVersion(connection, { datasetName, versionId, ...options }),
      readSamples: async (columns, range) =>
        readSamples(connection, { datasetName, versionId }, columns, range),
      columns: (series, names) => readColumns(connection, { datasetName, versionId, series, names }),
      close: () => connection.close(),
    };
  } catch (cause) {
    connection.close();
    throw cause;
  }
}

function readName(connection: Connection, versionId: DatasetVersionId): string {
  if (Number(connection.pragma('application_id')) !== APPLICATION_ID) {
    throw new HindcastError('workspace-not-ours', `${connection.path} is not a Hindcast workspace.`);
  }
  const name = connection.value<string>(
    `SELECT dataset.name FROM dataset JOIN dataset_version AS version ON version.dataset_id = dataset.id
     WHERE version.id = ? AND version.state = 'ready'`,
    versionId,
  );
  if (name !== undefined) return name;
  throw new HindcastError(
    'not-found',
    `The workspace ${connection.path} has no dataset version with the id ${versionId}: import the dataset again.`,
    { details: { versionId } },
  );
}

interface Wanted {
  readonly datasetName: string;
  readonly versionId: DatasetVersionId;
  readonly columns?: readonly string[];
  readonly series?: readonly string[];
  readonly lastRows?: number;
}

/** A ready version never changes, so that several statements see the same. */
function readVersion(connection: Connection, wanted: Wanted): Series[] {
  if (samplesInfo(connection, wanted.versionId) !== null) throw noSeries(wanted.datasetName);
  const all = readSeries(connection, wanted.versionId);
  refuseUnknown(all, wanted);
  const { series } = wanted;
  return all
    .filter(({ info }) => series === undefined || series.includes(info.name))
    .map((stored) => load(connection, stored, wanted));
}

interface WantedColumns {
  readonly datasetName: string;
  readonly versionId: DatasetVersionId;
  readonly series: string;
  readonly names: readonly string[];
}

function* readColumns(
  connection: Connection,
  { datasetName, versionId, series, names }: WantedColumns,
): Generator<Float64Array, void, void> {
  const all = readSeries(connection, versionId);
  refuseUnknown(all, { datasetName, versionId, series: [series], columns: names });
  const { info, columnIds } = all.find((one) => one.info.name === series)!;
  const positions = new Map(info.columns.map(({ name }, position) => [name, position]));
  for (const name of names)
    yield readValues(connection, columnIds[positions.get(name)!]!, { fromRow: 0, rows: info.rows });
}

function refuseUnknown(all: readonly StoredSeries[], { datasetName, columns, series }: Wanted): void {
  const strange = series?.find((name) => !all.some(({ info }) => info.name === name));
  if (strange !== undefined) throw unknownSeries(datasetName, strange, all);
  const known = all[0]?.info.columns ?? [];
  const knownNames = new Set(known.map(({ name }) => name));
  const missing = columns?.find((name) => !knownNames.has(name));
  if (missing !== undefined) throw unknownColumn(datasetName, missing, known);
}

function load(
  connection: Connection,
  { info, timeColumnId, columnIds }: StoredSeries,
  { columns: names, lastRows = info.rows }: Wanted,
): Series {
  const range = { fromRow: Math.max(0, info.rows - lastRows), rows: lastRows };
  const columns = [...info.columns.keys()].filter(
    (column) => names === undefined || names.includes((info.columns[column] as ColumnInfo).name),
  );
  return {
    name: info.name,
    times: readTimes(connection, timeColumnId, range),
    columns: columns.map((column) => {
      const { name, kind, categories } = info.columns[column] as ColumnInfo;
      const values = readValues(connection, columnIds[column] as number, range);
      return { name, kind, values, categories: categories ?? [] };
    }),
  };
}

// The rows of dataset versions: reads them into summaries and details, hashes and removes them.
import { createHash } from 'node:crypto';
import type {
  DatasetDetail,
  DatasetSummary,
  ImportReport,
  Recipe,
  SeriesInfo,
} from '../../contract/datasets/dataset.ts';
import type { SamplesInfo } from '../../contract/datasets/samples.ts';
import { HindcastError } from '../../contract/values/errors.ts';
import type { DatasetId, DatasetVersionId } from '../../contract/values/ids.ts';
import { damageText, isDamaged, requireWhole } from '../checks/row-checksums.ts';
import { shownRowsOfVersion } from '../checks/trusted-rows.ts';
import type { Connection } from '../file/connection.ts';
import { chunksOfVersion, removeUnused } from './chunks.ts';

/** One ready version; `WHERE` on `version` and `dataset` is the caller's. */
export const selectVersion = (connection: Connection): string => `
  SELECT dataset.id AS id, dataset.name AS name, version.id AS versionId, version.version AS version,
    (SELECT count(*) FROM dataset_version WHERE dataset_id = dataset.id AND state = 'ready') AS versions,
    version.state AS state, version.row_count AS rows, version.series_count AS series, version.column_list AS columns,
    version.start_us AS startUs, version.end_us AS endUs, version.frequency AS frequency, version.bytes AS bytes,
    version.created_at_ms AS createdAtMs, version.set_aside AS setAside, iif(json_valid(version.recipe), version.recipe -> '$.samples', NULL) AS samples,
    CASE WHEN ${isDamaged(connection, 'dataset')} THEN 'dataset'
      WHEN ${isDamaged(connection, 'dataset_version', 'version')} THEN 'dataset_version' END AS damaged
  FROM dataset_version AS version JOIN dataset ON dataset.id = version.dataset_id`;

export type VersionRow = Omit<DatasetSummary, 'columns' | 'samples'> & {
  readonly columns: string;
  readonly samples: string | null;
  /** The table whose row was changed. */
  readonly damaged: 'dataset' | 'dataset_version' | null;
};

const WITHOUT_VALUES = {
  version: 0,
  versions: 0,
  state: 'damaged',
  rows: 0,
  series: 0,
  columns: [],
  startUs: null,
  endUs: null,
  frequency: null,
  bytes: 0,
  createdAtMs: 0,
  setAside: 0,
} as const satisfies Partial<DatasetSummary>;

/** Throws `workspace-damaged` where a row that a detail shows does not fit its checksum. */
export function requireWholeVersion(connection: Connection, { name, versionId, damaged }: VersionRow): void {
  const of = `the dataset "${name}"`;
  if (damaged !== null)
    throw new HindcastError('workspace-damaged', `${damageText(of, damaged)}.`, {
      details: { path: connection.path, dataset: name, table: damaged },
    });
  requireWhole(connection, of, shownRowsOfVersion(versionId));
}

/** JSON columns were written from typed values: trusted inside. */
export function toSummary({ samples, damaged, ...row }: VersionRow): DatasetSummary {
  if (damaged !== null) return { ...WITHOUT_VALUES, id: row.id, name: row.name, versionId: row.versionId };
  return {
    ...row,
    columns: JSON.parse(row.columns) as DatasetSummary['columns'],
    ...(samples !== null && { samples: JSON.parse(samples) as SamplesInfo }),
  };
}

export function readDetail(connection: Connection, row: VersionRow): DatasetDetail {
  const stored = connection.get<{ recipe: string; report: string; contentHash: string }>(
    'SELECT recipe, report, content_hash AS contentHash FROM dataset_version WHERE id = ?',
    row.versionId,
  );
  return {
    ...toSummary(row),
    recipe: recipeOf(stored?.recipe),
    report: JSON.parse(stored?.report ?? 'null') as ImportReport,
    seriesInfo: row.samples === null ? readSeries(connection, row.versionId).map(({ info }) => info) : [],
    contentHash: stored?.contentHash ?? '',
  };
}

/** Of samples it also holds what is known of them, for which see `toSummary`. */
function recipeOf(text: string | undefined): Recipe {
  const { samples: _known, ...recipe } = JSON.parse(text ?? '{}') as Recipe & { samples?: unknown };
  return recipe;
}

export interface StoredSeries {
  readonly info: SeriesInfo;
  readonly timeColumnId: number;
  /** In the order of `info.columns`. */
  readonly columnIds: readonly number[];
}

type SeriesRow = Omit<SeriesInfo, 'columns'> & { readonly id: number };
type ColumnRow = Omit<SeriesInfo['columns'][number], 'categories'> & {
  readonly id: number;
  readonly seriesId: number;
  readonly position: number;
  readonly categories: string | null;
};

/** Every series of a version with its columns, in their order. */
export function readSeries(connection: Connection, versionId: DatasetVersionId): StoredSeries[] {
  const seriesRows = connection.all<SeriesRow>(
    `SELECT id, name, row_count AS rows, start_us AS startUs, end_us AS endUs, step_us AS stepUs, frequency
     FROM series WHERE dataset_version_id = ? ORDER BY position`,
    versionId,
  );
  const columnRows = connection.all<ColumnRow>(
    `SELECT series_column.id AS id, series_id AS seriesId, series_column.position AS position, series_column.name AS name, kind,
       missing, minimum AS min, maximum AS max, mean, categories
     FROM series_column JOIN series ON series.id = series_column.series_id
     WHERE dataset_version_id = ? ORDER BY series.position, series_column.position`,
    versionId,
  );
  const columnsOf = Map.groupBy(columnRows, ({ seriesId }) => seriesId);
  return seriesRows.map((series) => toStoredSeries(series, columnsOf.get(series.id) ?? []));
}

function toStoredSeries({ id: _id, ...series }: SeriesRow, rows: readonly ColumnRow[]): StoredSeries {
  const values = rows.filter(({ position }) => position >= 0);
  return {
    info: {
      ...series,
      columns: values.map(({ name, kind, missing, min, max, mean, categories }) => {
        const names = categories === null ? null : (JSON.parse(categories) as string[]);
        return { name, kind, missing, min, max, mean, categories: names };
      }),
    },
    timeColumnId: rows.find(({ position }) => position < 0)?.id ?? 0,
    columnIds: values.map(({ id }) => id),
  };
}

export interface StoredContent {
  /** Hex SHA-256 over the schema (series and column names, kinds, categories) and the hashes of all chunks, times included, in order. */
  readonly hash: string;
  /** Of the distinct chunks. */
  readonly bytes: number;
}

interface StoredColumn {
  readonly id: number;
  readonly schema: string;
  readonly series: string;
  readonly name: string;
  readonly rows: number;
}

/** Goes through the chunks of a version, a column a step. `refuse` makes the error for a column that is not whole. */
export function* sumUpContent(
  connection: Connection,
  versionId: DatasetVersionId,
  refuse: (column: { readonly series: string; readonly name: string }) => HindcastError,
): Generator<void, StoredContent> {
  const columns = connection.all<StoredColumn>(
    `SELECT series_column.id, series.name AS series, series_column.name, series.row_count AS rows,
       json_array(series.position, series.name, series_column.position,
       iif(series_column.position < 0, NULL, series_column.name), kind, categories) AS schema
     FROM series JOIN series_column ON series_column.series_id = series.id
     WHERE dataset_version_id = ? ORDER BY series.position, series_column.position`,
    versionId,
  );
  const hash = createHash('sha256');
  const bytes = new Map<number, number>();
  for (const column of columns) {
    const chunks = chunksOfColumn(connection, column.id);
    const rows = chunks.reduce((sum, chunk) => sum + chunk.rows, 0);
    if (rows !== column.rows || chunks.some(({ position }, index) => position !== index))
      throw refuse(column);
    if (chunks.length === 0) hash.update(`${column.schema}\n`);
    for (const chunk of chunks) {
      hash.update(`${column.schema}\n`).update(chunk.sha256);
      bytes.set(chunk.id, chunk.bytes);
    }
    yield;
  }
  return { hash: hash.digest('hex'), bytes: [...bytes.values()].reduce((sum, one) => sum + one, 0) };
}

interface ColumnChunk {
  readonly id: number;
  readonly position: number;
  readonly rows: number;
  readonly sha256: Buffer;
  readonly bytes: number;
}

const chunksOfColumn = (connection: Connection, columnId: number): ColumnChunk[] =>
  connection.all<ColumnChunk>(
    `SELECT chunk.id, column_chunk.position, row_count AS rows, sha256, length(data) AS bytes
     FROM column_chunk JOIN chunk ON chunk.id = column_chunk.chunk_id
     WHERE series_column_id = ? ORDER BY column_chunk.position`,
    columnId,
  );

/** Removes a version with the chunks that only it used, and its dataset where it was the last one. */
export function removeVersion(connection: Connection, versionId: DatasetVersionId): void {
  const datasetId = connection.value<DatasetId>(
    'SELECT dataset_id FROM dataset_version WHERE id = ?',
    versionId,
  );
  if (datasetId === undefined) return;
  const chunkIds = chunksOfVersion(connection, versionId);
  connection.run('DELETE FROM dataset_version WHERE id = ?', versionId);
  removeUnused(connection, chunkIds);
  connection.run(
    'DELETE FROM dataset WHERE id = ? AND NOT EXISTS (SELECT 1 FROM dataset_version WHERE dataset_id = dataset.id)',
    datasetId,
  );
}

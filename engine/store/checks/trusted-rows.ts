// The rows that a result is computed or exported from: they are compared with their checksums before.
import type { DatasetVersionId, RunId } from '../../contract/values/ids.ts';
import type { Rows } from './row-checksums.ts';

export const experimentOfRun = (id: RunId): Rows => ({
  table: 'experiment',
  where: 'id = (SELECT experiment_id FROM run WHERE run.id = ?)',
  values: [id],
});

export const metricNamesOfRun = (id: RunId): Rows => ({
  table: 'run_metric_name',
  where: 'run_id = ?',
  values: [id],
});

/** All of a run but its metric rows and weights, which are compared when they are read. */
export function rowsOfRun(id: RunId): Rows[] {
  const of = (table: string, where: string): Rows => ({ table, where, values: [id] });
  return [
    of('run', 'id = ?'),
    experimentOfRun(id),
    metricNamesOfRun(id),
    ...['run_setup', 'score', 'checkpoint', 'run_probe'].map((table) => of(table, 'run_id = ?')),
  ];
}

/** What is shown beside its results. */
export const sideRowsOfRun = (id: RunId): Rows[] =>
  ['run_label', 'run_text', 'run_frames', 'run_frames_epoch', 'event'].map((table) => ({
    table,
    where: 'run_id = ?',
    values: [id],
  }));

/** All of a version but its chunks, which are compared when they are read. */
export function rowsOfVersion(id: DatasetVersionId): Rows[] {
  const columns = `SELECT series_column.id FROM series_column WHERE series_id IN (${SERIES})`;
  return [
    { table: 'dataset_version', where: 'id = ?', values: [id] },
    ...shownRowsOfVersion(id),
    { table: 'column_chunk', where: `series_column_id IN (${columns})`, values: [id] },
  ];
}

const SERIES = 'SELECT series.id FROM series WHERE dataset_version_id = ?';

/** Its series and columns. */
export const shownRowsOfVersion = (id: DatasetVersionId): Rows[] => [
  { table: 'series', where: 'dataset_version_id = ?', values: [id] },
  { table: 'series_column', where: `series_id IN (${SERIES})`, values: [id] },
];

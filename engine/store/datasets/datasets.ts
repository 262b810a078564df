// Datasets and their versions: importing, finding, renaming, deleting, and reading values.
import type { DatasetDetail, DatasetSummary } from '../../contract/datasets/dataset.ts';
import type { ValuesFrame } from '../../contract/datasets/frames.ts';
import type { Manifest, Piece } from '../../contract/pool/manifest.ts';
import { HindcastError } from '../../contract/values/errors.ts';
import type { DatasetId, DatasetReference, DatasetVersionId, RunId } from '../../contract/values/ids.ts';
import type { Connection } from '../file/connection.ts';
import type { RunList } from '../runs/run-list.ts';
import { chunksOfVersion, removeAllUnused, removeUnused } from './chunks.ts';
import { readFrameOfValues, type ValuesSelection } from './dataset-values.ts';
import {
  readDetail,
  removeVersion,
  requireWholeVersion,
  selectVersion,
  toSummary,
  type VersionRow,
} from './dataset-versions.ts';
import { beginImport, type ImportWriter, type NewImport } from './import-writer.ts';
import { type ManifestRequest, readManifest, readPiece } from './manifest.ts';

export interface Datasets {
  /** Those with a ready version, by name; each shows its newest. Of damaged rows, here and in `find`, no values. */
  list(): DatasetSummary[];
  /** The newest ready version of that dataset. */
  find(reference: DatasetReference): DatasetSummary | undefined;
  /** As `find`, or throws `not-found`, with the names that there are. */
  summary(reference: DatasetReference): DatasetSummary;
  /** Throws `not-found`, and `workspace-damaged` where a row of it does not fit its checksum. */
  detail(reference: DatasetReference, version?: number): DatasetDetail;
  /** Throws `not-found`. */
  versionDetail(versionId: DatasetVersionId): DatasetDetail;
  beginImport(options: NewImport): ImportWriter;
  /** Throws `not-found`, or `conflict` where the name is taken. */
  rename(id: DatasetId, name: string): void;
  /** With all its versions and the chunks that only they used. Throws `conflict` while runs use it or an import writes to it. */
  delete(id: DatasetId): void;
  runsUsing(id: DatasetId): RunId[];
  /** Removes what killed imports left: versions, chunks, datasets without a version. Only while no import runs. Returns how many versions. */
  sweepImports(): number;
  /** Throws `not-found` (series), `unknown-column`. */
  readValues(versionId: DatasetVersionId, selection: ValuesSelection): ValuesFrame;
  /** For a training that cannot read the workspace. Throws `workspace-damaged`, as `piece` does. */
  manifest(request: ManifestRequest): Manifest;
  piece(piece: Piece): Uint8Array;
  /** All rows that the import set aside, as gzip of CSV; null where the report holds them. */
  setAsideRows(versionId: DatasetVersionId): Uint8Array | null;
}

const newestOf = (connection: Connection): string => `
  ${selectVersion(connection)}
  WHERE version.version = (SELECT max(version) FROM dataset_version WHERE dataset_id = dataset.id AND state = 'ready')`;

export function createDatasets(connection: Connection, runList: RunList): Datasets {
  const select = selectVersion(connection);
  const newest = newestOf(connection);
  const list = (): DatasetSummary[] =>
    connection.all<VersionRow>(`${newest} ORDER BY dataset.name`).map(toSummary);
  const find = (reference: DatasetReference): DatasetSummary | undefined => {
    const row = findRow(connection, newest, reference);
    return row === undefined ? undefined : toSummary(row);
  };
  /** A version never changes: its rows are compared once while the workspace is open. */
  const compared = new Set<DatasetVersionId>();
  const detailOf = (row: VersionRow): DatasetDetail => {
    if (row.damaged !== null || !compared.has(row.versionId)) requireWholeVersion(connection, row);
    compared.add(row.versionId);
    return readDetail(connection, row);
  };
  const versionDetail = (versionId: DatasetVersionId): DatasetDetail => {
    const row = connection.get<VersionRow>(
      `${select} WHERE version.id = ? AND version.state = 'ready'`,
      versionId,
    );
    if (row !== undefined) return detailOf(row);
    throw new HindcastError('not-found', `There is no dataset version with the id ${versionId}.`, {
      details: { versionId },
    });
  };
  return {
    list,
    find,
    summary(reference) {
      const found = find(reference);
      if (found === undefined) throw unknownDataset(reference, list());
      return found;
    },
    detail(reference, version) {
      const found = findRow(connection, newest, reference);
      if (found === undefined) throw unknownDataset(reference, list());
      if (version === undefined || version === found.version) return detailOf(found);
      const row = connection.get<VersionRow>(
        `${select} WHERE dataset.id = ? AND version.version = ? AND version.state = 'ready'`,
        found.id,
        version,
      );
      if (row === undefined) throw unknownVersion(found, version);
      return detailOf(row);
    },
    versionDetail,
    beginImport: (options) => beginImport(connection, options),
    rename(id, name) {
      connection.transaction(() => rename(connection, id, name));
      runList.forgetAll();
    },
    delete: (id) => connection.transaction(() => remove(connection, id)),
    runsUsing: (id) => runsUsing(connection, id),
    sweepImports: () => connection.transaction(() => sweepImports(connection)),
    setAsideRows: (versionId) =>
      connection.value<Uint8Array | null>(
        'SELECT set_aside_rows FROM dataset_version WHERE id = ?',
        versionId,
      ) ?? null,
    readValues: (versionId, selection) => readFrameOfValues(connection, versionDetail(versionId), selection),
    manifest: (request) => readManifest(connection, request),
    piece: (piece) => readPiece(connection, piece),
  };
}

/** A text is a name first, as experiments have it; a number is the one that the list shows first. A file such as `2024.csv` names its dataset so. */
function findRow(
  connection: Connection,
  newest: string,
  reference: DatasetReference,
): VersionRow | undefined {
  const text = String(reference);
  const byName = () => connection.get<VersionRow>(`${newest} AND dataset.name = ?`, text);
  const byNumber = () =>
    /^\d{1,15}$/.test(text)
      ? connection.get<VersionRow>(`${newest} AND dataset.id = ?`, Number(text))
      : undefined;
  return typeof reference === 'string' ? (byName() ?? byNumber()) : (byNumber() ?? byName());
}

function unknownDataset(reference: DatasetReference, known: readonly DatasetSummary[]): HindcastError {
  const names = known.slice(0, 20).map(({ name }) => name);
  const there =
    names.length === 0
      ? 'there is none yet: import one'
      : `there are ${names.join(', ')}${known.length > names.length ? ` and ${known.length - names.length} more` : ''}`;
  return new HindcastError('not-found', `There is no dataset "${reference}"; ${there}.`, {
    details: { dataset: reference, known: names },
  });
}

function unknownVersion({ name, versions }: VersionRow, version: number): HindcastError {
  return new HindcastError(
    'not-found',
    `The dataset "${name}" has no version ${version}; it has ${versions}, leave the version out for the newest.`,
    { details: { dataset: name, version } },
  );
}

function rename(connection: Connection, id: DatasetId, name: string): void {
  const holder = connection.value<number>('SELECT id FROM dataset WHERE name = ?', name);
  if (holder !== undefined && holder !== id) {
    throw new HindcastError('conflict', `There is another dataset named "${name}": choose another name.`, {
      details: { name },
    });
  }
  const { changes } = connection.run('UPDATE dataset SET name = ? WHERE id = ?', name, id);
  if (changes === 0) throw unknownDataset(id, []);
}

function runsUsing(connection: Connection, id: DatasetId): RunId[] {
  return connection.values<RunId>(
    `SELECT run.id FROM run JOIN dataset_version ON dataset_version.id = run.dataset_version_id
     WHERE dataset_version.dataset_id = ? ORDER BY run.id`,
    id,
  );
}

function remove(connection: Connection, id: DatasetId): void {
  const versions = connection.all<{ id: number; state: string }>(
    'SELECT id, state FROM dataset_version WHERE dataset_id = ?',
    id,
  );
  if (versions.length === 0) throw unknownDataset(id, []);
  if (versions.some(({ state }) => state === 'importing')) {
    throw new HindcastError(
      'conflict',
      `An import writes to dataset ${id}: wait for its end, or cancel it.`,
      {
        details: { dataset: id },
      },
    );
  }
  const runs = runsUsing(connection, id);
  if (runs.length > 0) {
    throw new HindcastError(
      'conflict',
      `${runs.length} runs use dataset ${id} (${runs.slice(0, 10).join(', ')}): delete them first, or delete it with its runs.`,
      { details: { dataset: id, runs } },
    );
  }
  const chunkIds = versions.flatMap((version) => chunksOfVersion(connection, version.id));
  connection.run('DELETE FROM dataset WHERE id = ?', id);
  removeUnused(connection, chunkIds);
}

function sweepImports(connection: Connection): number {
  const versions = connection.values<DatasetVersionId>(
    "SELECT id FROM dataset_version WHERE state = 'importing'",
  );
  for (const id of versions) removeVersion(connection, id);
  removeAllUnused(connection);
  connection.run(
    'DELETE FROM dataset WHERE NOT EXISTS (SELECT 1 FROM dataset_version WHERE dataset_id = dataset.id)',
  );
  return versions.length;
}

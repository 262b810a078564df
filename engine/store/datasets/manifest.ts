// A version's columns as a list of pieces, for a training that cannot read the workspace; and the pieces by their hash.

import type { SamplesInfo } from '../../contract/datasets/samples.ts';
import type { Manifest, Piece } from '../../contract/pool/manifest.ts';
import { SAMPLE_ROLES } from '../../contract/processes/importer.ts';
import type { DatasetVersionId } from '../../contract/values/ids.ts';
import { blobCell } from '../checks/blob-cell.ts';
import { requireWhole } from '../checks/row-checksums.ts';
import { rowsOfVersion } from '../checks/trusted-rows.ts';
import type { Connection } from '../file/connection.ts';
import { damaged } from '../file/sqlite-errors.ts';
import { type Chunk, chunkHash } from './chunk-codec.ts';
import { readSeries } from './dataset-versions.ts';
import { samplesInfo } from './sample-reader.ts';

export interface ManifestRequest {
  readonly dataset: string;
  readonly versionId: DatasetVersionId;
  readonly columns: readonly string[];
  /** Default: all. */
  readonly series?: readonly string[] | undefined;
}

/** No more than what was asked for. @throws HindcastError `workspace-damaged` */
export function readManifest(connection: Connection, request: ManifestRequest): Manifest {
  const { dataset, versionId } = request;
  requireWhole(connection, `the dataset "${dataset}"`, rowsOfVersion(versionId));
  const info = samplesInfo(connection, versionId);
  return info === null
    ? { dataset, series: seriesOf(connection, request), samples: null }
    : { dataset, series: null, samples: { info, columns: sampleColumns(connection, request, info) } };
}

function seriesOf(connection: Connection, { versionId, columns, series }: ManifestRequest) {
  return readSeries(connection, versionId)
    .filter(({ info }) => series === undefined || series.includes(info.name))
    .map(({ info, timeColumnId, columnIds }) => ({
      name: info.name,
      times: piecesOf(connection, timeColumnId),
      columns: info.columns.flatMap(({ name, kind, categories }, index) =>
        columns.includes(name)
          ? [{ name, kind, categories: categories ?? [], pieces: piecesOf(connection, columnIds[index]!) }]
          : [],
      ),
    }));
}

function sampleColumns(
  connection: Connection,
  { versionId, columns }: ManifestRequest,
  info: SamplesInfo,
): { column: number; pieces: Piece[] }[] {
  const wanted = [
    ...info.columns.flatMap(({ name, kind }, column) =>
      columns.includes(name) ? [{ column, name, kind }] : [],
    ),
    ...SAMPLE_ROLES.map((role, index) => ({ column: info.columns.length + index, name: role, kind: role })),
  ];
  return wanted.map(({ column, name, kind }) => {
    const id = connection.value<number>(
      `SELECT series_column.id FROM series_column JOIN series ON series.id = series_id
       WHERE dataset_version_id = ? AND series_column.name = ? AND kind = ?`,
      versionId,
      name,
      kind,
    );
    return { column, pieces: id === undefined ? [] : piecesOf(connection, id) };
  });
}

function piecesOf(connection: Connection, columnId: number): Piece[] {
  return connection
    .all<{ sha256: Buffer; encoding: string; rows: number }>(
      `SELECT sha256, encoding, row_count AS rows FROM column_chunk JOIN chunk ON chunk.id = column_chunk.chunk_id
       WHERE series_column_id = ? ORDER BY position`,
      columnId,
    )
    .map(({ sha256, ...piece }) => ({ sha256: sha256.toString('hex'), ...piece }));
}

/** The bytes of a piece. @throws HindcastError `workspace-damaged` where they are not what the hash says */
export function readPiece(connection: Connection, { sha256 }: Piece): Uint8Array {
  const chunk = connection.get<Chunk>(
    `SELECT encoding, row_count AS rows, ${blobCell('data')} FROM chunk WHERE sha256 = ?`,
    Buffer.from(sha256, 'hex'),
  );
  if (chunk !== undefined && chunkHash(chunk).toString('hex') === sha256) return chunk.data;
  throw damaged(connection.path, `the data chunk ${sha256.slice(0, 12)} is not what was stored`);
}

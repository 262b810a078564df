// Data chunks against their SHA-256, one a step.
import { blobCell } from '../checks/blob-cell.ts';
import { type Chunk, chunkHash } from '../datasets/chunk-codec.ts';
import type { Connection } from '../file/connection.ts';
import type { Finding, Stage } from './stage.ts';

interface Row extends Chunk {
  readonly id: number;
  readonly data: Buffer;
  readonly sha256: Buffer;
}

const NEXT = `SELECT id, encoding, row_count AS rows, ${blobCell('data')}, ${blobCell('sha256')}
  FROM chunk WHERE id > ? ORDER BY id LIMIT 1`;

export const checkChunks: Stage = (connection, { run, after }) => {
  const chunk = connection.get<Row>(NEXT, after);
  if (chunk === undefined) return { findings: [], bytes: 0, next: null };
  const isWhole = chunkHash(chunk).equals(chunk.sha256);
  return {
    findings: isWhole ? [] : [brokenChunk(connection, chunk.id)],
    bytes: chunk.data.length,
    next: { run, after: chunk.id },
  };
};

function brokenChunk(connection: Connection, id: number): Finding {
  const names = connection.values<string>(
    `SELECT DISTINCT dataset.name FROM column_chunk
     JOIN series_column ON series_column.id = column_chunk.series_column_id
     JOIN series ON series.id = series_column.series_id
     JOIN dataset_version ON dataset_version.id = series.dataset_version_id
     JOIN dataset ON dataset.id = dataset_version.dataset_id WHERE column_chunk.chunk_id = ?`,
    id,
  );
  const where = names.length === 0 ? 'of no dataset' : `of ${names.map((name) => `"${name}"`).join(', ')}`;
  return {
    message: `The data chunk ${id} ${where} is not what was stored: \`hindcast check --repair\` takes it from a backup that has it whole; otherwise delete the dataset and import its file again.`,
    repair: { kind: 'fetch-chunk', chunk: id },
  };
}

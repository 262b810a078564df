// Artifacts: named files that belong to a run.
import type { RunId } from '../contract/ids.ts';
import type { Connection } from './connection.ts';
import { readPieces, sweepIncomplete, writePieces } from './pieces.ts';

export interface ArtifactInfo {
  readonly name: string;
  readonly mediaType: string;
  readonly bytes: number;
  readonly createdAtMs: number;
}

export interface NewArtifact {
  readonly name: string;
  readonly mediaType: string;
  readonly data: Uint8Array;
  readonly atMs: number;
}

export interface Artifacts {
  /** Replaces the run's artifact of that name; on an error (`disk-full`) the old one is still there. */
  put(runId: RunId, artifact: NewArtifact): void;
  read(runId: RunId, name: string): (ArtifactInfo & { readonly data: Uint8Array<ArrayBuffer> }) | null;
  /** By name. */
  list(runId: RunId): ArtifactInfo[];
  delete(runId: RunId, name: string): boolean;
  /** Removes what a killed host left half-written; returns how many. Called when a workspace is opened. */
  sweep(): number;
}

const COLUMNS = 'name, media_type AS mediaType, bytes, created_at_ms AS createdAtMs';

export function createArtifacts(connection: Connection): Artifacts {
  return {
    put: (runId, artifact) => put(connection, runId, artifact),
    read(runId, name) {
      const row = connection.get<ArtifactInfo & { id: number }>(
        `SELECT id, ${COLUMNS} FROM artifact WHERE run_id = ? AND name = ? AND complete = 1`,
        runId,
        name,
      );
      if (row === undefined) return null;
      const { id, ...info } = row;
      return { ...info, data: readPieces(connection, 'artifact', id, info.bytes) };
    },
    list: (runId) =>
      connection.all<ArtifactInfo>(
        `SELECT ${COLUMNS} FROM artifact WHERE run_id = ? AND complete = 1 ORDER BY name`,
        runId,
      ),
    delete: (runId, name) =>
      connection.run('DELETE FROM artifact WHERE run_id = ? AND name = ?', runId, name).changes > 0,
    sweep: () => sweepIncomplete(connection, 'artifact'),
  };
}

function put(connection: Connection, runId: RunId, { name, mediaType, data, atMs }: NewArtifact): void {
  writePieces(connection, {
    kind: 'artifact',
    data,
    begin: () => {
      connection.run('DELETE FROM artifact WHERE run_id = ? AND name = ? AND complete = 0', runId, name);
      return connection.run(
        'INSERT INTO artifact (run_id, name, media_type, bytes, created_at_ms) VALUES (?, ?, ?, ?, ?)',
        runId,
        name,
        mediaType,
        data.length,
        atMs,
      ).id;
    },
    replace: () => {
      connection.run('DELETE FROM artifact WHERE run_id = ? AND name = ? AND complete = 1', runId, name);
    },
  });
}

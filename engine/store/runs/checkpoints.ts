// Checkpoints: the latest state and the best weights of each run.

import type { CheckpointInfo } from '../../contract/runs/run.ts';
import type { RunId } from '../../contract/values/ids.ts';
import { isDamaged } from '../checks/row-checksums.ts';
import type { Connection } from '../file/connection.ts';
import { readPieces, type StagedPieces, stagePieces, sweepIncomplete } from './pieces.ts';

export type CheckpointKind = 'last' | 'best';

export interface NewCheckpoint {
  readonly step: number;
  readonly epoch: number;
  readonly data: Uint8Array;
  readonly hasOptimizerState: boolean;
  readonly atMs: number;
}

export interface StoredCheckpoint {
  readonly step: number;
  readonly epoch: number;
  readonly data: Uint8Array<ArrayBuffer>;
}

export interface Checkpoints {
  /** Replaces the run's checkpoint of that kind; on an error (`disk-full`) the old one is still there. */
  write(runId: RunId, kind: CheckpointKind, checkpoint: NewCheckpoint): void;
  /** The same piece by piece; `complete` belongs into the transaction of what it goes with. */
  stage(runId: RunId, kind: CheckpointKind, checkpoint: NewCheckpoint): StagedPieces;
  read(runId: RunId, kind: CheckpointKind): StoredCheckpoint | null;
  /** Of whole rows. */
  info(runId: RunId): CheckpointInfo[];
  delete(runId: RunId, kind: CheckpointKind): boolean;
  /** Removes what a killed host left half-written; returns how many. Called when a workspace is opened. */
  sweep(): number;
}

export function createCheckpoints(connection: Connection): Checkpoints {
  return {
    write(runId, kind, checkpoint) {
      const staged = stage(connection, runId, kind, checkpoint);
      try {
        while (staged.more());
        connection.transaction(staged.complete);
      } catch (cause) {
        staged.discard();
        throw cause;
      }
    },
    stage: (runId, kind, checkpoint) => stage(connection, runId, kind, checkpoint),
    read: (runId, kind) => read(connection, runId, kind),
    info: (runId) => readInfo(connection, runId),
    delete: (runId, kind) =>
      connection.run('DELETE FROM checkpoint WHERE run_id = ? AND kind = ?', runId, kind).changes > 0,
    sweep: () => sweepIncomplete(connection),
  };
}

const INSERT = `
  INSERT INTO checkpoint (run_id, kind, step, epoch, bytes, has_optimizer_state, created_at_ms)
  VALUES (?, ?, ?, ?, ?, ?, ?)`;

function stage(
  connection: Connection,
  runId: RunId,
  kind: CheckpointKind,
  checkpoint: NewCheckpoint,
): StagedPieces {
  const { step, epoch, data, hasOptimizerState, atMs } = checkpoint;
  return stagePieces(connection, {
    data,
    begin: () => {
      connection.run('DELETE FROM checkpoint WHERE run_id = ? AND kind = ? AND complete = 0', runId, kind);
      return connection.run(INSERT, runId, kind, step, epoch, data.length, hasOptimizerState ? 1 : 0, atMs)
        .id;
    },
    replace: () => {
      connection.run('DELETE FROM checkpoint WHERE run_id = ? AND kind = ? AND complete = 1', runId, kind);
    },
  });
}

function read(connection: Connection, runId: RunId, kind: CheckpointKind): StoredCheckpoint | null {
  const row = connection.get<{ id: number; step: number; epoch: number; bytes: number }>(
    'SELECT id, step, epoch, bytes FROM checkpoint WHERE run_id = ? AND kind = ? AND complete = 1',
    runId,
    kind,
  );
  if (row === undefined) return null;
  return { step: row.step, epoch: row.epoch, data: readPieces(connection, row.id, row.bytes) };
}

function readInfo(connection: Connection, runId: RunId): CheckpointInfo[] {
  const rows = connection.all<Omit<CheckpointInfo, 'hasOptimizerState'> & { hasOptimizerState: number }>(
    `SELECT kind, step, epoch, bytes, has_optimizer_state AS hasOptimizerState, created_at_ms AS createdAtMs
     FROM checkpoint WHERE run_id = ? AND complete = 1 AND NOT ${isDamaged(connection, 'checkpoint')} ORDER BY kind DESC`,
    runId,
  );
  return rows.map((row) => ({ ...row, hasOptimizerState: row.hasOptimizerState === 1 }));
}

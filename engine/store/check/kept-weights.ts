// Checkpoints and weights: all pieces there, the checksum that each file carries, and the best weights against the hash that their run
// recorded. One a step.
import { createHash } from 'node:crypto';
import { HindcastError } from '../../contract/values/errors.ts';
import type { Connection } from '../file/connection.ts';
import { readPieces } from '../runs/pieces.ts';
import type { CheckTools, Finding, Stage } from './stage.ts';

interface Row {
  readonly id: number;
  readonly runId: number;
  readonly kind: string;
  readonly bytes: number;
  readonly weightsHash: string | null;
}

const NEXT = `
  SELECT checkpoint.id, run_id AS runId, kind, bytes, weights_hash AS weightsHash
  FROM checkpoint JOIN run ON run.id = run_id WHERE complete = 1 AND checkpoint.id > ? ORDER BY checkpoint.id LIMIT 1`;

export const checkKeptWeights: Stage = (connection, { run, after }, tools) => {
  const row = connection.get<Row>(NEXT, after);
  if (row === undefined) return { findings: [], bytes: 0, next: null };
  return {
    findings: isWhole(connection, row, tools) ? [] : [broken(connection, row)],
    bytes: row.bytes,
    next: { run, after: row.id },
  };
};

function isWhole(connection: Connection, { id, kind, bytes, weightsHash }: Row, tools: CheckTools): boolean {
  let data: Uint8Array;
  try {
    data = readPieces(connection, id, bytes);
  } catch (cause) {
    if (cause instanceof HindcastError && cause.code === 'workspace-damaged') return false;
    throw cause;
  }
  if (!tools.isWholeFile(data)) return false;
  return kind !== 'best' || weightsHash === null || hashOf(data) === weightsHash;
}

const hashOf = (data: Uint8Array): string => createHash('sha256').update(data).digest('hex');

function broken(connection: Connection, { id, runId, kind }: Row): Finding {
  const other = connection.value<number>(
    'SELECT count(*) FROM checkpoint WHERE run_id = ? AND complete = 1 AND id <> ?',
    runId,
    id,
  );
  const helps = other
    ? '`hindcast check --repair` drops it, and the run keeps the other one'
    : 'restore a backup, or `hindcast check --repair` drops it, and the run can be trained again from its start';
  return {
    message: `The ${kind} checkpoint of run ${runId} is not what was stored: ${helps}.`,
    repair: { kind: 'drop-checkpoint', checkpoint: id, run: runId, name: kind },
  };
}

// Checkpoints in pieces of 1 MiB, each in a short transaction of its own. A row of `checkpoint` counts only once it is complete.
import { HindcastError } from '../../contract/values/errors.ts';
import { blobCell } from '../checks/blob-cell.ts';
import type { Connection } from '../file/connection.ts';

export const PIECE_BYTES = 2 ** 20;

export interface PiecedWrite {
  readonly data: Uint8Array;
  /** Adds the row, incomplete, and returns its id. */
  readonly begin: () => number;
  /** Runs in the transaction that makes it complete, before it does: removes what it replaces. */
  readonly replace: () => void;
}

/** Written, or being written, but not counting yet. */
export interface StagedPieces {
  /** Writes the next piece; false when it was the last. Between two pieces the host answers others. */
  more(): boolean;
  /** Inside the transaction that makes it count; every piece must be there. */
  complete(): void;
  discard(): void;
}

/** Stores `data` piece by piece so that one short transaction, with whatever else belongs into it, can make it count. */
export function stagePieces(connection: Connection, { data, begin, replace }: PiecedWrite): StagedPieces {
  const id = connection.transaction(begin);
  let written = 0;
  const isWhole = () => written * PIECE_BYTES >= data.length;
  return {
    more() {
      if (isWhole()) return false;
      const piece = data.subarray(written * PIECE_BYTES, (written + 1) * PIECE_BYTES);
      const sql = 'INSERT INTO checkpoint_part (checkpoint_id, position, data) VALUES (?, ?, ?)';
      connection.run(sql, id, written, piece);
      written++;
      return !isWhole();
    },
    complete() {
      if (!isWhole()) throw new HindcastError('internal', `The checkpoint ${id} is not whole yet.`);
      replace();
      connection.run('UPDATE checkpoint SET complete = 1 WHERE id = ?', id);
    },
    discard: () => discard(connection, id),
  };
}

/** On a full disk even this may fail: what stays is incomplete, so it does not count, and is swept later. */
function discard(connection: Connection, id: number): void {
  try {
    connection.run('DELETE FROM checkpoint WHERE id = ?', id);
  } catch {
    // The first error is the one to report.
  }
}

/** Throws `workspace-damaged` where pieces are missing. */
export function readPieces(connection: Connection, id: number, bytes: number): Uint8Array<ArrayBuffer> {
  const data = new Uint8Array(bytes);
  let at = 0;
  for (const part of connection.values<Uint8Array>(
    `SELECT ${blobCell('data')} FROM checkpoint_part WHERE checkpoint_id = ? ORDER BY position`,
    id,
  )) {
    if (at + part.length > bytes) break;
    data.set(part, at);
    at += part.length;
  }
  if (at !== bytes) {
    throw new HindcastError(
      'workspace-damaged',
      `The checkpoint ${id} in ${connection.path} has ${at} of its ${bytes} bytes: put a backup copy in the place of the workspace.`,
      { details: { path: connection.path, checkpoint: id } },
    );
  }
  return data;
}

/** Removes what was never completed; returns how many. */
export function sweepIncomplete(connection: Connection): number {
  return connection.run('DELETE FROM checkpoint WHERE complete = 0').changes;
}

// Big BLOBs in pieces of 1 MiB, each in a short transaction of its own. The parent row counts only once it is complete.
import { HindcastError } from '../contract/errors.ts';
import type { Connection } from './connection.ts';

export const PIECE_BYTES = 2 ** 20;

/** Tables `<kind>` (with `bytes`, `complete`) and `<kind>_part` (`<kind>_id`, position, data). */
export type PiecedKind = 'checkpoint' | 'artifact';

export interface PiecedWrite {
  readonly kind: PiecedKind;
  readonly data: Uint8Array;
  /** Adds the parent row, incomplete, and returns its id. */
  readonly begin: () => number;
  /** Runs in the transaction that makes the parent complete, before it does: removes what it replaces. */
  readonly replace: () => void;
}

/** Written, but not counting yet. */
export interface StagedPieces {
  /** Inside the transaction that makes it count. */
  complete(): void;
  discard(): void;
}

/** Stores all of `data`, or nothing that counts. Throws `disk-full` and the like; what it replaces is then still there. */
export function writePieces(connection: Connection, write: PiecedWrite): void {
  const staged = stagePieces(connection, write);
  try {
    connection.transaction(staged.complete);
  } catch (cause) {
    staged.discard();
    throw cause;
  }
}

/** Stores all of `data` so that one short transaction, with whatever else belongs into it, can make it count. */
export function stagePieces(
  connection: Connection,
  { kind, data, begin, replace }: PiecedWrite,
): StagedPieces {
  const id = connection.transaction(begin);
  try {
    for (let position = 0; position * PIECE_BYTES < data.length; position++) {
      const piece = data.subarray(position * PIECE_BYTES, (position + 1) * PIECE_BYTES);
      connection.run(
        `INSERT INTO ${kind}_part (${kind}_id, position, data) VALUES (?, ?, ?)`,
        id,
        position,
        piece,
      );
    }
  } catch (cause) {
    discard(connection, kind, id);
    throw cause;
  }
  return {
    complete() {
      replace();
      connection.run(`UPDATE ${kind} SET complete = 1 WHERE id = ?`, id);
    },
    discard: () => discard(connection, kind, id),
  };
}

/** On a full disk even this may fail: what stays is incomplete, so it does not count, and is swept later. */
function discard(connection: Connection, kind: PiecedKind, id: number): void {
  try {
    connection.run(`DELETE FROM ${kind} WHERE id = ?`, id);
  } catch {
    // The first error is the one to report.
  }
}

/** Throws `workspace-damaged` where pieces are missing. */
export function readPieces(
  connection: Connection,
  kind: PiecedKind,
  id: number,
  bytes: number,
): Uint8Array<ArrayBuffer> {
  const data = new Uint8Array(bytes);
  let at = 0;
  for (const part of connection.values<Uint8Array>(
    `SELECT data FROM ${kind}_part WHERE ${kind}_id = ? ORDER BY position`,
    id,
  )) {
    if (at + part.length > bytes) break;
    data.set(part, at);
    at += part.length;
  }
  if (at !== bytes) {
    throw new HindcastError(
      'workspace-damaged',
      `The ${kind} ${id} in ${connection.path} has ${at} of its ${bytes} bytes: put a backup copy in the place of the workspace.`,
      { details: { path: connection.path, [kind]: id } },
    );
  }
  return data;
}

/** Removes what was never completed; returns how many. */
export function sweepIncomplete(connection: Connection, kind: PiecedKind): number {
  return connection.run(`DELETE FROM ${kind} WHERE complete = 0`).changes;
}

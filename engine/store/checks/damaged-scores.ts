// Runs with scores that damage has changed: the list shows numbers that come from them. Each run is compared once while the workspace is
// open.
import type { RunId } from '../../contract/values/ids.ts';
import type { Connection } from '../file/connection.ts';
import { isDamaged } from './row-checksums.ts';

export interface DamagedScores {
  /** Compares the scores of a run that was not looked at yet: about 0.1 ms. */
  has(id: RunId): boolean;
  /** `has` costs nothing any more. */
  knows(id: RunId): boolean;
  /** Its scores changed. */
  forget(id: RunId): void;
  forgetAll(): void;
}

export function createDamagedScores(connection: Connection): DamagedScores {
  const known = new Map<RunId, boolean>();
  const select = `SELECT 1 FROM score WHERE run_id = ? AND ${isDamaged(connection, 'score')} LIMIT 1`;
  const forgetAll = (): void => known.clear();
  // What was read of rows that are rolled back afterwards must not stay.
  connection.onRollback(forgetAll);
  return {
    has(id) {
      const before = known.get(id);
      if (before !== undefined) return before;
      const found = connection.value(select, id) !== undefined;
      known.set(id, found);
      return found;
    },
    knows: (id) => known.has(id),
    forget: (id) => {
      known.delete(id);
    },
    forgetAll,
  };
}

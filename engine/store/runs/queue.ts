// The queue: the waiting runs in order, at positions from 1 without gaps.
import { HindcastError } from '../../contract/values/errors.ts';
import type { RunId } from '../../contract/values/ids.ts';
import type { Connection } from '../file/connection.ts';
import type { Settings } from '../settings.ts';
import type { RunList } from './run-list.ts';

export interface Queue {
  /** First to start first. */
  order(): RunId[];
  /** Puts a run at the end and returns its position; one that is queued already stays where it is. Throws `not-found`. */
  push(id: RunId): number;
  /** Takes a run out; false where it was not queued. */
  remove(id: RunId): boolean;
  /** Moves a queued run; a position beyond the end means the end. Throws `conflict` where it is not queued. */
  move(id: RunId, position: number): void;
  /** Runs that may train at once; 1 where it was never set. */
  limit(): number;
  setLimit(limit: number): void;
}

const LIMIT_KEY = 'queue.limit';

export interface QueueParts {
  readonly runList: RunList;
  readonly settings: Settings;
}

export function createQueue(connection: Connection, { runList, settings }: QueueParts): Queue {
  const order = (): RunId[] =>
    connection.values<RunId>('SELECT id FROM run WHERE queue_position IS NOT NULL ORDER BY queue_position');

  const setPosition = (id: RunId, position: number | null): void => {
    const { changes } = connection.run('UPDATE run SET queue_position = ? WHERE id = ?', position, id);
    if (changes === 0) {
      throw new HindcastError(
        'not-found',
        `There is no run number ${id}: see the list of runs for what there is.`,
        {
          details: { run: id },
        },
      );
    }
    runList.forget(id);
  };

  /** Writes only the positions that change. */
  const rewrite = (before: readonly RunId[], after: readonly RunId[]): void => {
    for (const [index, id] of after.entries()) if (before[index] !== id) setPosition(id, index + 1);
  };

  return {
    order,
    push: (id) =>
      connection.transaction(() => {
        const before = order();
        const index = before.indexOf(id);
        if (index >= 0) return index + 1;
        setPosition(id, before.length + 1);
        return before.length + 1;
      }),
    remove: (id) =>
      connection.transaction(() => {
        const before = order();
        if (!before.includes(id)) return false;
        setPosition(id, null);
        rewrite(
          before,
          before.filter((other) => other !== id),
        );
        return true;
      }),
    move: (id, position) =>
      connection.transaction(() => {
        const before = order();
        if (!before.includes(id)) throw notQueued(id);
        const after = before.filter((other) => other !== id);
        after.splice(Math.min(Math.max(1, Math.floor(position)), before.length) - 1, 0, id);
        rewrite(before, after);
      }),
    limit: () => Number(settings.get(LIMIT_KEY) ?? 1),
    setLimit: (limit) => settings.set(LIMIT_KEY, limit),
  };
}

function notQueued(id: RunId): HindcastError {
  return new HindcastError('conflict', `Run ${id} is not in the queue, so it cannot be moved there.`, {
    details: { run: id },
  });
}

// Events in order: hints that something changed, numbered by a sequence that is never reused.
import type { EngineEvent, EventBody } from '../contract/api/events.ts';
import type { RunId } from '../contract/values/ids.ts';
import { parseLossless, stringifyLossless } from '../contract/values/json.ts';
import { isDamaged } from './checks/row-checksums.ts';
import type { Connection } from './file/connection.ts';

export interface Events {
  append(body: EventBody, atMs: number): EngineEvent;
  /** Events with a greater sequence, oldest first; of one run where it is given. In place of one that damage has changed: `event.damaged`. */
  after(sequence: number, limit: number, runId?: RunId): EngineEvent[];
  /** The highest sequence number ever given, even if that event was removed; 0 where there was none. */
  lastSequence(): number;
  /** Removes a run's events of these types: for those that a newer one replaces. Returns how many. Sequence numbers stay. */
  prune(runId: RunId, types: readonly EventBody['type'][]): number;
}

interface EventRow {
  readonly sequence: number;
  readonly atMs: number;
  readonly body: string;
  /** 0 or 1. */
  readonly damaged: number;
}

export function createEvents(connection: Connection): Events {
  const select = `SELECT sequence, at_ms AS atMs, body, ${isDamaged(connection, 'event')} AS damaged FROM event`;
  return {
    append(body, atMs) {
      const { id: sequence } = connection.run(
        'INSERT INTO event (at_ms, type, run_id, dataset_id, body) VALUES (?, ?, ?, ?, ?)',
        atMs,
        body.type,
        'runId' in body ? body.runId : null,
        'datasetId' in body ? body.datasetId : null,
        stringifyLossless(body),
      );
      return { sequence, atMs, body };
    },
    after(sequence, limit, runId) {
      const rows =
        runId === undefined
          ? connection.all<EventRow>(
              `${select} WHERE sequence > ? ORDER BY sequence LIMIT ?`,
              sequence,
              limit,
            )
          : connection.all<EventRow>(
              `${select} WHERE run_id = ? AND sequence > ? ORDER BY sequence LIMIT ?`,
              runId,
              sequence,
              limit,
            );
      return rows.map(toEvent);
    },
    lastSequence: () => connection.value<number>("SELECT seq FROM sqlite_sequence WHERE name = 'event'") ?? 0,
    prune: (runId, types) =>
      connection.run(
        `DELETE FROM event WHERE run_id = ? AND type IN (${types.map(() => '?').join(', ')})`,
        runId,
        ...types,
      ).changes,
  };
}

/** Written by `append` from a typed body: trusted inside. */
function toEvent({ sequence, atMs, body, damaged }: EventRow): EngineEvent {
  if (damaged === 1) return { sequence, atMs: 0, body: { type: 'event.damaged' } };
  return { sequence, atMs, body: parseLossless(body) as EventBody };
}

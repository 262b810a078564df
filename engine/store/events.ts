// Events in order: hints that something changed, numbered by a sequence that is never reused.
import type { EngineEvent, EventBody } from '../contract/events.ts';
import type { RunId } from '../contract/ids.ts';
import { parseLossless, stringifyLossless } from '../contract/json.ts';
import type { Connection } from './connection.ts';
import { isDamaged } from './row-checksums.ts';

export interface Events {
  append(body: EventBody, atMs: number): EngineEvent;
  /** Events with a greater sequence, oldest first; of one run where it is given. Those that damage has changed are left out. */
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
}

const COLUMNS = 'sequence, at_ms AS atMs, body';

export function createEvents(connection: Connection): Events {
  const isWhole = `NOT ${isDamaged(connection, 'event')}`;
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
              `SELECT ${COLUMNS} FROM event WHERE sequence > ? AND ${isWhole} ORDER BY sequence LIMIT ?`,
              sequence,
              limit,
            )
          : connection.all<EventRow>(
              `SELECT ${COLUMNS} FROM event WHERE run_id = ? AND sequence > ? AND ${isWhole} ORDER BY sequence LIMIT ?`,
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
function toEvent(row: EventRow): EngineEvent {
  return { sequence: row.sequence, atMs: row.atMs, body: parseLossless(row.body) as EventBody };
}

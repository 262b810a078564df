// Where an attempt at a run writes.
import type { EventBody } from '../../contract/api/events.ts';
import type { Score } from '../../contract/runs/run.ts';
import type { RunId } from '../../contract/values/ids.ts';
import type { Workspace } from '../../store/workspace.ts';

export interface RunRecords {
  readonly workspace: Workspace;
  readonly runId: RunId;
  readonly now: () => number;
  append(body: EventBody): void;
  /** Where nothing can be stored. */
  announce(body: EventBody): void;
  /** Hears the scores of the end once they are stored. */
  scored?(scores: readonly Score[]): void;
  /** Of a run whose messages may be delivered twice: called in the transaction that stores a message. */
  mark?(message: number): void;
}

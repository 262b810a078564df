// What a stage of the check is: it reads one kind of content in steps of a few milliseconds, and remembers between two steps only a
// position, so that any process can take the next step.
import type { Finding } from '../../contract/processes/check-file.ts';
import type { Connection } from '../file/connection.ts';

export type { Finding };

/** Where a stage continues: after this row, of this run where rows belong to runs. */
export interface StagePosition {
  readonly run: number;
  readonly after: number;
}

export interface Step {
  readonly findings: readonly Finding[];
  /** Bytes that were read. */
  readonly bytes: number;
  /** Null: the stage is done. */
  readonly next: StagePosition | null;
}

export interface CheckTools {
  /** Whether a checkpoint or weights file has the checksum that it carries. */
  isWholeFile(data: Uint8Array): boolean;
}

export type Stage = (connection: Connection, from: StagePosition, tools: CheckTools) => Step;

export const START: StagePosition = { run: 0, after: 0 };

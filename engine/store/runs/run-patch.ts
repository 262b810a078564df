// The changeable fields of a run and their columns.

import type { BackendUsed, PartInfo } from '../../contract/runs/run.ts';
import type { RunId } from '../../contract/values/ids.ts';
import { stringifyLossless } from '../../contract/values/json.ts';
import type { Connection, SqlValue } from '../file/connection.ts';
import { runCells, type StoredRun } from './run-columns.ts';
import { noSuchRun } from './run-reference.ts';

/** What `run_setup` holds, as JSON. */
interface RunSetup {
  /** Also becomes the run's `backend`. */
  readonly backendUsed: BackendUsed | null;
  /** Fitted pipeline: any JSON, NaN and infinities allowed. */
  readonly fitted: unknown;
  readonly parts: readonly PartInfo[];
  readonly notes: readonly string[];
}

/** Set when the run is made, and by the queue. */
type Fixed =
  | 'id'
  | 'createdAtMs'
  | 'modelKind'
  | 'seed'
  | 'targetNames'
  | 'backend'
  | 'queuePosition'
  | 'studyId'
  | 'studyPosition';

/** Fields that are left out stay as they are. */
export type RunPatch = Partial<Readonly<Omit<StoredRun, Fixed>> & RunSetup>;

const SETUP_COLUMNS = {
  backendUsed: 'backend_used',
  fitted: 'fitted',
  parts: 'parts',
  notes: 'notes',
} as const satisfies Record<keyof RunSetup, string>;

/** Sets the columns of `run`. Throws `not-found`. */
export function assignRun(connection: Connection, id: RunId, patch: RunPatch): void {
  const cells = runCells(patch);
  if (patch.backendUsed) cells.set('backend', patch.backendUsed.name);
  assign(connection, 'UPDATE run SET', 'WHERE id = ?', { id, cells });
}

/** Sets the columns of `run_setup`. Throws `not-found`. */
export function assignSetup(connection: Connection, id: RunId, patch: RunPatch): void {
  const cells = new Map<string, SqlValue>();
  for (const [field, column] of Object.entries(SETUP_COLUMNS)) {
    const value = patch[field as keyof RunSetup];
    if (value !== undefined) cells.set(column, value === null ? null : stringifyLossless(value));
  }
  assign(connection, 'UPDATE run_setup SET', 'WHERE run_id = ?', { id, cells });
}

interface Assignment {
  readonly id: RunId;
  /** Cells by column. */
  readonly cells: ReadonlyMap<string, SqlValue>;
}

function assign(connection: Connection, update: string, where: string, { id, cells }: Assignment): void {
  if (cells.size === 0) return;
  const columns = [...cells.keys()].map((name) => `${name} = ?`).join(', ');
  const { changes } = connection.run(`${update} ${columns} ${where}`, ...cells.values(), id);
  if (changes === 0) throw noSuchRun(id);
}

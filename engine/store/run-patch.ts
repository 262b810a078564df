// What may change of a run, and in which column each of it stands.
import { stringifyLossless } from '../contract/json.ts';
import type { BackendUsed, PartInfo, RunState } from '../contract/run.ts';
import type { SqlValue } from './connection.ts';
import { toFloatCell } from './float-cell.ts';

/** Fields that are left out stay as they are. */
export interface RunPatch {
  readonly state?: RunState;
  readonly reason?: string | null;
  readonly stopRequested?: boolean;
  readonly step?: number;
  readonly totalSteps?: number | null;
  readonly epoch?: number;
  readonly totalEpochs?: number;
  readonly secondsLeft?: number | null;
  readonly lastTrainLoss?: number | null;
  readonly lastValidationLoss?: number | null;
  readonly bestValidationLoss?: number | null;
  readonly bestEpoch?: number | null;
  readonly parameterCount?: number | null;
  readonly fingerprint?: string | null;
  readonly weightsHash?: string | null;
  readonly attempts?: number;
  readonly heartbeatAtMs?: number | null;
  readonly startedAtMs?: number | null;
  readonly endedAtMs?: number | null;
  /** Also becomes the run's `backend`. */
  readonly backendUsed?: BackendUsed | null;
  /** Fitted pipeline: any JSON, NaN and infinities allowed. */
  readonly fitted?: unknown;
  readonly parts?: readonly PartInfo[];
  readonly notes?: readonly string[];
}

export interface Assignments {
  readonly columns: readonly string[];
  readonly values: readonly SqlValue[];
}

const RUN_COLUMNS: readonly (readonly [keyof RunPatch, string])[] = [
  ['state', 'state'],
  ['reason', 'reason'],
  ['stopRequested', 'stop_requested'],
  ['step', 'step'],
  ['totalSteps', 'total_steps'],
  ['epoch', 'epoch'],
  ['totalEpochs', 'total_epochs'],
  ['secondsLeft', 'seconds_left'],
  ['lastTrainLoss', 'last_train_loss'],
  ['lastValidationLoss', 'last_validation_loss'],
  ['bestValidationLoss', 'best_validation_loss'],
  ['bestEpoch', 'best_epoch'],
  ['parameterCount', 'parameter_count'],
  ['fingerprint', 'fingerprint'],
  ['weightsHash', 'weights_hash'],
  ['attempts', 'attempts'],
  ['heartbeatAtMs', 'heartbeat_at_ms'],
  ['startedAtMs', 'started_at_ms'],
  ['endedAtMs', 'ended_at_ms'],
];

const SETUP_COLUMNS: readonly (readonly [keyof RunPatch, string])[] = [
  ['backendUsed', 'backend_used'],
  ['fitted', 'fitted'],
  ['parts', 'parts'],
  ['notes', 'notes'],
];

/** Columns of `run` that the patch sets. */
export function runAssignments(patch: RunPatch): Assignments {
  const assignments = collect(RUN_COLUMNS, patch, toCell);
  if (!patch.backendUsed) return assignments;
  return {
    columns: [...assignments.columns, 'backend'],
    values: [...assignments.values, patch.backendUsed.name],
  };
}

/** Columns of `run_setup` that the patch sets, as JSON. */
export function setupAssignments(patch: RunPatch): Assignments {
  return collect(SETUP_COLUMNS, patch, (value) => (value === null ? null : stringifyLossless(value)));
}

function collect(
  fields: readonly (readonly [keyof RunPatch, string])[],
  patch: RunPatch,
  convert: (value: unknown) => SqlValue,
): Assignments {
  const given = fields.filter(([field]) => patch[field] !== undefined);
  return {
    columns: given.map(([, column]) => column),
    values: given.map(([field]) => convert(patch[field])),
  };
}

function toCell(value: unknown): SqlValue {
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (typeof value === 'number') return toFloatCell(value);
  return value as string | null;
}

// The weights of a run, read beside the workspace's writer from any process.
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { HindcastError } from '../../contract/values/errors.ts';
import type { RunId } from '../../contract/values/ids.ts';
import { openConnection } from '../file/connection.ts';
import { type CheckpointKind, createCheckpoints } from './checkpoints.ts';

export interface KeptWeights {
  readonly data: Uint8Array<ArrayBuffer>;
  /** It is the state of a running training, and no file of weights alone. */
  readonly isCheckpoint: boolean;
}

/** Null where the run has none of that kind. @throws HindcastError `file-missing` */
export function readKeptWeights(path: string, runId: RunId, kind: CheckpointKind): KeptWeights | null {
  const file = resolve(path);
  if (!existsSync(file)) throw new HindcastError('file-missing', `There is no workspace ${file}.`);
  const connection = openConnection(file, { readonly: true, now: () => 0 });
  try {
    const checkpoints = createCheckpoints(connection);
    const found = checkpoints.read(runId, kind);
    const info = checkpoints.info(runId).find((one) => one.kind === kind);
    return found && { data: found.data, isCheckpoint: info?.hasOptimizerState ?? false };
  } finally {
    connection.close();
  }
}

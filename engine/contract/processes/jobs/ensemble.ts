// Input and answer of the job that puts runs of one protocol together.
import type { EnsembleScore, EnsembleWay } from '../../studies/ensemble.ts';
import type { RunId } from '../../values/ids.ts';
import type { TrainedModel, VersionJob } from './version.ts';

export interface EnsembleMemberJob extends VersionJob {
  readonly model: TrainedModel;
  readonly runId: RunId;
}

export interface EnsembleJob {
  readonly members: readonly EnsembleMemberJob[];
  readonly way: EnsembleWay;
  /** Its answers on the test part are asked for, as CSV. */
  readonly withTable: boolean;
}

export interface EnsembleFound {
  /** Of the members; null: they have none. */
  readonly weights: readonly number[] | null;
  /** Of the ensemble, and of members that were asked again (`run 3`). */
  readonly scores: readonly EnsembleScore[];
  /** Windows or samples of the test part that are scored. */
  readonly windows: number;
  /** Text of a CSV file. */
  readonly table: string | null;
}

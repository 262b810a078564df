// Scores of baselines that earlier runs of this host have found. Data, task, split, pipeline and evaluation decide them: runs that differ in
// model, training or seed alone, as those of a sweep or of several seeds do, need not fit and score the same baselines again.
import type { Experiment } from '../../contract/experiment/experiment.ts';
import type { Score } from '../../contract/runs/run.ts';
import type { DatasetVersionId } from '../../contract/values/ids.ts';
import { canonicalJson } from '../../store/canonical-json.ts';
import { taskOf } from '../../tasks/task-of.ts';

/** Protocols whose scores are kept: a few kilobytes each. */
const MOST = 64;

export interface KnownBaselines {
  /** Undefined: none like it was scored, or its baselines may depend on more. */
  of(experiment: Experiment, version: DatasetVersionId): readonly Score[] | undefined;
  /** All scores of a run; those of its model are passed over. */
  keep(experiment: Experiment, version: DatasetVersionId, scores: readonly Score[]): void;
}

export function createKnownBaselines(): KnownBaselines {
  /** The most recently kept last. */
  const known = new Map<string, readonly Score[]>();
  return {
    of: (experiment, version) => known.get(keyOf(experiment, version)),
    keep(experiment, version, scores) {
      const ofBaselines = scores.filter(({ subject }) => subject !== 'model');
      if (ofBaselines.length === 0 || taskOf(experiment.task).hasSharedBaselines !== true) return;
      const key = keyOf(experiment, version);
      known.delete(key);
      known.set(key, ofBaselines);
      if (known.size > MOST) known.delete(known.keys().next().value!);
    },
  };
}

/** All of the experiment but what only the model sees. */
function keyOf(experiment: Experiment, version: DatasetVersionId): string {
  const { name, description, model, training, seed, backend, allowBackendFallback, ...deciding } = experiment;
  return canonicalJson({ version, ...deciding });
}

// A workspace the size of a busy year: 10,000 runs, one of them with 100,000 metric points.
import type { RunId } from '../../../engine/contract/values/ids.ts';
import type { Workspace } from '../../../engine/store/workspace.ts';
import { importData, testExperiment } from '../../store/content.ts';

export const RUNS = 10_000;
export const STEPS = 12_500;
export const NAMES = Array.from({ length: 8 }, (_, at) => `metric ${at}`);

/** Returns the run that has the points. */
export function fillWorkspace(workspace: Workspace): RunId {
  const datasetVersionId = importData(workspace, 'data');
  let runId = 0 as RunId;
  const values = Float64Array.from({ length: NAMES.length * 100 }, (_, at) => Math.sqrt(at + 0.1));
  workspace.transaction(() => {
    for (let seed = 0; seed < RUNS; seed++) {
      const experiment = testExperiment({ name: `sp500 lstm ${seed % 50}`, seed });
      runId = workspace.runs.create({
        name: experiment.name,
        experiment,
        targets: ['close'],
        datasetVersionId,
        atMs: 1.7e12 + seed,
      });
      workspace.runs.update(runId, {
        state: 'completed',
        step: 2000,
        totalSteps: 2000,
        epoch: 20,
        lastTrainLoss: 1 / (seed + 3),
        lastValidationLoss: 1 / (seed + 7),
        bestValidationLoss: 1 / (seed + 11),
        bestEpoch: 12,
        parameterCount: 12_345,
        fingerprint: 'ab'.repeat(32),
        fitted: { mean: [...values.subarray(0, 20)] },
        startedAtMs: 1.7e12,
        endedAtMs: 1.7e12 + 5,
      });
    }
    workspace.metrics.declare(runId, 'step', NAMES);
    for (let first = 1; first <= STEPS; first += 100)
      workspace.metrics.append(runId, 'step', first, 100, values);
  });
  return runId;
}

// How fast a finished run trained, for estimates of other trainings.
import type { SamplesInfo } from '../../contract/datasets/samples.ts';
import type { Experiment } from '../../contract/experiment/experiment.ts';
import type { RunSummary } from '../../contract/runs/run.ts';
import { taskOf } from '../../tasks/task-of.ts';
import { stepWork } from '../../training/step-work.ts';

/** Seconds of a step beside its arithmetic. */
export const STEP_OVERHEAD_S = 0.0015;

type Trained = Pick<RunSummary, 'step' | 'parameterCount' | 'trainedMs'>;

/** Multiplications and additions a second. Null where it is not known, and where the steps were little more than their overhead, which says nothing of the work. */
export function speedOf(
  run: Trained,
  configuration: Experiment | undefined,
  samples?: SamplesInfo,
): number | null {
  const { step, parameterCount, trainedMs } = run;
  const overhead = step * STEP_OVERHEAD_S;
  const seconds = (trainedMs ?? 0) / 1000 - overhead;
  if (!configuration || !parameterCount || seconds < overhead) return null;
  const { task, training } = configuration;
  const stepsPerExample = taskOf(task).stepsPerExample(configuration, samples);
  return (stepWork({ parameterCount, batchSize: training.batchSize, stepsPerExample }) * step) / seconds;
}

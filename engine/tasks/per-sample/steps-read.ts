// How many steps are read of a sample, for estimates of time.
import type { SamplesInfo } from '../../contract/datasets/samples.ts';
import type { ReadingTask } from './split-parts.ts';

interface Read {
  readonly task: Pick<ReadingTask, 'input' | 'mostSteps' | 'readout'>;
}

/** Of samples whose lengths are not known half of the longest is read on average. */
const USUAL_SHARE = 0.5;

/** Images, and what is read side by side, have one length; others their mean. */
export function stepsRead({ task }: Read, samples?: SamplesInfo): number {
  if (task.readout === 'flatten') return task.mostSteps;
  const column = samples?.columns.find(({ name }) => name === task.input);
  if (column?.picture && column.kind === 'image') return task.mostSteps;
  const { mean = null, max = null } = column ?? {};
  const share = mean === null || max === null || max <= 0 ? USUAL_SHARE : Math.min(1, mean / max);
  return Math.max(1, Math.ceil(task.mostSteps * share));
}

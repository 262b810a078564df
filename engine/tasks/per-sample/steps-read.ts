// How many steps are read of a sample, for estimates of time.
import type { ReadingTask } from './split-parts.ts';

/** Samples that are read side by side, as images are, have one length; of others half of the longest is read on average. */
export const stepsRead = ({ task }: { readonly task: Pick<ReadingTask, 'mostSteps' | 'readout'> }): number =>
  task.readout === 'flatten' ? task.mostSteps : Math.ceil(task.mostSteps / 2);

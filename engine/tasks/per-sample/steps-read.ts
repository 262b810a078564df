// How many steps are read of a sample, for estimates of time.
import type { ClassifyTask } from '../../contract/tasks/classify.ts';

/** Samples that are read side by side, as images are, have one length; of others half of the longest is read on average. */
export const stepsRead = ({
  task,
}: {
  readonly task: Pick<ClassifyTask, 'mostSteps' | 'readout'>;
}): number => (task.readout === 'flatten' ? task.mostSteps : Math.ceil(task.mostSteps / 2));

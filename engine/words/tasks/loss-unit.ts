// The unit of a run's loss, where it has one.
import { ANSWER_OF_LOSS } from '../../contract/experiment/losses.ts';
import type { Task } from '../../contract/tasks/task.ts';
import { countedIn } from './counted.ts';

type Judged = Pick<Task, 'kind' | 'loss'>;

/**
 * `nats per token`: the cross-entropy is a mean of natural logarithms. Null for the other losses: they are taken of scaled values, and have
 * no unit that says anything outside the run.
 */
export const lossUnit = (task: Judged): string | null =>
  ANSWER_OF_LOSS[task.loss] === 'classes' ? `nats per ${countedIn(task).answer}` : null;

/** For tables and axes of one run. */
export const lossUnitOfRun = (task: Judged): string => lossUnit(task) ?? 'model units';

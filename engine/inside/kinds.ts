// What a look inside is about: windows of series, samples, or a model that no view shows; and what is said of the views of the others.

import type { Experiment } from '../contract/experiment/experiment.ts';
import { HindcastError } from '../contract/values/errors.ts';
import { taskOf } from '../tasks/task-of.ts';

export type Shown = 'windows' | 'samples' | 'nothing';

/** By what the task offers, not by its name. */
export function shownOf({ task }: Pick<Experiment, 'task'>): Shown {
  const kind = taskOf(task);
  if (kind.openReadings) return 'samples';
  return kind.needs(task).kind === 'series' ? 'windows' : 'nothing';
}

/** Of a model of samples. */
export const SAMPLE_VIEWS = 'views reading, units, card, looks, pixels and followers';

/** @param instead what shows the same of a model of samples. @throws HindcastError `conflict` */
export function requireWindows(experiment: Pick<Experiment, 'task'>, instead: string): void {
  const shown = shownOf(experiment);
  if (shown === 'windows') return;
  throw shown === 'nothing'
    ? noViews()
    : refused(`reads samples, not windows of series: look at the ${instead}`);
}

/** @throws HindcastError `conflict` */
export function requireSamples(experiment: Pick<Experiment, 'task'>): void {
  const shown = shownOf(experiment);
  if (shown === 'samples') return;
  throw shown === 'nothing'
    ? noViews()
    : refused('reads windows of series, not samples: look at the views window, states and gates');
}

const noViews = (): HindcastError => refused('has no views: look at the result and the curves of the run');

const refused = (why: string): HindcastError =>
  new HindcastError('conflict', `The model of this run ${why}.`, { details: { field: 'view' } });

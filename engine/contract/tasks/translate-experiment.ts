// The type of an experiment whose task is `translate`.
import type { Experiment, ExperimentOf } from '../experiment/experiment.ts';
import { asTranslateTask, type TranslateTask } from './translate.ts';

export type TranslateExperiment = ExperimentOf<TranslateTask>;

/** @throws HindcastError `conflict` where its task is of another kind. */
export function asTranslateExperiment(experiment: Experiment): TranslateExperiment {
  return { ...experiment, task: asTranslateTask(experiment.task) };
}

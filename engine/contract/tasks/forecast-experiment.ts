// The type of an experiment whose task is `forecast`.
import type { Experiment, ExperimentOf } from '../experiment/experiment.ts';
import { asForecastTask, type ForecastTask } from './forecast.ts';

export type ForecastExperiment = ExperimentOf<ForecastTask>;

/** @throws HindcastError `conflict` where its task is of another kind. */
export function asForecastExperiment(experiment: Experiment): ForecastExperiment {
  return { ...experiment, task: asForecastTask(experiment.task) };
}

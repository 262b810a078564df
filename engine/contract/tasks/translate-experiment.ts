// The type of an experiment whose task is `translate`.
import type { ExperimentOf } from '../experiment/experiment.ts';
import type { TranslateTask } from './translate.ts';

export type TranslateExperiment = ExperimentOf<TranslateTask>;

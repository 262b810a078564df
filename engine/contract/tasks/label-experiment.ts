// The type of an experiment whose task is `label`.
import type { ExperimentOf } from '../experiment/experiment.ts';
import type { LabelTask } from './label.ts';

export type LabelExperiment = ExperimentOf<LabelTask>;

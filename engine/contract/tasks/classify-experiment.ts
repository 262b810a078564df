// The type of an experiment whose task is `classify`.
import type { ExperimentOf } from '../experiment/experiment.ts';
import type { ClassifyTask } from './classify.ts';

export type ClassifyExperiment = ExperimentOf<ClassifyTask>;

// The type of an experiment whose task is `generate`.
import type { ExperimentOf } from '../experiment/experiment.ts';
import type { GenerateTask } from './generate.ts';

export type GenerateExperiment = ExperimentOf<GenerateTask>;

// The type of an experiment whose task is `estimate`.
import type { ExperimentOf } from '../experiment.ts';
import type { EstimateTask } from './estimate.ts';

export type EstimateExperiment = ExperimentOf<EstimateTask>;

// The type of an experiment whose task is `caption`.
import type { ExperimentOf } from '../experiment/experiment.ts';
import type { CaptionTask } from './caption.ts';

export type CaptionExperiment = ExperimentOf<CaptionTask>;

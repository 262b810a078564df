// The type of an experiment whose task is `frames`.
import type { ExperimentOf } from '../experiment.ts';
import type { FramesTask } from './frames.ts';

export type FramesExperiment = ExperimentOf<FramesTask>;

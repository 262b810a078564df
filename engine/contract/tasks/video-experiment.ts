// The type of an experiment whose task is `frames`.
import type { ExperimentOf } from '../experiment/experiment.ts';
import type { VideoTask } from './video.ts';

export type VideoExperiment = ExperimentOf<VideoTask>;

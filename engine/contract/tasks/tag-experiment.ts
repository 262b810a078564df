// The type of an experiment whose task is `tag`.
import type { ExperimentOf } from '../experiment/experiment.ts';
import type { TagTask } from './tag.ts';

export type TagExperiment = ExperimentOf<TagTask>;

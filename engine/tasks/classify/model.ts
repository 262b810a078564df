// The model of an experiment for its samples: the same for training, scores, answers and the check of a draft.
import type { ClassifyExperiment } from '../../contract/tasks/classify-experiment.ts';
import { createSequenceClassifier, type SequenceClassifier } from '../../models/sequence-classifier.ts';
import type { FittedInput } from './inputs/input-kind.ts';

export interface ModelData {
  readonly input: Pick<FittedInput, 'shape'>;
  readonly classes: number;
  /** Of the longest sample. */
  readonly mostSteps: number;
}

export const modelFor = (
  { model, task }: ClassifyExperiment,
  { input, classes, mostSteps }: ModelData,
): SequenceClassifier =>
  createSequenceClassifier(model, { input: input.shape, classes, mostSteps, readout: task.readout });

// The model of an experiment for its tokens: the same for training, scores and new texts.
import { mostStepsOf } from '../../contract/tasks/label.ts';
import type { LabelExperiment } from '../../contract/tasks/label-experiment.ts';
import { createStepLabeller, type StepLabeller, type StepRead } from '../../models/step-labeller.ts';

/** Batches are filled up to a multiple of 8. */
const BESIDE = 8;

/** Most steps that the model is made for. */
export const longestOf = ({ task }: Pick<LabelExperiment, 'task'>): number => mostStepsOf(task) + BESIDE;

export const modelFor = (
  { model, task }: LabelExperiment,
  { read, classes }: { readonly read: StepRead; readonly classes: number },
): StepLabeller =>
  createStepLabeller(model, {
    read,
    classes,
    mostSteps: longestOf({ task }),
  });

// The model of an experiment for its tokens: the same for training, scores and new texts.
import type { LabelExperiment } from '../../contract/tasks/label-experiment.ts';
import { createStepLabeller, type StepLabeller } from '../../models/step-labeller.ts';

/** Batches are filled up to a multiple of 8. */
const BESIDE = 8;

export const modelFor = (
  { model, task }: LabelExperiment,
  { tokens, classes }: { readonly tokens: number; readonly classes: number },
): StepLabeller =>
  createStepLabeller(model, {
    tokens,
    embedding: task.embedding,
    classes,
    mostSteps: task.mostSteps + BESIDE,
  });

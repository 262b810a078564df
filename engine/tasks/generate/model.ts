// The model of an experiment for its tokens: the same for training, scores and new texts.
import type { GenerateExperiment } from '../../contract/tasks/generate-experiment.ts';
import { createLanguageModel, type LanguageModel } from '../../models/language-model.ts';

export const modelFor = ({ model, task }: GenerateExperiment, tokens: number): LanguageModel =>
  createLanguageModel(model, {
    tokens,
    embedding: task.embedding,
    tied: task.tied,
    window: task.window,
  });

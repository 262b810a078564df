// The model of an experiment for its tokens: the same for training, scores and new texts.
import type { TranslateExperiment } from '../../contract/tasks/translate-experiment.ts';
import { createTranslator } from '../../models/translation/create-translator.ts';
import type { Translator } from '../../models/translation/translator.ts';

/** End signs, and steps that fill a batch up. */
const BESIDE = 9;

/** Most steps of a text that the model is made for. */
export const mostStepsOf = ({ task }: Pick<TranslateExperiment, 'task'>): number => task.mostSteps + BESIDE;

export const modelFor = (
  { model, task }: TranslateExperiment,
  tokens: { readonly source: number; readonly target: number },
): Translator =>
  createTranslator(model, {
    sourceTokens: tokens.source,
    targetTokens: tokens.target,
    embedding: task.embedding,
    bidirectional: task.bidirectional,
    attentionScores: task.attentionScores,
    mostSteps: mostStepsOf({ task }),
  });

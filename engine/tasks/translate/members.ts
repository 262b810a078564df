// One translator, or several as one, with their weights.
import type { TrainedModel } from '../../contract/processes/jobs/version.ts';
import type { TranslateTask } from '../../contract/tasks/translate.ts';
import type { TranslateExperiment } from '../../contract/tasks/translate-experiment.ts';
import { HindcastError } from '../../contract/values/errors.ts';
import { createParameterSet, type ParameterSet, type WeightLookup } from '../../models/parameters.ts';
import type { Translator } from '../../models/translation/translator.ts';
import {
  createTranslatorEnsemble,
  ensembleWeights,
  memberWeight,
} from '../../models/translation/translator-ensemble.ts';
import { decodeWeights } from '../../training/weights.ts';
import { modelFor } from './model.ts';

export interface TranslatorMember {
  readonly runId: number;
  readonly experiment: TranslateExperiment;
  readonly trained: TrainedModel;
}

export interface WeightedTranslator {
  readonly model: Translator;
  readonly weight: WeightLookup;
}

/** How several write as one: as the first of them does, but no longer than the shortest that one of them was made for. */
export function taskOfAll(given: readonly TranslatorMember[]): TranslateTask {
  const tasks = given.map(({ experiment }) => experiment.task);
  return { ...tasks[0]!, mostSteps: Math.min(...tasks.map(({ mostSteps }) => mostSteps)) };
}

export interface OpenMembers extends WeightedTranslator {
  /** Each by itself. */
  readonly members: readonly WeightedTranslator[];
  readonly parameters: ParameterSet;
}

/**
 * On the current backend; the caller disposes of the parameters.
 * @throws HindcastError `invalid-input` for damaged weights, `conflict` for members with other tokens
 */
export function openMembers(
  given: readonly TranslatorMember[],
  tokens: Parameters<typeof modelFor>[1],
): OpenMembers {
  requireSameTokens(given);
  const models = given.map(({ experiment }) => modelFor(experiment, tokens));
  const weights = given.map(({ trained }) => decodeWeights(trained.weights));
  if (models.length === 1) {
    const [model] = models as [Translator];
    const parameters = createParameterSet(model.specs, weights[0]!);
    const { weight } = parameters;
    return { model, weight, members: [{ model, weight }], parameters };
  }
  const model = createTranslatorEnsemble(models);
  const parameters = createParameterSet(model.specs, ensembleWeights(weights));
  const { weight } = parameters;
  return {
    model,
    weight,
    members: models.map((own, member) => ({ model: own, weight: memberWeight(member, weight) })),
    parameters,
  };
}

/** Probabilities of other tokens have no mean. */
function requireSameTokens([first, ...others]: readonly TranslatorMember[]): void {
  const tokens = JSON.stringify(first!.trained.fitted);
  const other = others.find(({ trained }) => JSON.stringify(trained.fitted) !== tokens);
  if (!other) return;
  const message = `Runs ${first!.runId} and ${other.runId} read or write other tokens (task.tokens, task.targetTokens, or another training part), so their probabilities have no mean; choose runs whose experiments have the same tokens and split.`;
  throw new HindcastError('conflict', message, { details: { runs: [first!.runId, other.runId] } });
}

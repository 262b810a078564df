// A language model for prepared texts: trains, scores and writes. The half of the task that needs TensorFlow.js.

import type { Score } from '../../contract/runs/run.ts';
import type { GenerateExperiment } from '../../contract/tasks/generate-experiment.ts';
import { GenerateFrame } from '../../contract/tasks/generate-frame.ts';
import type { LanguageScorer, TokenRange } from '../../evaluation/language/baselines/language-baseline.ts';
import { LANGUAGE_BASELINES } from '../../evaluation/language/baselines/registry.ts';
import type { LanguageModel } from '../../models/language-model.ts';
import type { WeightLookup } from '../../models/parameters.ts';
import { deterministicExp } from '../../numerics/deterministic-math.ts';
import { finished } from '../finished.ts';
import { partScores } from '../part-scores.ts';
import type { ScoredPart, TaskMachine } from '../task-kind.ts';
import { type Stretch, tokensIn } from './documents.ts';
import { modelFor } from './model.ts';
import { findLanguageMetric, type PreparedGenerate } from './prepare.ts';
import { scoredText } from './scored-text.ts';
import { tokenCosts } from './token-costs.ts';
import { generateTraining } from './training.ts';

/** @throws HindcastError `invalid-input` for a model that cannot say what comes next */
export function openGenerate(experiment: GenerateExperiment, prepared: PreparedGenerate): TaskMachine {
  const { task } = experiment;
  const { coder, stretches } = prepared;
  const model = modelFor(experiment, coder.size);
  const scoresOf = (part: ScoredPart, subject: string, nats: number): Score[] => {
    const scored = scoredText(prepared, stretches[part], nats);
    return partScores({ part, subject, metrics: task.metrics, count: scored.tokens }, (metric) =>
      findLanguageMetric(metric).value(scored),
    );
  };
  let baselines: readonly { readonly subject: string; readonly score: LanguageScorer }[] | undefined;
  return {
    model: {
      specs: model.specs,
      parameterCount: model.parameterCount,
      activationFloats: (batch) => model.activationFloats(batch, task.window),
    },
    training: () => generateTraining({ experiment, prepared, model }),
    *score(weight, part) {
      const costs = yield* tokenCosts(
        prepared.documents,
        stretches[part],
        { model, window: task.window },
        weight,
      );
      return scoresOf(
        part,
        'model',
        costs.reduce((sum, cost) => sum + cost, 0),
      );
    },
    *scoreBaselines(part) {
      baselines ??= yield* learnBaselines(prepared);
      const scores: Score[] = [];
      for (const { subject, score } of baselines)
        scores.push(...scoresOf(part, subject, yield* score(rangesOf(prepared, stretches[part]))));
      return scores;
    },
    predict: (weight, part) => predictionsOf({ experiment, prepared, model }, weight, part),
    exportModel: async (wanted) =>
      (await import('./export-model.ts')).exportLanguageModel({ experiment, prepared, model }, wanted),
  };
}

const rangesOf = (
  { documents }: PreparedGenerate,
  stretches: readonly Stretch[],
): readonly (TokenRange & { readonly row: number })[] =>
  stretches.map(({ row, from, to }) => ({ row, tokens: documents.tokensOf(row), from, to }));

function* learnBaselines(prepared: PreparedGenerate) {
  const { coder, stretches } = prepared;
  const input = {
    size: coder.size,
    train: rangesOf(prepared, stretches.train),
    textOf: ({ tokens, from, to }: TokenRange) =>
      Array.from(tokens.subarray(from, to), (token) => coder.textOf(token)).join(''),
  };
  const learned: { readonly subject: string; readonly score: LanguageScorer }[] = [];
  for (const { subject, learn } of LANGUAGE_BASELINES) learned.push({ subject, score: yield* learn(input) });
  return learned;
}

interface Predicting {
  readonly experiment: GenerateExperiment;
  readonly prepared: PreparedGenerate;
  readonly model: LanguageModel;
}

/** More tokens do not fit on any page. */
const MOST_TOKENS = 2_000_000;

function predictionsOf(
  { experiment, prepared, model }: Predicting,
  weight: WeightLookup,
  part: ScoredPart,
): Uint8Array<ArrayBuffer> {
  const { coder, documents, table } = prepared;
  const stretches = firstTokens(prepared.stretches[part], MOST_TOKENS);
  const costs = finished(tokenCosts(documents, stretches, { model, window: experiment.task.window }, weight));
  const count = tokensIn(stretches);
  const columns = {
    sample: new Int32Array(count),
    text: new Int32Array(count),
    position: new Int32Array(count),
    token: new Int32Array(count),
    probability: Float64Array.from(costs, (cost) => Math.min(1, deterministicExp(-cost))),
  };
  let at = 0;
  for (const [text, { row, from, to }] of stretches.entries()) {
    const tokens = documents.tokensOf(row);
    for (let position = from; position < to; position++, at++) {
      columns.sample[at] = row;
      columns.text[at] = text;
      columns.position[at] = position - 1;
      columns.token[at] = tokens[position]!;
    }
  }
  return GenerateFrame.encode({
    header: {
      part,
      tokens: Array.from({ length: coder.size }, (_, token) => coder.textOf(token)),
      names: stretches.map(({ row }) => table.names[row]!),
    },
    columns,
  });
}

function firstTokens(stretches: readonly Stretch[], most: number): Stretch[] {
  const kept: Stretch[] = [];
  let left = most;
  for (const { row, from, to } of stretches) {
    if (left <= 0) break;
    const end = Math.min(to, from + left);
    kept.push({ row, from, to: end });
    left -= end - from;
  }
  return kept;
}

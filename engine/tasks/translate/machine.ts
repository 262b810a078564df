// A translator for prepared pairs: trains, scores and writes. The half of the task that needs TensorFlow.js.
import type { Score } from '../../contract/run.ts';
import type { TranslateExperiment } from '../../contract/tasks/translate-experiment.ts';
import { TranslateFrame } from '../../contract/tasks/translate-frame.ts';
import type { PairTranslator } from '../../evaluation/pairs/baselines/pair-baseline.ts';
import { PAIR_BASELINES } from '../../evaluation/pairs/baselines/registry.ts';
import { nearestReference } from '../../evaluation/pairs/edit-distance.ts';
import type { ScoredPairs } from '../../evaluation/pairs/scored-pairs.ts';
import { countParameters } from '../../models/parameters.ts';
import type { ScoredPart, TaskMachine } from '../task-kind.ts';
import { forcedOver } from './forced.ts';
import { modelFor } from './model.ts';
import { tokenField } from './pair-batch.ts';
import { findPairMetric, type PreparedTranslate, type Source } from './prepare.ts';
import { translateTraining } from './training.ts';
import { pairOf, type Written, writtenFor } from './written.ts';

/** @throws HindcastError `invalid-input` for a model that writes no text */
export function openTranslate(experiment: TranslateExperiment, prepared: PreparedTranslate): TaskMachine {
  const { task } = experiment;
  const model = modelFor(experiment, { source: prepared.source.size, target: prepared.target.size });
  const read = { ...prepared, fieldOf: tokenField };
  const longest = longestOf(prepared);
  const scoresOf = (part: ScoredPart, subject: string, scored: ScoredPairs): Score[] =>
    [...new Set(task.metrics)]
      .map(
        (metric): Score => ({
          part,
          subject,
          metric,
          unit: 'original',
          target: null,
          value: findPairMetric(metric).value(scored),
          count: scored.pairs.length,
        }),
      )
      // A baseline has no probabilities.
      .filter(({ value }) => subject === 'model' || !Number.isNaN(value));
  let baselines: readonly { readonly subject: string; readonly translate: PairTranslator }[] | undefined;
  return {
    model: {
      specs: model.specs,
      parameterCount: countParameters(model.specs),
      activationFloats: (batch) => model.activationFloats(batch, longest),
    },
    training: () => translateTraining({ experiment, prepared: read, model }),
    *score(weight, part) {
      const sources = prepared.sourcesOf(part);
      const written = yield* writtenFor(model, weight, { prepared: read, sources, how: task });
      const forced = yield* forcedOver(model, weight, read, prepared.parts[part]);
      return scoresOf(part, 'model', { pairs: written.map(({ pair }) => pair), forced });
    },
    *scoreBaselines(part) {
      baselines ??= yield* learnBaselines(prepared);
      const sources = prepared.sourcesOf(part);
      const scores: Score[] = [];
      for (const { subject, translate } of baselines) {
        const pairs = [];
        for (const [index, { text, references }] of sources.entries()) {
          pairs.push(pairOf(prepared.target.tidy(translate(text)), references, prepared.target));
          if (index % YIELD_AFTER === 0) yield;
        }
        scores.push(...scoresOf(part, subject, { pairs }));
      }
      return scores;
    },
    predict(weight, part) {
      const sources = prepared.sourcesOf(part);
      const work = writtenFor(model, weight, { prepared: read, sources, how: task });
      let next = work.next();
      while (!next.done) next = work.next();
      return TranslateFrame.encode(frameOf(prepared, part, sources, next.value));
    },
    exportModel: async (wanted) =>
      (await import('./export-model.ts')).exportTranslator({ experiment, prepared, model }, wanted),
  };
}

const YIELD_AFTER = 50;

function longestOf({ parts, sourceOf, targetOf }: PreparedTranslate): number {
  let longest = 1;
  for (const rows of Object.values(parts))
    for (const row of rows) longest = Math.max(longest, sourceOf(row).length, targetOf(row).length);
  return longest;
}

function* learnBaselines(prepared: PreparedTranslate) {
  const { source, target, parts, textsOf } = prepared;
  const train = Array.from(parts.train, (row) => {
    const texts = textsOf(row);
    return {
      ...texts,
      sourceTokens: source.cut(texts.source),
      targetTokens: target.cut(texts.target),
    };
  });
  const isSpaced = prepared.fitted.target.by !== 'characters';
  const input = {
    train,
    cut: source.cut,
    join: (tokens: readonly string[]) => tokens.join(isSpaced ? ' ' : ''),
  };
  const learned: { readonly subject: string; readonly translate: PairTranslator }[] = [];
  for (const { subject, learn } of PAIR_BASELINES) learned.push({ subject, translate: yield* learn(input) });
  return learned;
}

function frameOf(
  { table, sourceOf }: PreparedTranslate,
  part: ScoredPart,
  sources: readonly Source[],
  written: readonly Written[],
): TranslateFrame {
  const nearest = written.map(({ pair }) =>
    nearestReference(
      pair.written.tokens,
      pair.references.map(({ tokens }) => tokens),
    ),
  );
  return {
    header: {
      part,
      names: sources.map(({ row }) => table.names[row]!),
      sources: sources.map(({ text }) => text),
      references: sources.map(({ references }) => [...references]),
      written: written.map(({ pair }) => pair.written.text),
    },
    columns: {
      sample: Int32Array.from(sources, ({ row }) => row),
      tokens: Int32Array.from(sources, ({ row }) => sourceOf(row).length - 1),
      edits: Int32Array.from(nearest, ({ edits }) => edits),
      referenceTokens: Int32Array.from(nearest, ({ tokens }) => tokens),
      logProbability: Float64Array.from(written, ({ best }) => best.logProbability),
    },
  };
}

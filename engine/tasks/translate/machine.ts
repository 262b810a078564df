// A translator for prepared pairs: trains, scores and writes. The half of the task that needs TensorFlow.js.
import type { TranslateExperiment } from '../../contract/tasks/translate-experiment.ts';
import { TranslateFrame } from '../../contract/tasks/translate-frame.ts';
import { PAIR_BASELINES } from '../../evaluation/pairs/baselines/registry.ts';
import type { TaskMachine } from '../task-kind.ts';
import { frameOf } from './frame.ts';
import { modelFor } from './model.ts';
import { tokenField } from './pair-batch.ts';
import type { PreparedTranslate } from './prepare.ts';
import { type SimpleWriter, writingMachine } from './writing-machine.ts';

/** @throws HindcastError `invalid-input` for a model that writes no text */
export function openTranslate(experiment: TranslateExperiment, prepared: PreparedTranslate): TaskMachine {
  const model = modelFor(experiment, { source: prepared.source.size, target: prepared.target.size });
  return {
    ...writingMachine({
      experiment,
      prepared: { ...prepared, fieldOf: tokenField },
      model,
      longest: longestOf(prepared),
      baselines: () => learnBaselines(prepared),
      encode: (written) => TranslateFrame.encode(frameOf(prepared, written)),
    }),
    exportModel: async (wanted) =>
      (await import('./export-model.ts')).exportTranslator({ experiment, prepared, model }, wanted),
  };
}

function longestOf({ parts, sourceOf, targetOf }: PreparedTranslate): number {
  let longest = 1;
  for (const rows of Object.values(parts))
    for (const row of rows) longest = Math.max(longest, sourceOf(row).length, targetOf(row).length);
  return longest;
}

function* learnBaselines(prepared: PreparedTranslate): Generator<void, readonly SimpleWriter[], void> {
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
  const learned: SimpleWriter[] = [];
  for (const { subject, learn } of PAIR_BASELINES) {
    const translate = yield* learn(input);
    learned.push({ subject, write: ({ text }) => target.tidy(translate(text)) });
  }
  return learned;
}

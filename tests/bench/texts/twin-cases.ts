// What the twins of texts learn, made by a grammar and a seed: sentences letter by letter, numbers from words, parts of speech.
import * as tf from '@tensorflow/tfjs-core';
import { ModelSchema } from '../../../engine/contract/experiment/model.ts';
import { generatedPairs } from '../../../engine/data/generated/pairs.ts';
import { createLanguageModel } from '../../../engine/models/language-model.ts';
import type { ParameterSpec, WeightLookup } from '../../../engine/models/parameters.ts';
import { createStepLabeller } from '../../../engine/models/step-labeller.ts';
import { createTranslator } from '../../../engine/models/translation/create-translator.ts';
import { crossEntropy } from '../../../engine/ops/losses/cross-entropy.ts';
import { textBatch } from '../../../engine/tasks/generate/text-batch.ts';
import { stepField, stepLabels } from '../../../engine/tasks/label/step-batch.ts';
import { targetBatch, tokenField } from '../../../engine/tasks/translate/pair-batch.ts';

/** What is read, and what is said: the same text one token on, another text, a class for each token, a caption of numbers, or frames after others. */
export type Example = readonly [read: readonly number[], said: readonly number[]];

export interface Twin {
  readonly name: string;
  /** As twins.py calls it. */
  readonly kind: 'generate' | 'translate' | 'label' | 'caption' | 'video';
  /** Numbers of a step, where no tokens are read. */
  readonly features?: number;
  readonly specs: readonly ParameterSpec[];
  readonly examples: readonly Example[];
  loss(batch: readonly Example[], weight: WeightLookup): tf.Scalar;
  /** Of a translator: of each text the most probable token after the other, without the end signs. */
  write?(texts: readonly (readonly number[])[], weight: WeightLookup): number[][];
}

export const UNITS = 32;
export const EMBEDDING = 16;
const LONGEST = 100;

const rowsOf = (name: string): readonly (readonly [string, string])[] =>
  [...generatedPairs(name)!]
    .slice(1)
    .map((line) => line.trim().split('\t') as [string, string])
    .filter((pair) => pair.every((text) => text.length < LONGEST));

const read = (batch: readonly Example[]) => batch.map(([tokens]) => Int32Array.from(tokens));
export const said = (batch: readonly Example[]) => batch.map(([, tokens]) => Int32Array.from(tokens));

/** Numbers of tokens from 1, in order; the number after the last one is the end sign. */
export function numbered(texts: readonly (readonly string[])[]) {
  const numbers = new Map([...new Set(texts.flat())].toSorted().map((token, index) => [token, index + 1]));
  const end = numbers.size + 1;
  return {
    end,
    size: end + 1,
    encode: (text: readonly string[]) => text.map((token) => numbers.get(token)!),
  };
}

export const TEXT_TWINS: readonly Twin[] = [languageTwin(), translationTwin(), labelTwin()];

function languageTwin(): Twin {
  const texts = rowsOf('parts-of-speech-4000.tsv').map(([text]) => [...text]);
  const { end, size, encode } = numbered(texts);
  const shape = { tokens: size, embedding: EMBEDDING, tied: false, window: LONGEST };
  const model = createLanguageModel(ModelSchema.parse({ kind: 'lstm', units: UNITS }), shape);
  return {
    name: 'generate, lstm',
    kind: 'generate',
    specs: model.specs,
    examples: texts.map((text) => [
      [end, ...encode(text)],
      [...encode(text), end],
    ]),
    loss(batch, weight) {
      const targets = said(batch);
      const made = textBatch(read(batch).map((inputs, row) => ({ inputs, targets: targets[row]! })));
      const { logits } = model.answer({ x: made.x, mask: made.mask }, { weight, pass: {} });
      return crossEntropy(logits, made.targets, { mask: made.mask });
    },
  };
}

function translationTwin(): Twin {
  const rows = rowsOf('number-words-to-digits-4000.tsv');
  const source = numbered(rows.map(([text]) => text.split(' ')));
  const target = numbered(rows.map(([, text]) => [...text]));
  const model = createTranslator(ModelSchema.parse({ kind: 'encoder-decoder', units: UNITS }), {
    sourceTokens: source.size,
    targetTokens: target.size,
    embedding: EMBEDDING,
    bidirectional: true,
    attentionScores: 'additive',
    mostSteps: LONGEST,
  });
  return {
    name: 'translate, lstm with additive attention',
    kind: 'translate',
    specs: model.specs,
    examples: rows.map(([text, wanted]) => [
      [...source.encode(text.split(' ')), source.end],
      [target.end, ...target.encode([...wanted]), target.end],
    ]),
    loss(batch, weight) {
      const memory = model.encode(tokenField(read(batch)), weight, {});
      const { inputs, targets, mask } = targetBatch(said(batch));
      return crossEntropy(model.decode(inputs, memory, { weight, pass: {} }).logits, targets, { mask });
    },
    write: (texts, weight) =>
      tf.tidy(() => {
        const memory = model.encode(tokenField(texts.map((text) => Int32Array.from(text))), weight, {});
        const rows = texts.map(() => [target.end]);
        for (let step = 0; step < LONGEST && rows.some((row) => isOpen(row, target.end)); step++) {
          const { logits } = model.decode(tf.tensor2d(rows, undefined, 'int32'), memory, {
            weight,
            pass: {},
          });
          const last = tf.slice(logits, [0, step, 0], [-1, 1, -1]);
          const next = tf.argMax(tf.reshape(last, [texts.length, target.size]), 1).dataSync();
          for (const [index, row] of rows.entries())
            row.push(isOpen(row, target.end) ? next[index]! : target.end);
        }
        return rows.map((row) => row.filter((token) => token !== target.end));
      }),
  };
}

/** Whether nothing but the first token is the end sign. */
const isOpen = (row: readonly number[], end: number): boolean => row.length === 1 || row.at(-1) !== end;

function labelTwin(): Twin {
  const rows = rowsOf('parts-of-speech-4000.tsv').map((pair) => pair.map((text) => text.split(' ')));
  const tokens = numbered(rows.map(([text]) => text!));
  const classes = numbered(rows.map(([, tags]) => tags!));
  const reading = { kind: 'tokens', tokens: tokens.size, embedding: EMBEDDING } as const;
  const options = ModelSchema.parse({ kind: 'lstm', units: UNITS, bidirectional: true });
  const model = createStepLabeller(options, { read: reading, classes: classes.size, mostSteps: LONGEST });
  return {
    name: 'label, lstm from both ends',
    kind: 'label',
    specs: model.specs,
    examples: rows.map(([text, tags]) => [tokens.encode(text!), classes.encode(tags!)]),
    loss(batch, weight) {
      const { truth, known } = stepLabels(said(batch));
      return crossEntropy(model.answer(stepField(reading, read(batch)), weight, {}), truth, { mask: known });
    },
  };
}

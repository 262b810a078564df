// Translates new texts with a trained model: from its weights and what it learned of its pairs, without its data. With the texts that were
// pursued beside the best one, and which tokens were looked at.

import * as tf from '@tensorflow/tfjs-core';
import { z } from 'zod';
import type { Translation } from '../../contract/results/translation.ts';
import { deterministicExp } from '../../numerics/deterministic-math.ts';
import { finished } from '../finished.ts';
import { readFitted } from '../read-fitted.ts';
import { beginning, refusedText } from '../refused-text.ts';
import { type Hypothesis, scoreOf } from './beam.ts';
import { openMembers, type TranslatorMember, taskOfAll, type WeightedTranslator } from './members.ts';
import { targetBatch, tokenField } from './pair-batch.ts';
import { createPairCoder, type PairCoder } from './pair-coder.ts';
import { framed, withEnd } from './prepare.ts';
import { writeTexts } from './writer.ts';

const TokensSchema = z.object({
  by: z.enum(['characters', 'words', 'pieces', 'items']),
  lowerCase: z.boolean(),
  merges: z.array(z.tuple([z.string(), z.string()])).optional(),
  tokens: z.array(z.string()),
  letters: z.int(),
});

const FittedSchema = z.object({ version: z.literal(1), source: TokensSchema, target: TokensSchema });

export interface TranslateOptions {
  readonly beam: number;
  readonly lengthPenalty: number;
}

/**
 * On the current backend; in the order of the texts.
 * @throws HindcastError `invalid-input` for an empty or too long text, and for damaged weights, `conflict` for members with other tokens
 */
export function translateTexts(
  given: readonly [TranslatorMember, ...TranslatorMember[]],
  texts: readonly string[],
  options: TranslateOptions,
): Translation[] {
  const [first] = given;
  const { source, target } = codersOf(first.trained.fitted);
  const { mostSteps } = taskOfAll(given);
  const reader = given.length > 1 ? 'these runs together read' : 'this run reads';
  const sources = texts.map((text) => readable(text, source, mostSteps, reader));
  const { model, weight, members, parameters } = openMembers(given, {
    source: source.size,
    target: target.size,
  });
  try {
    const written = finished(
      writeTexts(model, weight, sources, {
        width: options.beam,
        lengthPenalty: options.lengthPenalty,
        most: mostSteps,
        end: target.end,
        fieldOf: tokenField,
      }),
    );
    const looking = members.filter(({ model: { hasAttention } }) => hasAttention);
    return written.map((found, index) => {
      const [best] = found;
      const tokens = best?.tokens ?? [];
      return {
        text: target.textOf(tokens),
        unknown: source.unknownOf(texts[index]!),
        alternatives: found.slice(0, options.beam).map((one) => shownText(one, target, options)),
        alignment:
          looking.length > 0
            ? alignmentOf({ members: looking, source, target }, sources[index]!, tokens)
            : null,
      };
    });
  } finally {
    parameters.dispose();
  }
}

function codersOf(fitted: unknown): { readonly source: PairCoder; readonly target: PairCoder } {
  const { source, target } = readFitted(FittedSchema, fitted, 'pairs');
  return { source: createPairCoder(source), target: createPairCoder(target) };
}

/** Tokens and an end sign. @throws HindcastError `invalid-input` for an empty or too long text */
export function readable(
  text: string,
  source: PairCoder,
  mostSteps: number,
  reader = 'this run reads',
): Int32Array {
  if (text.trim() === '') throw refusedText('The text is empty; write what is to be translated.');
  const tokens = source.encode(text);
  if (tokens.length > mostSteps)
    throw refusedText(
      `The text ${beginning(text)} has ${tokens.length.toLocaleString('en-US')} tokens, and ${reader} at most ${mostSteps} (task.mostSteps); shorten it.`,
    );
  return withEnd(tokens, source.end);
}

const shownText = (one: Hypothesis, target: PairCoder, { lengthPenalty }: TranslateOptions) => ({
  text: target.textOf(one.tokens),
  probability: deterministicExp(one.logProbability),
  score: scoreOf(one, lengthPenalty),
});

interface Aligning {
  readonly members: readonly WeightedTranslator[];
  readonly source: PairCoder;
  readonly target: PairCoder;
}

/** The mean over the members that look. */
function alignmentOf(
  { members, source, target }: Aligning,
  read: Int32Array,
  written: readonly number[],
): Translation['alignment'] {
  const looks = members.map((member) => looksOf(member, read, framed(Int32Array.from(written), target.end)));
  return {
    source: Array.from(read, source.shown),
    written: [...written, target.end].map(target.shown),
    shares: looks[0]!.map((line, step) =>
      line.map((_, key) => looks.reduce((sum, shares) => sum + shares[step]![key]!, 0) / looks.length),
    ),
  };
}

/** [written][read]: of the last layer with attention, the mean over its heads. */
function looksOf({ model, weight }: WeightedTranslator, read: Int32Array, written: Int32Array): number[][] {
  let shares: number[][] = [];
  tf.tidy(() => {
    const memory = model.encode(tokenField([read]), weight, {});
    const { inputs } = targetBatch([written]);
    const onAttention = (_layer: number, weights: tf.Tensor4D): void => {
      const [, heads, steps, keys] = weights.shape;
      const values = weights.dataSync();
      shares = Array.from({ length: steps }, (_, step) =>
        Array.from({ length: keys }, (_key, key) => {
          let sum = 0;
          for (let head = 0; head < heads; head++) sum += values[(head * steps + step) * keys + key]!;
          return sum / heads;
        }),
      );
    };
    model.decode(inputs, memory, { weight, pass: { onAttention } });
  });
  return shares;
}

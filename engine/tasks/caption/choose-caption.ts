// Which text is written for an image, of those that were pursued and the captions of its neighbours: the one that is expected to be most alike the
// right one (minimum Bayes risk, Kumar and Byrne 2004), by chrF2. The right one is expected among the same texts: those that were pursued by their
// probabilities, the captions by their ranks (nearest neighbours as a part of the mixture: Khandelwal et al. 2020). Pure; in float64.
import type { CaptionTask } from '../../contract/tasks/caption.ts';
import { chrfBetween } from '../../evaluation/pairs/chrf.ts';
import { deterministicExp } from '../../numerics/deterministic-math.ts';
import { type Hypothesis, scoreOf } from '../translate/beam.ts';
import type { PairCoder } from '../translate/pair-coder.ts';
import type { ReadImage } from './model.ts';

export interface Choice {
  /** Of the captions of the neighbours, together; 0 to 1. */
  readonly share: number;
  readonly lengthPenalty: number;
  readonly end: number;
  textOf(tokens: readonly number[]): string;
}

/** Undefined where the most probable text that was pursued is written. */
export function chooserFor({ neighbourShare, lengthPenalty }: CaptionTask, { end, textOf }: PairCoder) {
  if (neighbourShare === 0) return undefined;
  return ({ hints }: ReadImage, pursued: readonly Hypothesis[]): readonly number[] =>
    chooseCaption(pursued, hints!, { share: neighbourShare, lengthPenalty, end, textOf });
}

/**
 * @param pursued the best first
 * @param hints tokens of the captions of the neighbours, the nearest first, an end sign behind each
 * @returns tokens without an end sign
 */
export function chooseCaption(
  pursued: readonly Hypothesis[],
  hints: Int32Array,
  choice: Choice,
): readonly number[] {
  const expected = new Map<string, { readonly tokens: readonly number[]; weight: number }>();
  const count = (tokens: readonly number[], weight: number) => {
    const text = choice.textOf(tokens);
    const known = expected.get(text);
    if (known) known.weight += weight;
    else expected.set(text, { tokens, weight });
  };
  const scores = pursued.map((one) => scoreOf(one, choice.lengthPenalty));
  const highest = Math.max(...scores);
  const likelihoods = scores.map((score) => deterministicExp(score - highest));
  for (const [index, share] of shares(likelihoods).entries())
    count(pursued[index]!.tokens, (1 - choice.share) * share);
  const captions = captionsIn(hints, choice.end);
  const ranks = captions.map((_, rank) => 1 / (1 + rank));
  for (const [rank, share] of shares(ranks).entries()) count(captions[rank]!, choice.share * share);
  return mostAlike([...expected.keys()], [...expected.values()]);
}

interface Weighted {
  readonly tokens: readonly number[];
  readonly weight: number;
}

function mostAlike(texts: readonly string[], candidates: readonly Weighted[]): readonly number[] {
  let best = { value: Number.NEGATIVE_INFINITY, tokens: candidates[0]?.tokens ?? [] };
  for (const [index, row] of chrfBetween(texts).entries()) {
    const value = row.reduce((sum, alike, reference) => sum + alike * candidates[reference]!.weight, 0);
    if (value > best.value) best = { value, tokens: candidates[index]!.tokens };
  }
  return best.tokens;
}

function shares(values: readonly number[]): number[] {
  const sum = values.reduce((total, value) => total + value, 0);
  return values.map((value) => value / sum);
}

function captionsIn(hints: Int32Array, end: number): number[][] {
  const captions: number[][] = [];
  let first = 0;
  for (const [at, token] of hints.entries()) {
    if (token !== end) continue;
    captions.push([...hints.subarray(first, at)]);
    first = at + 1;
  }
  return captions;
}

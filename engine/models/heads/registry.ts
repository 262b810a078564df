// Heads by the kind of answer that a loss learns from. A new one is a file beside this one, its kind in engine/contract/experiment/losses.ts,
// and a line here.
import type { AnswerKind } from '../../contract/experiment/losses.ts';
import { gaussianHead } from './gaussian.ts';
import type { Head } from './head.ts';
import { quantileHead } from './quantiles.ts';

/** Null: a number a cell, without a distribution. */
const HEADS: Readonly<Record<AnswerKind, ((levels: readonly number[]) => Head) | null>> = {
  values: null,
  classes: null,
  quantiles: quantileHead,
  distribution: gaussianHead,
};

export const createHead = (answer: AnswerKind, levels: readonly number[]): Head | null =>
  HEADS[answer]?.(levels) ?? null;

// The interface of a baseline of language models: what a simple method says of the same tokens. Each is a file beside this one and a line in
// registry.ts.
import type { BaselineInfo } from '../../../contract/runs/catalogue.ts';

/** Tokens of a text from `from` to below `to`; those before `from` are known when they are said. */
export interface TokenRange {
  /** All of the text: the end sign, its tokens, the end sign. */
  readonly tokens: Int32Array;
  readonly from: number;
  readonly to: number;
}

export interface LanguageBaselineInput {
  /** Different numbers of tokens. */
  readonly size: number;
  readonly train: readonly TokenRange[];
  /** Its text, for what compresses. */
  textOf(range: TokenRange): string;
}

export interface LanguageBaseline extends BaselineInfo {
  /** Fitted on the training ranges. Each `next` does a part of the work. */
  learn(input: LanguageBaselineInput): Generator<void, LanguageScorer, void>;
}

/** The sum of -ln p over the tokens of the ranges. */
export type LanguageScorer = (ranges: readonly TokenRange[]) => Generator<void, number, void>;

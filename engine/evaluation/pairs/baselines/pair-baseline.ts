// The interface of a baseline of pairs of texts: what a simple method writes for the same sources. Each is a file beside this one and a line in
// registry.ts.
import type { BaselineInfo } from '../../../contract/runs/catalogue.ts';

export interface LearnedPair {
  readonly source: string;
  readonly target: string;
  readonly sourceTokens: readonly string[];
  readonly targetTokens: readonly string[];
}

export interface PairBaselineInput {
  readonly train: readonly LearnedPair[];
  /** The tokens of a source. */
  cut(source: string): readonly string[];
  /** Tokens of a target as a text. */
  join(tokens: readonly string[]): string;
}

export interface PairBaseline extends BaselineInfo {
  /** Fitted on the training pairs. Each `next` does a part of the work. */
  learn(input: PairBaselineInput): Generator<void, PairTranslator, void>;
}

export type PairTranslator = (source: string) => string;

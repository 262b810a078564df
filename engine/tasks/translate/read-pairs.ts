// Pairs of something that is read, tokens of a text or an image, and a text that is written for it.
import type { SourceField } from '../../models/translation/translator.ts';
import type { Hypothesis } from './beam.ts';
import type { PairCoder } from './pair-coder.ts';
import type { PreparedTranslate } from './prepare.ts';

export interface ReadPairs<Read> extends Pick<PreparedTranslate, 'targetOf'> {
  /** Of a row. */
  sourceOf(row: number): Read;
  /** Of several of these; the caller disposes of its tensors. */
  fieldOf(sources: readonly Read[]): SourceField;
}

export interface WrittenPairs<Read> extends ReadPairs<Read> {
  /** Of the texts that are written. */
  readonly target: PairCoder;
  /** Tokens of the text that is written, where that is not simply the best of those that were pursued; without an end sign. */
  readonly choose?: ((read: Read, pursued: readonly Hypothesis[]) => readonly number[]) | undefined;
}

/** With their parts, to be trained. */
export interface TrainingPairs<Read>
  extends WrittenPairs<Read>,
    Pick<PreparedTranslate, 'parts' | 'sourcesOf'> {}

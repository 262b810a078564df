// Pairs of something that is read, tokens of a text or an image, and a text that is written for it.
import type { SourceField } from '../../models/translation/translator.ts';
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
}

/** With their parts, to be trained. */
export interface TrainingPairs<Read>
  extends WrittenPairs<Read>,
    Pick<PreparedTranslate, 'parts' | 'sourcesOf'> {}

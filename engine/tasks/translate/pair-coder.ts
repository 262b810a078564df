// The texts of one side of a pair as tokens, and back.
import type { TextTokenChoice } from '../../contract/experiment/text-tokens.ts';
import {
  createTextCoder,
  fitTextTokens,
  type TextTokens,
  UNKNOWN,
  UNKNOWN_SIGN,
} from '../../data/samples/text-tokens.ts';

export interface PairCoder {
  /** Numbers, with those of the end sign and of the unknown token. */
  readonly size: number;
  readonly end: number;
  /** Without an end sign. */
  encode(text: string): Int32Array;
  /** Up to the first end sign. */
  textOf(tokens: ArrayLike<number>): string;
  /** Of a number, to be shown. */
  shown(token: number): string;
  /** The tokens of a text, known or not, without spaces around them. */
  cut(text: string): string[];
  tidy(text: string): string;
  /** Parts of a text that are unknown, each once. */
  unknownOf(text: string): string[];
}

export const fitPairTokens = (choice: TextTokenChoice, texts: readonly string[]): TextTokens =>
  fitTextTokens(choice, texts.map(ledBy(choice.by)));

/** The first word of a text has a space before it, as all others have, so that it is the same token. */
const ledBy = (by: TextTokens['by']) => (text: string) => (by === 'characters' ? text : ` ${text.trim()}`);

export function createPairCoder(tokens: TextTokens): PairCoder {
  const coder = createTextCoder(tokens);
  const led = ledBy(tokens.by);
  const isSpaced = tokens.by !== 'characters';
  return {
    size: coder.size,
    end: coder.end,
    encode: (text) => coder.encode(led(text)),
    textOf(written) {
      let text = '';
      for (let at = 0; at < written.length && written[at] !== coder.end; at++)
        text += coder.textOf(written[at]!);
      return isSpaced ? text.trim() : text;
    },
    shown(token) {
      if (token === coder.end) return '⏎';
      if (token === UNKNOWN) return UNKNOWN_SIGN;
      const text = coder.textOf(token);
      return isSpaced ? text.trim() || text : text;
    },
    cut: (text) => coder.cut(led(text)).map((token) => (isSpaced ? token.trim() : token)),
    tidy: (text) => (isSpaced ? coder.tidy(text).trim() : coder.tidy(text)),
    unknownOf: (text) => coder.unknownOf(led(text)).map((token) => (isSpaced ? token.trim() : token)),
  };
}

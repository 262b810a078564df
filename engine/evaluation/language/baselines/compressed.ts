// A program that compresses: how many more bytes training and scored text take together than the training text alone. It knows no tokens,
// only that what was seen comes again.
import { brotliCompressSync, constants } from 'node:zlib';
import type { LanguageBaseline, LanguageBaselineInput, TokenRange } from './language-baseline.ts';

const MOST_THOROUGH = 11;
const FAST = 7;
/** Longer texts take minutes at the highest quality. */
const LONG_BYTES = 3_000_000;

export const brotli: LanguageBaseline = {
  subject: 'brotli',
  meaning:
    'The program brotli: the bits by which its file grows when the scored text follows the training text.',
  follows: 'fit',
  *learn(input) {
    const before = joined(input, input.train);
    const bytes = Buffer.byteLength(before);
    yield;
    let alone: number | undefined;
    return function* (ranges) {
      const after = joined(input, ranges);
      const quality = bytes + Buffer.byteLength(after) > LONG_BYTES ? FAST : MOST_THOROUGH;
      alone ??= sizeOf(before, quality);
      yield;
      return Math.max(0, sizeOf(before + after, quality) - alone) * 8 * Math.LN2;
    };
  },
};

const joined = ({ textOf }: LanguageBaselineInput, ranges: readonly TokenRange[]): string =>
  ranges.map(textOf).join('');

const sizeOf = (text: string, quality: number): number =>
  brotliCompressSync(text, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: quality,
      [constants.BROTLI_PARAM_LGWIN]: constants.BROTLI_MAX_WINDOW_BITS,
      [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
    },
  }).length;

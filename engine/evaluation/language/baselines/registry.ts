// Every baseline of language models, in the order of tables. To add one: its file and a line here.
import { brotli } from './compressed.ts';
import type { LanguageBaseline } from './language-baseline.ts';
import { nGrams } from './n-grams.ts';
import { uniform } from './uniform.ts';

export const LANGUAGE_BASELINES: readonly LanguageBaseline[] = [uniform, ...nGrams, brotli];

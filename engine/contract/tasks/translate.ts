// The task `translate`: reads a text and writes another one: words to sounds, dates to ISO, sentences to sentences.
import { z } from 'zod';
import { TextTokensSchema } from '../experiment/text-tokens.ts';
import { MetricNameSchema } from '../runs/metrics.ts';
import { PositiveInt } from '../values/fields.ts';
import { onlyOf } from './only-of.ts';

const KIND = 'translate';

export const MOST_BEAM = 32;

/** How a state of the decoder is compared with each token that was read. */
export const AttentionScoresSchema = z.enum(['general', 'scaled-dot', 'additive']);
export type AttentionScores = z.infer<typeof AttentionScoresSchema>;

export const TranslateTaskSchema = z.strictObject({
  kind: z.literal(KIND),
  /** The column that is read, and the column that is written. */
  input: z.string().min(1),
  target: z.string().min(1),
  /** Tokens of the text that is read. */
  tokens: TextTokensSchema.default(TextTokensSchema.parse({})),
  /** Tokens of the text that is written. */
  targetTokens: TextTokensSchema.default(TextTokensSchema.parse({})),
  /** Pairs with more tokens on either side are left out; no longer text is written. */
  mostSteps: PositiveInt.max(2_048).default(100),
  /** Length of a token's vector; attention takes its own width. */
  embedding: PositiveInt.max(1_024).default(64),
  /** A recurrent encoder reads the text from both ends. */
  bidirectional: z.boolean().default(true),
  /** Of an encoder-decoder with attention: state' W step, the same divided by the root of the width, or v' tanh(W state + U step). */
  attentionScores: AttentionScoresSchema.default('general'),
  /** Texts that are pursued side by side when the test part is written; 1: always the most probable token. */
  beam: PositiveInt.max(MOST_BEAM).default(4),
  /** Above 0, longer texts are preferred: the logarithm of the probability is divided by ((5 + tokens) / 6) to this power. */
  lengthPenalty: z.number().min(0).max(5).default(0.6),
  loss: z.literal('cross-entropy').default('cross-entropy'),
  metrics: z
    .array(MetricNameSchema)
    .min(1)
    .default(['exact-match', 'edit-rate', 'bleu', 'chrf', 'token-accuracy']),
});
export type TranslateTask = z.infer<typeof TranslateTaskSchema>;

/** @throws HindcastError `conflict` where the task is of another kind, and what was asked for is about pairs of texts. */
export const asTranslateTask = onlyOf<TranslateTask>(KIND, 'run that translates');

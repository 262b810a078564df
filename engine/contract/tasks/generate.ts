// The task `generate`: says of a text what comes next, character by character, word by word or piece by piece, so that new texts can be
// drawn from it.
import { z } from 'zod';
import { TextTokensSchema } from '../experiment/text-tokens.ts';
import { MetricNameSchema } from '../runs/metrics.ts';
import { PositiveInt } from '../values/fields.ts';
import { onlyOf } from './only-of.ts';

const KIND = 'generate';

export const MOST_PROMPTS = 5;

export const GenerateTaskSchema = z.strictObject({
  kind: z.literal(KIND),
  /** The column of texts. */
  input: z.string().min(1),
  tokens: TextTokensSchema.default(TextTokensSchema.parse({})),
  /** Tokens that the gradient goes back through; longer texts are read on with the state of the window before. Attention sees no further. */
  window: PositiveInt.max(8_192).default(128),
  /** Length of a token's vector; attention takes its own width. */
  embedding: PositiveInt.max(1_024).default(32),
  /** The table of token vectors also writes the answer; the vectors take the length of the model's units. */
  tied: z.boolean().default(false),
  /** Beginnings that are continued after every validation. Default: none, and two beginnings of validation texts. */
  prompts: z.array(z.string().max(1_000)).max(MOST_PROMPTS).optional(),
  /** Tokens of each of these texts, and the temperature that they are drawn with. */
  sampleTokens: PositiveInt.max(2_000).default(200),
  sampleTemperature: z.number().min(0).max(10).default(0.8),
  loss: z.literal('cross-entropy').default('cross-entropy'),
  metrics: z.array(MetricNameSchema).min(1).default(['bits-per-character', 'perplexity']),
});
export type GenerateTask = z.infer<typeof GenerateTaskSchema>;

/** @throws HindcastError `conflict` where the task is of another kind, and what was asked for is about texts. */
export const asGenerateTask = onlyOf<GenerateTask>(KIND, 'run that generates texts');

// The task `label`: says of each word or letter of a text, or of each row of a series, which of several classes it is of: parts of speech,
// structure of a protein, states of a machine.
import { z } from 'zod';
import { MetricNameSchema } from '../runs/metrics.ts';
import { PositiveInt } from '../values/fields.ts';
import { onlyOf } from './only-of.ts';

const KIND = 'label';

/** What has a label of its own; the vocabulary is made of the training part. */
const LabelTokensSchema = z.strictObject({
  /** `words`: what stands between spaces. `numbers`: the same, each some numbers between commas. */
  by: z.enum(['words', 'characters', 'numbers']).default('words'),
  lowerCase: z.boolean().default(true),
  /** The most frequent tokens have a number of their own; all others are one unknown token. */
  most: PositiveInt.max(200_000).default(20_000),
  /** Tokens that the training part has less often are unknown. */
  fewest: PositiveInt.default(1),
});

/** Of series: each row is a step, and is read by its numbers. */
const LabelWindowSchema = z.strictObject({
  /** Columns of numbers that are read. */
  columns: z.array(z.string().min(1)).min(1),
  /** Rows that are read together; of each part as many stretches as there are, one behind the other. */
  lookback: PositiveInt.max(16_384).default(100),
});
export type LabelWindow = z.infer<typeof LabelWindowSchema>;

export const LabelTaskSchema = z.strictObject({
  kind: z.literal(KIND),
  /** The column of texts. */
  input: z.string().min(1),
  /** The column of their labels: as many as there are tokens, in the same order. */
  target: z.string().min(1),
  /** Of a dataset of series; `target` is a column of words, one in each row. Absent: the dataset has texts of its own. */
  window: LabelWindowSchema.optional(),
  /** What stands where a token has no label: it is neither learned nor scored. */
  noLabel: z.string().min(1).nullable().default(null),
  tokens: LabelTokensSchema.default(LabelTokensSchema.parse({})),
  /** Of longer texts the first tokens are read and scored. */
  mostSteps: PositiveInt.max(16_384).default(500),
  /** Length of a token's vector; attention takes its own width. */
  embedding: PositiveInt.max(1_024).default(64),
  loss: z.literal('cross-entropy').default('cross-entropy'),
  metrics: z
    .array(MetricNameSchema)
    .min(1)
    .default(['accuracy', 'macro-f1', 'balanced-accuracy', 'log-loss', 'ece']),
});
export type LabelTask = z.infer<typeof LabelTaskSchema>;

/** Steps that are read of a sequence at most. */
export const mostStepsOf = ({ window, mostSteps }: Pick<LabelTask, 'window' | 'mostSteps'>): number =>
  window?.lookback ?? mostSteps;

/** @throws HindcastError `conflict` where the task is of another kind, and what was asked for is about labels of tokens. */
export const asLabelTask = onlyOf<LabelTask>(KIND, 'run that labels words or letters');

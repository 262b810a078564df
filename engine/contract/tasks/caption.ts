// The task `caption`: writes a text for an image.
import { z } from 'zod';
import { HindcastError } from '../errors.ts';
import { PositiveInt } from '../fields.ts';
import { MetricNameSchema } from '../metrics.ts';
import { PatchesSchema } from '../patches.ts';
import { TextTokensSchema } from '../text-tokens.ts';
import type { Task } from './task.ts';
import { AttentionScoresSchema, MOST_BEAM } from './translate.ts';

const KIND = 'caption';

export const CaptionTaskSchema = z.strictObject({
  kind: z.literal(KIND),
  /** The column of images, and the column of texts that are written. */
  input: z.string().min(1),
  target: z.string().min(1),
  /** How images are read: patches, row by row. */
  patches: PatchesSchema.default(PatchesSchema.parse({})),
  /** Tokens of the text that is written. */
  targetTokens: TextTokensSchema.default(TextTokensSchema.parse({})),
  /** Images whose texts have more tokens are left out; no longer text is written. */
  mostSteps: PositiveInt.max(2_048).default(60),
  /** Length of the vector of a token, and of a patch; attention takes its own width. */
  embedding: PositiveInt.max(1_024).default(64),
  /** A recurrent encoder reads the patches from both ends. */
  bidirectional: z.boolean().default(true),
  attentionScores: AttentionScoresSchema.default('general'),
  /** Texts that are pursued side by side when the test part is written; 1: always the most probable token. */
  beam: PositiveInt.max(MOST_BEAM).default(4),
  /** Above 0, longer texts are preferred: the logarithm of the probability is divided by ((5 + tokens) / 6) to this power. */
  lengthPenalty: z.number().min(0).max(5).default(0.6),
  loss: z.literal('cross-entropy').default('cross-entropy'),
  metrics: z
    .array(MetricNameSchema)
    .min(1)
    .default(['chrf', 'exact-match', 'edit-rate', 'bleu', 'token-accuracy']),
});
export type CaptionTask = z.infer<typeof CaptionTaskSchema>;

const isCaptionTask = (task: Task): task is CaptionTask => task.kind === KIND;

/** @throws HindcastError `conflict` where the task is of another kind, and what was asked for is about captions. */
export function asCaptionTask(task: Task): CaptionTask {
  if (isCaptionTask(task)) return task;
  const message = `Only a run that writes captions can do this, but the task of this one is "${task.kind}"; choose another run.`;
  throw new HindcastError('conflict', message, { details: { task: task.kind } });
}

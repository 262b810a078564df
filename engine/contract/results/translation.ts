// What screens and terminal ask of a translator: new texts, and what it wrote for a part.
import { z } from 'zod';
import { reads } from '../api/api-base.ts';
import { PickedPartRequestSchema, ScoredPartSchema } from '../api/part-request.ts';
import { MOST_MEMBERS } from '../studies/ensemble.ts';
import { MOST_BEAM } from '../tasks/translate.ts';
import { HindcastError } from '../values/errors.ts';
import { FloatSchema } from '../values/float.ts';
import { RunReferenceSchema } from '../values/ids.ts';

export const MOST_TRANSLATED = 100;
/** Characters of one text. */
export const LONGEST_TRANSLATED = 100_000;

const TranslationSchema = z.object({
  text: z.string(),
  /** Parts of the text that the training texts never have. */
  unknown: z.array(z.string()),
  /** Texts that were pursued, the best first, with the probability and the score that ranks them. */
  alternatives: z.array(z.object({ text: z.string(), probability: FloatSchema, score: FloatSchema })),
  /** Which tokens of what was read each token that was written looked at; null where the model has no attention. */
  alignment: z
    .object({
      source: z.array(z.string()),
      written: z.array(z.string()),
      /** [written][source], each line with the sum 1. */
      shares: z.array(z.array(FloatSchema)),
    })
    .nullable(),
});
export type Translation = z.infer<typeof TranslationSchema>;
export type Alignment = NonNullable<Translation['alignment']>;

const LengthScoreSchema = z.object({
  /** Tokens of the text that is read. */
  from: z.int(),
  to: z.int(),
  count: z.int(),
  exact: FloatSchema,
  edits: FloatSchema,
});
export type LengthScore = z.infer<typeof LengthScoreSchema>;

const WrittenPairSchema = z.object({
  /** Row in the dataset, from 0. */
  sample: z.int(),
  source: z.string(),
  references: z.array(z.string()),
  written: z.string(),
  edits: z.int(),
});
export type WrittenPair = z.infer<typeof WrittenPairSchema>;

const TranslationResultSchema = z.object({
  part: ScoredPartSchema,
  /** How the model compares with the best baseline, in a sentence; empty without scores. */
  verdict: z.string(),
  count: z.int(),
  byLength: z.array(LengthScoreSchema),
  /** As they were picked. */
  pairs: z.array(WrittenPairSchema),
});
export type TranslationResult = z.infer<typeof TranslationResultSchema>;

export interface TranslatingOptions {
  readonly beam?: number | undefined;
  readonly lengthPenalty?: number | undefined;
}

/** @throws HindcastError `invalid-input` for an option that cannot be, with its name in `details.field` */
export function requireTranslatable({ beam = 1, lengthPenalty = 0 }: TranslatingOptions): void {
  if (!(Number.isInteger(beam) && beam >= 1 && beam <= MOST_BEAM))
    throw refused(
      'beam',
      `The beam is ${beam}; choose a whole number from 1 (the most probable token) to ${MOST_BEAM}.`,
    );
  if (!(lengthPenalty >= 0 && lengthPenalty <= 5))
    throw refused('lengthPenalty', `The length penalty is ${lengthPenalty}; choose a number from 0 to 5.`);
}

const refused = (field: string, message: string) =>
  new HindcastError('invalid-input', message, { details: { field } });

export const translation = {
  /** With the weights of the best epoch; beam and length penalty as in the experiment where they are absent. */
  translate: reads
    .input(
      z.object({
        run: RunReferenceSchema,
        /** Other runs of its tokens that write together with it: each token by the mean of their probabilities. */
        with: z
          .array(RunReferenceSchema)
          .max(MOST_MEMBERS - 1)
          .default([]),
        texts: z.array(z.string().max(LONGEST_TRANSLATED)).min(1).max(MOST_TRANSLATED),
        beam: z.number().optional(),
        lengthPenalty: z.number().optional(),
      }),
    )
    .output(z.array(TranslationSchema)),
  /** What it wrote for a part. */
  result: reads.input(PickedPartRequestSchema).output(TranslationResultSchema),
};

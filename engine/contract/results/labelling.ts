// What screens and terminal ask of a labeller: its result on a part, and the labels of new texts.
import { z } from 'zod';
import { reads } from '../api/api-base.ts';
import { SamplePickSchema } from '../api/part-request.ts';
import { FloatSchema } from '../values/float.ts';
import { RunReferenceSchema } from '../values/ids.ts';
import { CellSchema } from './classify-result.ts';

export const MOST_LABELLED = 100;
/** Characters of one text. */
export const LONGEST_LABELLED = 100_000;

const LabelledTokenSchema = z.object({
  text: z.string(),
  /** Index of the class that was said, and its probability. */
  said: z.int(),
  probability: FloatSchema,
  /** Of the true class; -1 where it is not known. */
  truth: z.int(),
});
export type LabelledToken = z.infer<typeof LabelledTokenSchema>;

const LabelledTextSchema = z.object({
  /** Row in the dataset, from 0; of new texts their index. */
  sample: z.int(),
  name: z.string(),
  tokens: z.array(LabelledTokenSchema),
});
export type LabelledText = z.infer<typeof LabelledTextSchema>;

const LabelResultSchema = z.object({
  part: z.enum(['test', 'validation']),
  /** How the model compares with the best baseline, in a sentence; empty without scores. */
  verdict: z.string(),
  classes: z.array(z.string()),
  /** Whether tokens are rows of a series. */
  areRows: z.boolean(),
  /** Tokens whose class is known. */
  count: z.int(),
  /** [true class][class that was said] */
  confusion: z.array(z.array(z.int())),
  figures: z.array(
    z.object({ precision: FloatSchema, recall: FloatSchema, f1: FloatSchema, samples: z.int() }),
  ),
  /** As they were picked; where a cell was asked for, texts that have it. */
  texts: z.array(LabelledTextSchema),
});
export type LabelResult = z.infer<typeof LabelResultSchema>;

const LabelledSchema = z.object({
  classes: z.array(z.string()),
  texts: z.array(LabelledTextSchema),
  /** Tokens of these texts that the training texts never have, each once. */
  unknown: z.array(z.string()),
});
export type Labelled = z.infer<typeof LabelledSchema>;

export const labelling = {
  /** The labels of new texts, with the weights of the best epoch. */
  label: reads
    .input(
      z.object({
        run: RunReferenceSchema,
        texts: z.array(z.string().max(LONGEST_LABELLED)).min(1).max(MOST_LABELLED),
      }),
    )
    .output(LabelledSchema),
  /** The result on a part; with `cell` texts with tokens of that cell of the confusion matrix. */
  result: reads
    .input(
      z.object({
        run: RunReferenceSchema,
        part: z.enum(['test', 'validation']).default('test'),
        cell: CellSchema.optional(),
        most: z.int().positive().max(500).default(50),
        pick: SamplePickSchema.default('worst'),
      }),
    )
    .output(LabelResultSchema),
};

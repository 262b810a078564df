// What screens and terminal show of a classifier: its result on a part, samples of a cell of the confusion matrix, and answers to new samples.
import { z } from 'zod';
import { BlobSchema, reads } from '../api/api-base.ts';
import { ImportSourceSchema } from '../datasets/dataset.ts';
import { UnknownItemsSchema } from '../tasks/unknown-items.ts';
import { FloatSchema } from '../values/float.ts';
import { RunReferenceSchema } from '../values/ids.ts';

const Part = z.enum(['test', 'validation']);

const AnsweredSampleSchema = z.object({
  /** Row in the dataset, from 0. */
  sample: z.int(),
  name: z.string(),
  group: z.string(),
  /** The beginning of the input. */
  text: z.string(),
  /** Indices of classes. */
  truth: z.int(),
  said: z.int(),
  /** Of the class that was said, and of the true one. */
  probability: FloatSchema,
  ofTruth: FloatSchema,
});
export type AnsweredSample = z.infer<typeof AnsweredSampleSchema>;

export const ClassifyResultSchema = z.object({
  part: Part,
  /** How the model compares with the best baseline, in a sentence; empty without scores. */
  verdict: z.string(),
  classes: z.array(z.string()),
  count: z.int(),
  /** Of two classes: the one that is said from a probability on, and where that lies. Null: of more than two. */
  decision: z
    .object({
      class: z.int(),
      threshold: FloatSchema,
      /** That of the best macro-F1 on validation; null where validation has only one class. */
      onValidation: FloatSchema.nullable(),
    })
    .nullable(),
  /** [true class][class that was said] */
  confusion: z.array(z.array(z.int())),
  figures: z.array(
    z.object({ precision: FloatSchema, recall: FloatSchema, f1: FloatSchema, samples: z.int() }),
  ),
  /** In the order of the experiment's metrics; the middle 95 % of bootstrap replicates, by group where there are groups. */
  scores: z.array(z.object({ metric: z.string(), value: FloatSchema, low: FloatSchema, high: FloatSchema })),
  reliability: z.array(z.object({ samples: z.int(), stated: FloatSchema, right: FloatSchema })),
  /** Of two classes the positive one, else each against the rest; at each threshold, the strictest first. */
  curves: z.array(
    z.object({
      class: z.int(),
      /** Below the ROC curve, and the average precision. */
      area: FloatSchema,
      averagePrecision: FloatSchema,
      falseAlarms: z.array(FloatSchema),
      found: z.array(FloatSchema),
      precision: z.array(FloatSchema),
    }),
  ),
  /** The most wrong first; where a cell was asked for, the samples of that cell. */
  samples: z.array(AnsweredSampleSchema),
});
export type ClassifyResult = z.infer<typeof ClassifyResultSchema>;

const ClassAnswersSchema = z.object({
  /** Classes or labels; of an estimate the name of the number. */
  classes: z.array(z.string()),
  /** [samples][classes]; of an estimate the numbers themselves. */
  probabilities: z.array(z.array(FloatSchema)),
  /** Of labels: the probability from which on each is said. */
  thresholds: z.array(FloatSchema).optional(),
  /** Of lists of tokens; absent where the run knows all items. */
  unknown: UnknownItemsSchema.optional(),
});
export type ClassAnswers = z.infer<typeof ClassAnswersSchema>;

export const CellSchema = z.object({ truth: z.int().min(0), said: z.int().min(0) });
export type Cell = z.infer<typeof CellSchema>;

export const MOST_TEXTS = 100;

/** Of a recording in base64: two minutes at 48,000 Hz, within the largest call. */
export const MOST_WAVE_CHARACTERS = 15_400_000;

export const classify = {
  /** The result on a part, as the run decides or with another threshold; with `cell` the samples of that cell of the confusion matrix. */
  result: reads
    .input(
      z.object({
        run: RunReferenceSchema,
        part: Part.default('test'),
        cell: CellSchema.optional(),
        /** Of two classes: decides from this probability on, instead of as the run does. */
        threshold: z.number().min(0).max(1).optional(),
        most: z.int().positive().max(1_000).default(100),
      }),
    )
    .output(ClassifyResultSchema),
  /** What the model says of texts as they are typed; of a run that reads series, their numbers, a step a line or all in one. */
  answer: reads
    .input(
      z.object({ run: RunReferenceSchema, texts: z.array(z.string().max(1_000_000)).min(1).max(MOST_TEXTS) }),
    )
    .output(ClassAnswersSchema),
  /** What it says of a recording: int16 samples of one channel, little-endian, in base64, since a call is JSON. */
  answerRecording: reads
    .input(
      z.object({
        run: RunReferenceSchema,
        rate: z.int().min(1_000).max(384_000),
        wave: z.base64().max(MOST_WAVE_CHARACTERS),
      }),
    )
    .output(ClassAnswersSchema),
  /** What it says of a PNG, JPEG or GIF file, in base64; of a run on videos, of a GIF. */
  answerPicture: reads
    .input(z.object({ run: RunReferenceSchema, picture: z.base64().max(MOST_WAVE_CHARACTERS) }))
    .output(ClassAnswersSchema),
  /** What it says of the samples of a file or folder, as CSV; nothing of them is kept. */
  predict: reads
    .input(z.object({ run: RunReferenceSchema, input: ImportSourceSchema }))
    .output(z.object({ csv: BlobSchema, rows: z.int(), notes: z.array(z.string()) })),
};

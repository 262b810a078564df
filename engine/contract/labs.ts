// Labs: small experiments that show one thing about sequence models, on generated data or on a column of one's own. A lab asks for a
// guess first. Its results are kept in the workspace.
import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { base, reads } from './api/api-base.ts';
import { DatasetReferenceSchema } from './values/ids.ts';

export const LAB_NAMES = ['state', 'fading', 'gates', 'bottleneck', 'attention', 'parallel'] as const;
export const LabNameSchema = z.enum(LAB_NAMES);
export type LabName = z.infer<typeof LabNameSchema>;

/** Null: there is no such number. */
const ValueSchema = z.number().nullable();

const LinesSchema = z.object({
  kind: z.literal('lines'),
  title: z.string(),
  xLabel: z.string(),
  yLabel: z.string(),
  yScale: z.enum(['linear', 'log']),
  lines: z.array(z.object({ name: z.string(), x: z.array(z.number()), y: z.array(ValueSchema) })),
});
export type LabLines = z.infer<typeof LinesSchema>;

const MapSchema = z.object({
  kind: z.literal('map'),
  title: z.string(),
  xLabel: z.string(),
  /** Names of the lines, from the top. */
  lines: z.array(z.string()),
  x: z.array(z.number()),
  /** Line by line. */
  values: z.array(z.array(ValueSchema)),
  /** What the ends of the colours stand for. */
  range: z.tuple([z.number(), z.number()]),
  /** The middle of the range is neutral. */
  isSigned: z.boolean(),
});
export type LabMap = z.infer<typeof MapSchema>;

const TableSchema = z.object({
  kind: z.literal('table'),
  title: z.string(),
  columns: z.array(z.string()),
  rows: z.array(z.array(z.union([z.string(), ValueSchema]))),
});
export type LabTable = z.infer<typeof TableSchema>;

export const LabFigureSchema = z.discriminatedUnion('kind', [LinesSchema, MapSchema, TableSchema]);
export type LabFigure = z.infer<typeof LabFigureSchema>;

/** What was measured. */
export const LabOutcomeSchema = z.object({
  /** The guess that turned out right. */
  answer: z.string(),
  /** The measured answer in one sentence. */
  sentence: z.string(),
  /** What else there is to see. */
  remarks: z.array(z.string()),
  figures: z.array(LabFigureSchema),
});
export type LabOutcome = z.infer<typeof LabOutcomeSchema>;

export const LabChoiceSchema = z.object({
  lab: LabNameSchema,
  /** One of the lab's guesses. */
  guess: z.string().max(100).nullable().default(null),
  /** Smaller data and fewer steps: a look at it, whose outcome may be another one. */
  quick: z.boolean().default(false),
  /** A numeric column of one's own instead of the generated data; of a dataset with several series the first one, unless one is named. */
  data: z
    .object({ dataset: DatasetReferenceSchema, target: z.string().min(1), series: z.string().optional() })
    .nullable()
    .default(null),
});
export type LabChoice = z.infer<typeof LabChoiceSchema>;

export const LabSummarySchema = z.object({
  id: z.int().positive(),
  lab: LabNameSchema,
  atMs: z.number(),
  seconds: z.number(),
  guess: z.string().nullable(),
  quick: z.boolean(),
  /** `level of weather, version 2`; null: generated data. */
  data: z.string().nullable(),
  /** Processor, vectors and threads. */
  machine: z.string(),
  answer: z.string(),
  sentence: z.string(),
});
export type LabSummary = z.infer<typeof LabSummarySchema>;

export const LabResultSchema = LabSummarySchema.extend({ outcome: LabOutcomeSchema });
export type LabResult = z.infer<typeof LabResultSchema>;

export const LabUpdateSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('progress'),
    /** `training LSTM` */
    doing: z.string(),
    done: z.int(),
    of: z.int(),
    /** Null before the first part has ended. */
    secondsLeft: z.number().nullable(),
  }),
  z.object({ type: z.literal('done'), result: LabResultSchema }),
]);
export type LabUpdate = z.infer<typeof LabUpdateSchema>;

const ResultInput = z.object({ result: z.int().positive() });

export const labs = {
  /** The last update is `done`; its result is kept. Ending the iteration early cancels the lab; nothing of it stays. */
  run: base.input(LabChoiceSchema).output(eventIterator(LabUpdateSchema)),
  /** Newest first. */
  results: reads
    .input(z.object({ lab: LabNameSchema.optional() }).default({}))
    .output(z.array(LabSummarySchema)),
  result: reads.input(ResultInput).output(LabResultSchema),
  delete: base.input(ResultInput).output(z.void()),
};

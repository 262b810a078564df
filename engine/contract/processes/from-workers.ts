// Validates messages from worker processes. A process that is out of memory, or was damaged by the file it reads, may send
// anything: a malformed message ends that process and its work, and nothing else.
import { z } from 'zod';
import {
  ColumnInfoSchema,
  ColumnKindSchema,
  ImportReportSchema,
  RecipeSchema,
  SeriesInfoSchema,
} from '../datasets/dataset.ts';
import { SampleColumnKindSchema, SamplesInfoSchema } from '../datasets/samples.ts';
import { ProbeLayoutSchema } from '../inside/probe.ts';
import { BackendUsedSchema, PartInfoSchema, ScoreSchema } from '../runs/run.ts';
import { FloatSchema } from '../values/float.ts';
import { ErrorDataSchema } from './error-data.ts';
import type { FromImporter } from './importer.ts';
import type { JobReply } from './jobs/job.ts';
import type { FromTrainer } from './trainer.ts';

const BytesSchema = z.instanceof(Uint8Array);
const NumbersSchema = z.instanceof(Float64Array);
const CountSchema = z.int().nonnegative();
const NamesSchema = z.array(z.string());
const WeightsSchema = z.object({ step: CountSchema, epoch: CountSchema, weights: BytesSchema }).nullable();
/** Values beyond float64's range have an infinite mean. */
const DescribedSeriesSchema = SeriesInfoSchema.extend({
  startUs: FloatSchema,
  endUs: FloatSchema,
  stepUs: FloatSchema,
  columns: z.array(
    ColumnInfoSchema.extend({
      min: FloatSchema.nullable(),
      max: FloatSchema.nullable(),
      mean: FloatSchema.nullable(),
    }),
  ),
});
/** Numbered, from 1. */
const numbered = { message: z.int().positive() };

export const FromTrainerSchema: z.ZodType<FromTrainer> = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('begun'),
    ...numbered,
    from: z.object({ step: CountSchema, epoch: CountSchema }).nullable(),
    worker: z.string(),
  }),
  z.object({
    type: z.literal('prepared'),
    ...numbered,
    backend: BackendUsedSchema,
    parameterCount: CountSchema,
    stepsPerEpoch: CountSchema,
    totalSteps: CountSchema,
    stepMetrics: NamesSchema,
    epochMetrics: NamesSchema,
    fingerprint: z.string(),
    fitted: z.unknown(),
    parts: z.array(PartInfoSchema),
    notes: NamesSchema,
    probe: ProbeLayoutSchema.nullable(),
  }),
  z.object({
    type: z.literal('probe'),
    ...numbered,
    epoch: CountSchema,
    step: CountSchema,
    data: BytesSchema,
  }),
  z.object({
    type: z.literal('steps'),
    ...numbered,
    firstStep: z.int().positive(),
    count: CountSchema,
    epoch: CountSchema,
    values: NumbersSchema,
    secondsLeft: FloatSchema.nullable(),
  }),
  z.object({
    type: z.literal('epoch'),
    ...numbered,
    epoch: CountSchema,
    step: CountSchema,
    values: NumbersSchema,
    best: z.boolean(),
  }),
  z.object({
    type: z.literal('checkpoint'),
    ...numbered,
    step: CountSchema,
    epoch: CountSchema,
    data: BytesSchema,
  }),
  z.object({
    type: z.literal('ended'),
    ...numbered,
    state: z.enum(['completed', 'stopped', 'held', 'diverged']),
    reason: z.string().nullable(),
    scores: z.array(ScoreSchema),
    best: WeightsSchema,
    last: WeightsSchema,
    weightsHash: z.string().nullable(),
  }),
  z.object({ type: z.literal('failed'), error: ErrorDataSchema }),
]);

const PLACED = {
  chunk: z.int().positive(),
  series: CountSchema,
  column: z.int().min(-1),
  position: CountSchema,
  rows: CountSchema,
};
const KIND_OF_VALUES = {
  rows: CountSchema,
  encoding: z.enum([
    'time-i64',
    'numeric-f64',
    'category-i32',
    'text-utf8',
    'f32-rows',
    'pcm-s16',
    'u8-frames',
  ]),
};
const VALUES = { ...KIND_OF_VALUES, data: BytesSchema };

export const FromImporterSchema: z.ZodType<FromImporter> = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('progress'),
    phase: z.enum(['reading', 'checking', 'storing']),
    rows: CountSchema,
    fraction: FloatSchema,
  }),
  z.object({
    type: z.literal('described'),
    recipe: RecipeSchema,
    report: ImportReportSchema,
    series: z.array(DescribedSeriesSchema),
    columns: z.array(
      z.object({ name: z.string(), kind: z.union([ColumnKindSchema, SampleColumnKindSchema]) }),
    ),
    samples: z.object({ rows: CountSchema, info: SamplesInfoSchema }).optional(),
    chunks: CountSchema,
  }),
  z.object({ type: z.literal('chunk'), ...PLACED, ...VALUES }),
  z.object({
    type: z.literal('ahead'),
    file: z.string(),
    pieces: z.array(z.object({ ...KIND_OF_VALUES, at: CountSchema, bytes: CountSchema })),
  }),
  z.object({ type: z.literal('taken'), chunks: z.array(z.object({ ...PLACED, ahead: CountSchema })) }),
  z.object({ type: z.literal('finished') }),
  z.object({ type: z.literal('failed'), error: ErrorDataSchema }),
]);

/** What is in an answer is the asker's matter: a wrong one fails that question. */
export const JobReplySchema: z.ZodType<JobReply> = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('progress'),
    id: z.int(),
    done: CountSchema,
    total: CountSchema,
    fraction: z.number().min(0).max(1),
  }),
  z.object({ type: z.literal('answered'), id: z.int(), output: z.unknown(), last: z.boolean() }),
  z.object({ type: z.literal('refused'), id: z.int(), error: ErrorDataSchema, last: z.boolean() }),
]);

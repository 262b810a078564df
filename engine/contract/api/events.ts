// Events: hints that something in the store changed, numbered by a sequence that survives restarts.
// The store is the truth; a client that was away asks for what came after the last sequence it has.
import { z } from 'zod';
import { RunStateSchema } from '../runs/run.ts';
import { FloatSchema } from '../values/float.ts';
import { DatasetIdSchema, RunIdSchema, StudyIdSchema } from '../values/ids.ts';

const Run = { runId: RunIdSchema };

/** What happened, without number and time. */
export const EventBodySchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('dataset.imported'),
    datasetId: DatasetIdSchema,
    name: z.string(),
    version: z.int(),
  }),
  z.object({ type: z.literal('dataset.renamed'), datasetId: DatasetIdSchema, name: z.string() }),
  z.object({ type: z.literal('dataset.deleted'), datasetId: DatasetIdSchema }),
  z.object({ type: z.literal('run.created'), ...Run, name: z.string() }),
  z.object({ type: z.literal('run.queued'), ...Run, position: z.int() }),
  /** `fromStep` > 0: the run resumes from a checkpoint, and metric rows after that step were removed. */
  z.object({ type: z.literal('run.started'), ...Run, attempt: z.int(), fromStep: z.int() }),
  z.object({
    type: z.literal('run.prepared'),
    ...Run,
    parameterCount: z.int(),
    totalSteps: z.int(),
    backend: z.string(),
  }),
  /** Metric rows up to `step` are in the store. */
  z.object({
    type: z.literal('run.progressed'),
    ...Run,
    step: z.int(),
    totalSteps: z.int(),
    epoch: z.int(),
    trainLoss: FloatSchema,
    secondsLeft: z.number().nullable(),
  }),
  z.object({
    type: z.literal('run.epochEnded'),
    ...Run,
    epoch: z.int(),
    step: z.int(),
    trainLoss: FloatSchema,
    validationLoss: FloatSchema,
    best: z.boolean(),
  }),
  z.object({ type: z.literal('run.checkpointed'), ...Run, step: z.int() }),
  z.object({ type: z.literal('run.stopRequested'), ...Run }),
  z.object({ type: z.literal('run.paused'), ...Run, reason: z.string() }),
  z.object({ type: z.literal('run.unpaused'), ...Run }),
  z.object({ type: z.literal('run.ended'), ...Run, state: RunStateSchema, reason: z.string().nullable() }),
  z.object({ type: z.literal('run.renamed'), ...Run, name: z.string() }),
  /** Its tags or its note. */
  z.object({ type: z.literal('run.labelled'), ...Run }),
  z.object({ type: z.literal('run.deleted'), ...Run }),
  z.object({ type: z.literal('study.created'), studyId: StudyIdSchema, name: z.string() }),
  /** Its name, or whether it asks for more runs. */
  z.object({ type: z.literal('study.changed'), studyId: StudyIdSchema, name: z.string() }),
  z.object({ type: z.literal('study.deleted'), studyId: StudyIdSchema }),
  /** In place of one that damage has changed: nothing of it is known, nor when it happened (0). */
  z.object({ type: z.literal('event.damaged') }),
  z.object({ type: z.literal('queue.changed'), queued: z.array(RunIdSchema), limit: z.int() }),
]);
export type EventBody = z.infer<typeof EventBodySchema>;

export const EngineEventSchema = z.object({
  /** 0: news that could not be stored (a full disk, a file that was moved). Only who watches at that moment gets it. */
  sequence: z.int().nonnegative(),
  atMs: z.number(),
  body: EventBodySchema,
});
export type EngineEvent = z.infer<typeof EngineEventSchema>;

// experiments.check: checks a draft against the schema and its data, and estimates the cost of its training.

import type { z } from 'zod';
import type { DatasetFacts } from '../../contract/datasets/dataset.ts';
import type { SamplesInfo } from '../../contract/datasets/samples.ts';
import type { ExperimentCheck } from '../../contract/datasets/views.ts';
import { type Experiment, ExperimentSchema } from '../../contract/experiment/experiment.ts';
import type { RunSummary } from '../../contract/runs/run.ts';
import { parseRunList } from '../../contract/runs/run-list.ts';
import { type ErrorCode, HindcastError } from '../../contract/values/errors.ts';
import type { RunId } from '../../contract/values/ids.ts';
import type { FieldIssue } from '../../contract/values/issues.ts';
import { completeExperiment } from '../../defaults/experiment.ts';
import { taskOf } from '../../tasks/task-of.ts';
import type { EngineContext } from '../context.ts';
import { draftIssues } from './draft-issues.ts';
import { factsFor, nameIssues } from './start.ts';
import { measureTraining } from './trainable.ts';
import { STEP_OVERHEAD_S, speedOf } from './training-speed.ts';

/** @throws HindcastError `cancelled` by the signal; what is wrong with the draft is in the answer. */
export async function checkExperiment(
  context: EngineContext,
  written: unknown,
  signal: AbortSignal | undefined,
): Promise<ExperimentCheck> {
  const facts = factsFor(context.workspace, written);
  const configuration = completeExperiment(written, facts);
  const parsed = ExperimentSchema.safeParse(configuration);
  if (!parsed.success) {
    const issues = draftIssues(parsed.error, configuration, facts);
    return {
      usable: false,
      issues,
      experiment: withoutFaults(configuration, parsed.error, facts),
      estimate: null,
    };
  }
  const experiment = parsed.data;
  const issues = nameIssues(experiment.name);
  try {
    const estimate = await estimateOf(context, experiment, signal);
    return { usable: issues.length === 0, issues, experiment, estimate };
  } catch (cause) {
    const error = HindcastError.wrap(cause, 'The experiment could not be checked');
    if (NOT_OF_THE_DRAFT.includes(error.code)) throw error;
    return { usable: false, issues: [...issues, issueOf(error, experiment)], experiment, estimate: null };
  }
}

const NOT_OF_THE_DRAFT: readonly ErrorCode[] = ['internal', 'cancelled', 'process-died'];

/** The experiment with defaults in place of the faulty fields, so that all others keep their values; null if one has no default. */
function withoutFaults(
  configuration: unknown,
  { issues }: z.ZodError,
  facts: DatasetFacts | null,
): Experiment | null {
  if (typeof configuration !== 'object' || configuration === null) return null;
  const rest = structuredClone(configuration) as Record<PropertyKey, unknown>;
  for (const { path } of issues) {
    const last = path.at(-1);
    const parent = path
      .slice(0, -1)
      .reduce<unknown>((value, key) => (value as typeof rest | undefined)?.[key], rest);
    if (last !== undefined && typeof parent === 'object' && parent !== null)
      delete (parent as typeof rest)[last];
  }
  return ExperimentSchema.safeParse(completeExperiment(rest, facts)).data ?? null;
}

/** Where an error of the data does not name its field, its particulars or its message do. */
function issueOf({ message, details, code }: HindcastError, { task }: Experiment): FieldIssue {
  if (typeof details?.field === 'string') return { field: details.field, message };
  if (typeof details?.column === 'string') {
    return { field: taskOf(task).fieldOfColumn(task, details.column), message };
  }
  if (code === 'not-found' && typeof details?.series === 'string') return { field: 'task.series', message };
  const inText = /\b(?:task|split|pipeline|model|training|evaluation)\.\w+/.exec(message)?.[0];
  return { field: inText ?? (code === 'not-found' ? 'dataset.name' : ''), message };
}

type Estimate = NonNullable<ExperimentCheck['estimate']>;

async function estimateOf(
  context: EngineContext,
  experiment: Experiment,
  signal: AbortSignal | undefined,
): Promise<Estimate> {
  const { workPerEpoch, ...size } = await measureTraining(context, experiment, signal);
  const speed = judgeSpeed(context.workspace, experiment.backend);
  const seconds = workPerEpoch / speed.flops + size.stepsPerEpoch * STEP_OVERHEAD_S;
  return { ...size, seconds, judgedBy: speed.runs };
}

const GUESSED_FLOPS = 8e9;
const RUNS_JUDGED = 5;

/** Work per second of the newest finished runs of that backend, without the overhead that they paid. */
function judgeSpeed(workspace: EngineContext['workspace'], backend: string): { flops: number; runs: number } {
  const speeds: number[] = [];
  for (const run of parseRunList(workspace.runs.listText(200))) {
    if (run.state !== 'completed' || run.backend !== backend || run.step <= 50) continue;
    const speed = speedOf(run, configurationOf(workspace, run.id), samplesOf(workspace, run));
    if (speed !== null) speeds.push(speed);
    if (speeds.length === RUNS_JUDGED) break;
  }
  const sorted = speeds.toSorted((a, b) => a - b);
  return { flops: sorted[sorted.length >> 1] ?? GUESSED_FLOPS, runs: sorted.length };
}

/** Undefined of series, and where the data are gone or damaged. */
function samplesOf(
  workspace: EngineContext['workspace'],
  { datasetName, datasetVersion }: RunSummary,
): SamplesInfo | undefined {
  try {
    return workspace.datasets.detail(datasetName, datasetVersion).samples;
  } catch (cause) {
    if (cause instanceof HindcastError) return undefined;
    throw cause;
  }
}

const UNREADABLE: readonly ErrorCode[] = ['workspace-newer', 'workspace-damaged'];

/** Undefined where another version of Hindcast designed the run, or damage has changed it. */
function configurationOf(workspace: EngineContext['workspace'], id: RunId): Experiment | undefined {
  try {
    return workspace.runs.detail(id).configuration;
  } catch (cause) {
    if (cause instanceof HindcastError && UNREADABLE.includes(cause.code)) return undefined;
    throw cause;
  }
}

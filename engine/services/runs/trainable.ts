// Whether an experiment can be trained on its data: asked live beside the form, and once more before a run or a study is made of it,
// so that what can be known before leaves no failed run behind.

import type { Experiment } from '../../contract/experiment/experiment.ts';
import { WINDOW_FIELDS } from '../../contract/experiment/model.ts';
import type { Place } from '../../contract/pool/place.ts';
import type { DraftSize } from '../../contract/processes/jobs/datasets.ts';
import type { RunSummary } from '../../contract/runs/run.ts';
import type { StudySummary } from '../../contract/studies/study.ts';
import { HindcastError } from '../../contract/values/errors.ts';
import type { BackendStatus } from '../../contract/workspace/engine-info.ts';
import { CATALOGUE } from '../../evaluation/catalogue.ts';
import type { TrialsQuestion } from '../../search/suggest-trials.ts';
import { parsePlan, studyKind } from '../../studies/registry.ts';
import type { Study, StudyExperiment, StudyKind } from '../../studies/study-kind.ts';
import { taskOf } from '../../tasks/task-of.ts';
import type { EngineContext } from '../context.ts';
import { describeBackends } from '../engine.ts';
import { type StudyRequest, startStudy } from '../studies/studies.ts';
import { type DuplicateRequest, duplicateOf, startRun } from './runs.ts';
import { checkedDataset, factsFor, parseExperiment, pinExperiment } from './start.ts';

type Signal = AbortSignal | undefined;

/**
 * What training it takes.
 * @throws HindcastError for everything that would make a run of it fail and can be known now: columns, rows, split, pipeline, model,
 * memory, backend. `details.field` or `details.column` tells where.
 */
export async function measureTraining(
  context: EngineContext,
  experiment: Experiment,
  signal: Signal,
): Promise<DraftSize> {
  const { workspace, runJob } = context;
  requireNoIdleField(experiment);
  const { versionId: datasetVersionId, samples } = checkedDataset(context, experiment);
  const input = { workspacePath: workspace.path, datasetVersionId, experiment, samples };
  const size = await runJob('check', input, { signal, about: `version ${datasetVersionId}` });
  await requireBackend(context, experiment, signal);
  return size;
}

/** What would change nothing must not look as if it did. Only asked before a run is made: older ones may have such a field. */
function requireNoIdleField({ model, task }: Experiment): void {
  const { kind, readsWindows, idleFields } = taskOf(task);
  const ofWindows = readsWindows ? {} : WINDOW_FIELDS;
  const unused: Readonly<Record<string, unknown>> = { ...ofWindows, ...idleFields };
  const idle = Object.entries(model).find(([name, value]) => name in unused && value !== unused[name]);
  if (idle === undefined) return;
  const [name] = idle;
  const field = `model.${name}`;
  const users =
    name in ofWindows ? 'Only models of windows of series have a' : `No model of the task "${kind}" has a`;
  const message = `${users} use for ${field}, here it would change nothing; leave it out.`;
  throw new HindcastError('invalid-input', message, { details: { field } });
}

/** The default backend is everywhere; whether another one is there is found out by starting it. */
async function requireBackend(
  context: EngineContext,
  { backend, allowBackendFallback }: Experiment,
  signal: Signal,
): Promise<void> {
  if (backend === 'simd' || allowBackendFallback) return;
  const status = (await recentBackends(context, signal)).find(({ name }) => name === backend);
  if (!status || status.available) return;
  const { reason, install } = status;
  const cure = install === null ? '' : ` \`${install}\` installs it.`;
  const message = `The backend ${backend} cannot be used: ${reason}${cure} Or choose another backend.`;
  throw new HindcastError('backend-unavailable', message, {
    details: { field: 'backend', backend, install },
  });
}

interface KnownBackends {
  readonly atMs: number;
  readonly statuses: readonly BackendStatus[];
}

/** A form asks at every change; what was installed meanwhile is found soon. */
const BACKENDS_HOLD_MS = 30_000;
const known = new WeakMap<EngineContext['workspace'], KnownBackends>();

async function recentBackends(context: EngineContext, signal: Signal): Promise<readonly BackendStatus[]> {
  const { workspace, host } = context;
  const before = known.get(workspace);
  if (before && host.now() - before.atMs < BACKENDS_HOLD_MS) return before.statuses;
  const statuses = await describeBackends(context, signal);
  known.set(workspace, { atMs: host.now(), statuses });
  return statuses;
}

/** The experiment with its defaults and its version of the data. @throws as `parseExperiment` and `measureTraining`. */
async function trainable(
  context: EngineContext,
  configuration: unknown,
  signal: Signal,
): Promise<Experiment> {
  const parsed = parseExperiment(configuration, factsFor(context.workspace, configuration));
  const experiment = pinExperiment(context, parsed);
  await measureTraining(context, experiment, signal);
  return experiment;
}

export interface RunStart {
  readonly configuration: unknown;
  readonly name?: string | undefined;
  readonly on?: Place | undefined;
}

/** runs.start */
export async function startTrainableRun(
  context: EngineContext,
  request: RunStart,
  signal: Signal,
): Promise<RunSummary> {
  const { configuration, name, on } = request;
  const { supervisor } = context;
  if (on === 'pool') {
    const checked = await trainable(context, configuration, signal);
    await supervisor.pool.requireReachable();
    return startRun(context, checked, name, on);
  }
  supervisor.expectRun();
  try {
    return startRun(context, await trainable(context, configuration, signal), name, on);
  } finally {
    // Of no use to a later run: by then it would only take memory.
    supervisor.expectNothing();
  }
}

/** A study that has not begun. */
const NEW = { issued: 0, open: true, records: [], catalogue: CATALOGUE, curve: () => [] };

/** studies.start */
export async function startTrainableStudy(
  context: EngineContext,
  request: StudyRequest,
  signal: Signal,
): Promise<StudySummary> {
  const plan = parsePlan(request.plan);
  const kind = studyKind(plan.kind);
  if (request.on === 'pool') await context.supervisor.pool.requireReachable();
  if (kind.checksEach !== true) {
    const configuration = await trainable(context, request.configuration, signal);
    await prepareFirst(context, kind, { experiment: configuration, plan, ...NEW }, signal);
    return startStudy(context, { ...request, configuration });
  }
  const facts = factsFor(context.workspace, request.configuration);
  const experiment = pinExperiment(context, parseExperiment(request.configuration, facts));
  for (const ask of kind.next({ experiment, plan, ...NEW }, [])) {
    if ('experiment' in ask) await checkMember(context, kind, ask, signal);
  }
  return startStudy(context, { ...request, configuration: experiment });
}

/** Its first question is answered before it is made, so that what cannot be searched is refused with nothing half-made. */
async function prepareFirst(
  { suggestions }: EngineContext,
  kind: StudyKind,
  study: Study,
  signal: Signal,
): Promise<void> {
  if (suggestions === undefined) return;
  const questions: TrialsQuestion[] = [];
  const suggest = (question: TrialsQuestion): null => {
    questions.push(question);
    return null;
  };
  kind.next({ ...study, suggest }, []);
  for (const question of questions) await suggestions.ready(question, signal);
}

/** @throws as `measureTraining`, with the member in front; `too-few-rows` where its test part is shorter than it asks for. */
async function checkMember(
  context: EngineContext,
  kind: StudyKind,
  { label, experiment }: StudyExperiment,
  signal: Signal,
): Promise<void> {
  try {
    const { parts } = await measureTraining(context, experiment, signal);
    const rows = parts.find(({ part }) => part === 'test')?.rows ?? 0;
    const { split } = experiment;
    if (split.kind !== 'count' || split.test === undefined || rows >= split.test) return;
    const message = `its test part has ${rows} of ${split.test} rows; ask for fewer folds, or for fewer rows in each part.`;
    throw new HindcastError('too-few-rows', message, { details: { field: 'plan.folds', rows } });
  } catch (cause) {
    if (!(cause instanceof HindcastError)) throw cause;
    const { code, details } = cause;
    const says = kind.hasFolds ? (foldTooShort(cause) ?? cause.message) : cause.message;
    throw new HindcastError(code, `Of ${label}: ${says}`, { cause, ...(details && { details }) });
  }
}

/** A fold's split is made of the plan: fields of the plan repair it, not those of an experiment's split. Null: it lacks something else. */
function foldTooShort({ code, details }: HindcastError): string | null {
  const { part, rows, needed } = { ...details };
  if (code !== 'too-few-rows' || part === undefined || Number(rows) >= Number(needed)) return null;
  const name = part === 'train' ? 'training' : part;
  return `its ${name} part has ${rows} ${rows === 1 ? 'row' : 'rows'}, and a window needs ${needed}; change the rows of the folds, their number or the embargo, or lower task.${part === 'train' ? 'lookback' : 'horizon'}.`;
}

/** runs.duplicate */
export async function duplicateTrainableRun(
  context: EngineContext,
  request: DuplicateRequest,
  signal: Signal,
): Promise<RunSummary> {
  const { configuration, name } = duplicateOf(context, request);
  return startTrainableRun(context, { configuration, name }, signal);
}

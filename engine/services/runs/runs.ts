// runs.*: list, details, curves, and the actions on a run.

import type { ImportSource } from '../../contract/datasets/dataset.ts';
import { MetricsFrame } from '../../contract/datasets/frames.ts';
import type { RunLabel } from '../../contract/datasets/views.ts';
import type { Place } from '../../contract/pool/place.ts';
import { ForecastFrame } from '../../contract/results/forecast.ts';
import { ACTIVE_STATES, type RunDetail, type RunSummary } from '../../contract/runs/run.ts';
import { HindcastError } from '../../contract/values/errors.ts';
import type { FrameAnswer } from '../../contract/values/frame-answer.ts';
import { NameSchema, type RunId, type RunReference } from '../../contract/values/ids.ts';
import { asComputed } from '../../defaults/experiment.ts';
import type { EngineContext } from '../context.ts';
import { readNewData, wantedBy, withReading } from '../forecasts/new-data.ts';
import { type ForecastPart, forecastRun } from '../forecasts/run-forecast.ts';
import { freePagesSoon } from '../free-pages.ts';
import { inPieces } from '../in-pieces.ts';
import { requireShownTest } from '../studies/shown-test.ts';
import { readRows } from './metric-rows.ts';
import { createQueuedRun, factsFor, parseExperiment } from './start.ts';

/** Without a look at the data: see trainable.ts. */
export function startRun(
  context: EngineContext,
  configuration: unknown,
  name: string | undefined,
  on: Place = 'here',
): RunSummary {
  const runId = createQueuedRun(context, {
    onPool: on === 'pool',
    experiment: parseExperiment(configuration, factsFor(context.workspace, configuration)),
    name,
  });
  context.supervisor.workQueue();
  return summaryOf(context, runId);
}

/** A summary with what only this process may know: that a full disk keeps the run from being written. */
export function summaryOf({ workspace, supervisor }: EngineContext, runId: RunId): RunSummary {
  return withPause(supervisor.pausedReason(runId), workspace.runs.summary(runId));
}

function withPause<T extends RunSummary>(reason: string | null, run: T): T {
  return reason === null ? run : { ...run, state: 'paused', reason };
}

export async function listRuns(
  { workspace, supervisor }: EngineContext,
  limit: number | undefined,
): Promise<Blob> {
  const { list, summary, comparing } = workspace.runs;
  await inPieces(comparing(list.newest(limit)));
  const paused = supervisor.running().flatMap((id): [RunId, RunSummary][] => {
    const reason = supervisor.pausedReason(id);
    return reason === null ? [] : [[id, withPause(reason, summary(id))]];
  });
  return new Blob([list.json(list.newest(limit), new Map(paused))], { type: 'application/json' });
}

export function runDetail({ workspace, supervisor }: EngineContext, reference: RunReference): RunDetail {
  const runId = workspace.runs.resolve(reference);
  const detail = withPause(
    supervisor.pausedReason(runId),
    withDamage(workspace, workspace.runs.detail(runId)),
  );
  const pool = workspace.poolRuns.get(runId);
  return {
    ...detail,
    ...(pool && { pool: { worker: pool.worker } }),
    ...(workspace.scores.hidesTest(runId) && { testHidden: true }),
  };
}

/** A damaged run is shown all the same, with a note. */
function withDamage({ runs }: EngineContext['workspace'], run: RunDetail): RunDetail {
  const damage = runs.damage(run.id) ?? runs.sideDamage(run.id);
  return damage === null ? run : { ...run, notes: [damage, ...run.notes] };
}

export interface MetricsRequest {
  readonly run: RunReference;
  readonly scope: 'step' | 'epoch';
  readonly names?: string[] | undefined;
  readonly after: number;
}

export async function runMetrics(
  { workspace }: EngineContext,
  request: MetricsRequest,
): Promise<FrameAnswer> {
  return MetricsFrame.toAnswer(await readRows(workspace, request));
}

export function stopRun(context: EngineContext, reference: RunReference): RunSummary {
  const runId = context.workspace.runs.resolve(reference);
  context.supervisor.stop(runId);
  return summaryOf(context, runId);
}

/** @param on default: where it was */
export async function resumeRun(
  context: EngineContext,
  reference: RunReference,
  on?: Place,
): Promise<RunSummary> {
  const runId = context.workspace.runs.resolve(reference);
  const isOnPool = context.supervisor.pool.has(runId);
  if (on === 'pool' || (on === undefined && isOnPool)) await context.supervisor.pool.requireReachable();
  if (on !== undefined) context.supervisor.place(runId, on);
  context.supervisor.resume(runId);
  return summaryOf(context, runId);
}

export function renameRun(context: EngineContext, reference: RunReference, name: string): RunSummary {
  const { workspace, hub } = context;
  const runId = workspace.runs.resolve(reference);
  workspace.transaction(() => {
    workspace.runs.rename(runId, name);
    hub.append({ type: 'run.renamed', runId, name });
  });
  return summaryOf(context, runId);
}

export interface LabelRequest {
  readonly run: RunReference;
  readonly tags: readonly string[];
  readonly note: string;
}

export function labelRun({ workspace, hub }: EngineContext, { run, tags, note }: LabelRequest): RunLabel {
  const label = { runId: workspace.runs.resolve(run), tags: [...new Set(tags)], note: note.trim() };
  workspace.transaction(() => {
    workspace.labels.set(label);
    hub.append({ type: 'run.labelled', runId: label.runId });
  });
  return label;
}

/** That of the original, unless it could be taken for a number. */
const duplicateName = (name: string): string => (NameSchema.safeParse(name).success ? name : `run ${name}`);

export interface DuplicateRequest {
  readonly run: RunReference;
  readonly seed?: number | undefined;
  readonly name?: string | undefined;
}

export function duplicateRun(context: EngineContext, request: DuplicateRequest): RunSummary {
  const { configuration, name } = duplicateOf(context, request);
  return startRun(context, configuration, name);
}

/** What a duplicate of a run is started with. */
export function duplicateOf(
  context: EngineContext,
  { run, seed, name }: DuplicateRequest,
): { readonly configuration: object; readonly name: string } {
  const original = context.workspace.runs.wholeDetail(context.workspace.runs.resolve(run));
  // By the data that the run was trained on, even if that dataset was renamed and another one has its name now.
  const { name: dataName, version } = context.workspace.datasets.versionDetail(original.datasetVersionId);
  const dataset = { ...original.configuration.dataset, name: dataName, version };
  const nextName = name ?? duplicateName(original.name);
  const configuration = {
    ...asComputed(original.configuration),
    // A name of digits from earlier is not refused here: the user did not choose it now.
    name: nextName,
    dataset,
    ...(seed !== undefined && { seed }),
  };
  return { configuration, name: nextName };
}

/** A run trains even where its row was damaged meanwhile. */
export const isActive = ({ workspace, supervisor }: EngineContext, runId: RunId): boolean =>
  ACTIVE_STATES.includes(workspace.runs.summary(runId).state) || supervisor.running().includes(runId);

export function deleteRun(context: EngineContext, reference: RunReference): void {
  const { workspace, hub } = context;
  const runId = workspace.runs.resolve(reference);
  const { state } = workspace.runs.summary(runId);
  if (isActive(context, runId)) {
    throw new HindcastError('conflict', `Run ${runId} is ${state}; stop it before deleting it.`, {
      details: { run: runId, state },
    });
  }
  workspace.transaction(() => removeRun({ workspace, hub }, runId));
  freePagesSoon(workspace);
}

/** Deletes a run, and its study with the last run of it. Inside a transaction. */
export function removeRun({ workspace, hub }: Pick<EngineContext, 'workspace' | 'hub'>, runId: RunId): void {
  const studyId = workspace.runs.delete(runId);
  hub.append({ type: 'run.deleted', runId });
  if (studyId !== null) hub.append({ type: 'study.deleted', studyId });
}

export interface ForecastRequest {
  readonly run: RunReference;
  readonly part: ForecastPart;
  readonly input?: ImportSource | undefined;
}

export async function forecastFrame(
  context: EngineContext,
  { run, part, input }: ForecastRequest,
  signal: AbortSignal | undefined,
): Promise<FrameAnswer> {
  const runId = context.workspace.runs.resolve(run);
  if (part === 'test') requireShownTest(context.workspace, runId);
  if (input === undefined) return ForecastFrame.toAnswer(await forecastRun(context, runId, part, signal));
  if (part !== 'future') {
    const message = `New data have no ${part} part; leave the part out to forecast what comes after their last rows.`;
    throw new HindcastError('invalid-input', message, { details: { field: 'part' } });
  }
  const data = await readNewData(context, wantedBy(context, runId), input, signal);
  return ForecastFrame.toAnswer(
    await withReading(data, forecastRun(context, runId, part, signal, data.series)),
  );
}

// studies.*: groups of runs with a purpose, and the actions on a whole study.

import type { Place } from '../../contract/pool/place.ts';
import { canResume, RESUMABLE_STATES, type RunSummary } from '../../contract/runs/run.ts';
import type { StudyPlan, StudySummary } from '../../contract/studies/study.ts';
import { HindcastError } from '../../contract/values/errors.ts';
import {
  type RunId,
  type RunReference,
  type StudyId,
  type StudyReference,
  studyNumberOf,
} from '../../contract/values/ids.ts';
import { CATALOGUE } from '../../evaluation/catalogue.ts';
import type { StudyRow } from '../../store/runs/studies.ts';
import { parsePlan, studyKind } from '../../studies/registry.ts';
import type { Study } from '../../studies/study-kind.ts';
import { taskOf } from '../../tasks/task-of.ts';
import type { EngineContext } from '../context.ts';
import { freePagesSoon } from '../free-pages.ts';
import { isActive, removeRun } from '../runs/runs.ts';
import { factsFor, parseExperiment, pinExperiment } from '../runs/start.ts';
import { advanceStudy, hideTests, showTests } from './advance.ts';
import { studyOf } from './study-of.ts';

export interface StudyRequest {
  readonly configuration: unknown;
  readonly plan: StudyPlan;
  /** Default: the experiment's. */
  readonly name?: string | undefined;
  /** Default: here. */
  readonly on?: Place | undefined;
}

export function startStudy(context: EngineContext, request: StudyRequest): StudySummary {
  const { workspace, hub, host, supervisor } = context;
  const plan = parsePlan(request.plan);
  const experiment = pinExperiment(
    context,
    parseExperiment(request.configuration, factsFor(context.workspace, request.configuration)),
  );
  const { task } = experiment;
  const epochMetrics = taskOf(task).epochMetrics?.(task) ?? task.metrics;
  studyKind(plan.kind).check?.(plan, experiment, { catalogue: CATALOGUE, epochMetrics });
  const name = request.name ?? experiment.name;
  const id = workspace.transaction(() => {
    const studyId = workspace.studies.create({
      name,
      plan,
      experiment,
      atMs: host.now(),
      hidesTest: studyKind(plan.kind).hidesTest === true,
      onPool: request.on === 'pool',
    });
    hub.append({ type: 'study.created', studyId, name });
    if (advanceStudy(context, studyId) === 0) {
      throw new HindcastError('invalid-input', `The study "${name}" asks for no run.`);
    }
    return studyId;
  });
  supervisor.workQueue();
  return studySummary(context, id);
}

export function getStudy(context: EngineContext, reference: StudyReference): StudySummary {
  return studySummary(context, context.workspace.studies.resolve(reference));
}

export function studySummary({ workspace }: EngineContext, id: StudyId): StudySummary {
  const runs = workspace.studies.runs(id).map(workspace.runs.summary);
  return summarize(workspace, workspace.studies.shown(id), runs);
}

/** @param runs in their order in the study */
export function summarize(
  workspace: EngineContext['workspace'],
  row: StudyRow,
  runs: readonly RunSummary[],
): StudySummary {
  const { id, name, plan, createdAtMs, open, hidesTest } = row;
  const study = row.damage === null ? wholeStudy(workspace, row) : row.damage;
  if (typeof study === 'string') return damagedStudy(row, runs, study);
  return {
    id,
    name,
    kind: plan.kind,
    seedsAlone: studyKind(plan.kind).seedsAlone === true,
    hasOneConfiguration: studyKind(plan.kind).configurationOf === undefined,
    plan,
    createdAtMs,
    open,
    judges: studyKind(plan.kind).judges === true,
    hasFolds: studyKind(plan.kind).hasFolds === true,
    searches: studyKind(plan.kind).sweep !== undefined,
    hidesTest,
    runs: runs.map((run) => run.id),
    findings: studyKind(plan.kind).summary(study, runs),
  };
}

/** Or the sentence on what damage has changed of it. */
function wholeStudy(workspace: EngineContext['workspace'], row: StudyRow): Study | string {
  try {
    return studyOf(workspace, row);
  } catch (cause) {
    if (cause instanceof HindcastError && cause.code === 'workspace-damaged') return cause.message;
    throw cause;
  }
}

/** Its runs and a note, and no values. */
const damagedStudy = (
  { id, name, createdAtMs, hidesTest }: StudyRow,
  runs: readonly RunSummary[],
  note: string,
): StudySummary => ({
  id,
  name,
  kind: 'damaged',
  plan: { kind: 'damaged' },
  createdAtMs,
  seedsAlone: false,
  hasOneConfiguration: false,
  open: false,
  judges: false,
  hasFolds: false,
  searches: false,
  hidesTest,
  runs: runs.map((run) => run.id),
  findings: { test: null, validation: null, note },
});

export function renameStudy(context: EngineContext, reference: StudyReference, name: string): StudySummary {
  const { workspace, hub } = context;
  const id = workspace.studies.resolve(reference);
  const before = workspace.studies.shown(id).name;
  workspace.transaction(() => {
    workspace.studies.update(id, { name });
    hub.append({ type: 'study.changed', studyId: id, name });
    for (const runId of workspace.studies.runs(id)) renameMember(context, runId, { before, after: name });
  });
  return studySummary(context, id);
}

/** A run that still has the name it got from its study is renamed with it. */
function renameMember(
  { workspace, hub }: EngineContext,
  runId: RunId,
  { before, after }: { readonly before: string; readonly after: string },
): void {
  const { name } = workspace.runs.summary(runId);
  if (!name.startsWith(`${before} `)) return;
  const next = `${after}${name.slice(before.length)}`.slice(0, 200);
  workspace.runs.rename(runId, next);
  hub.append({ type: 'run.renamed', runId, name: next });
}

export function stopStudy(context: EngineContext, reference: StudyReference): StudySummary {
  const { workspace, hub, supervisor } = context;
  const id = workspace.studies.resolve(reference);
  const { name, open, damage } = workspace.studies.shown(id);
  const active = activeRuns(context, id);
  // An open one without a run is still choosing what comes next.
  if (active.length === 0 && (!open || damage !== null)) {
    throw new HindcastError(
      'conflict',
      `No run of study s${id} "${name}" trains or waits, so there is nothing to stop.`,
      {
        details: { study: id },
      },
    );
  }
  // First, so that no run that ends now makes its kind ask for another.
  workspace.transaction(() => {
    workspace.studies.update(id, { open: false });
    showTests(workspace, id);
    hub.append({ type: 'study.changed', studyId: id, name });
  });
  // Those that wait go first: none of them takes the room of one that trains.
  const waitingFirst = active.toSorted((a, b) => Number(b.state === 'queued') - Number(a.state === 'queued'));
  for (const run of waitingFirst) if (!run.stopRequested) supervisor.stop(run.id);
  return studySummary(context, id);
}

/** studies.resume. @throws HindcastError with why no run can be sent, where its runs train on the pool */
export async function resumeReachable(
  context: EngineContext,
  reference: StudyReference,
  on?: Place,
): Promise<StudySummary> {
  const { workspace, supervisor } = context;
  const id = workspace.studies.resolve(reference);
  const place = on ?? (workspace.studies.get(id).onPool ? 'pool' : 'here');
  if (place === 'pool') await supervisor.pool.requireReachable();
  return resumeStudy(context, id, on);
}

export function resumeStudy(context: EngineContext, reference: StudyReference, on?: Place): StudySummary {
  const { workspace, hub, supervisor } = context;
  const id = workspace.studies.resolve(reference);
  const { name } = workspace.studies.get(id);
  const resumable = workspace.studies
    .runs(id)
    .map(workspace.runs.summary)
    // Its kind decides about those that are held.
    .filter((run) => (canResume(run) && run.state !== 'held') || run.state === 'queued');
  workspace.transaction(() => {
    workspace.studies.update(id, { open: true });
    if (on !== undefined) placeStudy(context, id, on);
    hub.append({ type: 'study.changed', studyId: id, name });
  });
  // First, so that its kind finds them active.
  // One that waited may have begun as another came back.
  for (const { id: run } of resumable)
    if (workspace.runs.summary(run).state !== 'running') supervisor.resume(run);
  const more = advanceStudy(context, id);
  if (resumable.length === 0 && more === 0) {
    throw new HindcastError(
      'conflict',
      `No run of study s${id} "${name}" can be resumed, and it asks for no more.`,
      {
        details: { study: id },
      },
    );
  }
  hideTests(workspace, id);
  supervisor.workQueue();
  return studySummary(context, id);
}

/** Its runs that have more to do, and those to come. */
function placeStudy({ workspace, supervisor }: EngineContext, id: StudyId, on: Place): void {
  workspace.studies.update(id, { onPool: on === 'pool' });
  const left = workspace.studies.runs(id).map(workspace.runs.summary);
  for (const run of left)
    if (run.state === 'queued' || RESUMABLE_STATES.includes(run.state)) supervisor.place(run.id, on);
}

export function deleteStudy(context: EngineContext, reference: StudyReference): void {
  const { workspace } = context;
  const id = workspace.studies.resolve(reference);
  const active = activeRuns(context, id).map((run) => run.id);
  if (active.length > 0) {
    const runs = active.length === 1 ? `Run ${active[0]} is` : `Runs ${active.join(', ')} are`;
    throw new HindcastError('conflict', `${runs} still active; stop study s${id} before deleting it.`, {
      details: { study: id, runs: active },
    });
  }
  workspace.transaction(() => {
    for (const runId of workspace.studies.runs(id)) removeRun(context, runId);
  });
  freePagesSoon(workspace);
}

const activeRuns = (context: EngineContext, id: StudyId): RunSummary[] =>
  context.workspace.studies
    .runs(id)
    .filter((run) => isActive(context, run))
    .map(context.workspace.runs.summary);

export interface Found {
  readonly run: RunId | null;
  readonly study: StudyId | null;
}

/** Throws `not-found`, or `conflict` where a name is that of a run and of a study. */
export function findByReference({ workspace }: EngineContext, reference: RunReference): Found {
  if (typeof reference === 'string' && studyNumberOf(reference) !== null) {
    const study = orNull(() => workspace.studies.resolve(reference));
    if (study !== null) return { run: null, study };
  }
  const study = typeof reference === 'string' ? orNull(() => workspace.studies.resolve(reference)) : null;
  if (study === null) return { run: workspace.runs.resolve(reference), study: null };
  const run = orNull(() => workspace.runs.resolve(reference));
  if (run === null) return { run: null, study };
  throw new HindcastError(
    'conflict',
    `A run and a study are named "${reference}": name the run by its number ${run}, or the study by s${study}.`,
    { details: { name: reference, run, study } },
  );
}

function orNull<Value>(resolve: () => Value): Value | null {
  try {
    return resolve();
  } catch (cause) {
    if (cause instanceof HindcastError && cause.code === 'not-found') return null;
    throw cause;
  }
}

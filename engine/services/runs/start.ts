// runs.start: turns a user's JSON into a queued run, or into one sentence that says what is wrong and in which field.
import { z } from 'zod';
import type { DatasetFacts } from '../../contract/datasets/dataset.ts';
import { type Experiment, ExperimentSchema } from '../../contract/experiment/experiment.ts';
import type { HoldRule } from '../../contract/runs/hold.ts';
import { HindcastError } from '../../contract/values/errors.ts';
import { NameSchema, type RunId, type StudyId } from '../../contract/values/ids.ts';
import { type FieldIssue, fieldIssues, issueText } from '../../contract/values/issues.ts';
import { completeExperiment } from '../../defaults/experiment.ts';
import type { Workspace } from '../../store/workspace.ts';
import { taskOf } from '../../tasks/task-of.ts';
import type { RunMaker } from '../run-maker.ts';
import { draftIssues } from './draft-issues.ts';

const DatasetChoice = z.object({ dataset: z.object({ name: z.string(), version: z.int().optional() }) });

/** Of the dataset that a configuration names; null where it names none that is there. */
export function factsFor(workspace: Workspace, configuration: unknown): DatasetFacts | null {
  const choice = DatasetChoice.safeParse(configuration);
  if (!choice.success) return null;
  const { name, version } = choice.data.dataset;
  try {
    return workspace.datasets.detail(name, version);
  } catch (cause) {
    if (cause instanceof HindcastError && cause.code === 'not-found') return null;
    throw cause;
  }
}

/**
 * `facts`: of the dataset, for defaults that depend on it.
 * @throws HindcastError `invalid-input` that names the field and what it must be; `details.issues` holds all of them.
 */
export function parseExperiment(written: unknown, facts: DatasetFacts | null = null): Experiment {
  const configuration = completeExperiment(written, facts);
  const result = ExperimentSchema.safeParse(configuration);
  if (result.success) {
    checkName(result.data.name);
    return result.data;
  }
  const issues = draftIssues(result.error, configuration, facts);
  throw new HindcastError('invalid-input', `The experiment cannot be used: ${issueText(issues)}.`, {
    details: { issues },
  });
}

/** @throws HindcastError `invalid-input` for a name that could be taken for a number. */
function checkName(name: string): void {
  const issues = nameIssues(name);
  if (issues.length === 0) return;
  throw new HindcastError('invalid-input', `The experiment cannot be used: ${issueText(issues)}.`, {
    details: { issues },
  });
}

/**
 * What is wrong with the name of an experiment: a run is named by it, so the same names are refused. Not in the schema, since runs of that
 * name may be there from earlier.
 */
export function nameIssues(name: string): FieldIssue[] {
  const result = NameSchema.safeParse(name);
  return result.success ? [] : fieldIssues(result.error, name).map((issue) => ({ ...issue, field: 'name' }));
}

export interface RunRequest {
  readonly experiment: Experiment;
  /** Default: the experiment's. */
  readonly name?: string | undefined;
  readonly study?: { readonly id: StudyId; readonly position: number } | undefined;
  /** Default: it trains to its end. */
  readonly hold?: HoldRule | null | undefined;
  /** Workers on other machines train it. Default: as its study says, else this machine does. */
  readonly onPool?: boolean | undefined;
}

/** Creates a run at the end of the queue, whole or not at all; the supervisor starts it when there is room. */
export function createQueuedRun(context: RunMaker, request: RunRequest): RunId {
  const { experiment, name, study, hold } = request;
  const { workspace, hub, host } = context;
  const dataset = checkedDataset(context, experiment);
  return workspace.transaction(() => {
    const shownName = name ?? experiment.name;
    const runId = workspace.runs.create({
      name: shownName,
      experiment: pinnedTo(experiment, dataset.version),
      targets: taskOf(experiment.task).targets(experiment.task),
      datasetVersionId: dataset.versionId,
      atMs: host.now(),
      study,
    });
    const ofStudy = study !== undefined && workspace.studies.get(study.id).onPool;
    if (request.onPool ?? ofStudy) workspace.poolRuns.add(runId);
    hub.append({ type: 'run.created', runId, name: shownName });
    queueRun(context, runId, hold ?? null);
    return runId;
  });
}

/** Puts a new or ended run at the end of the queue. Without a rule that which it has stays. */
export function queueRun(
  { workspace, hub }: Pick<RunMaker, 'workspace' | 'hub'>,
  runId: RunId,
  hold?: HoldRule | null,
): void {
  workspace.transaction(() => {
    if (hold !== undefined) workspace.runs.setHoldRule(runId, hold);
    const position = workspace.queue.push(runId);
    workspace.runs.update(runId, { state: 'queued', reason: null, stopRequested: false });
    hub.append({ type: 'run.queued', runId, position });
  });
}

/** A run names a version for good, also when the experiment said "the newest". */
const pinnedTo = (experiment: Experiment, version: number): Experiment => ({
  ...experiment,
  dataset: { ...experiment.dataset, version },
});

/** The experiment with the version that its dataset has now. Throws as `createQueuedRun` does. */
export function pinExperiment(context: RunMaker, experiment: Experiment): Experiment {
  return pinnedTo(experiment, checkedDataset(context, experiment).version);
}

/** The dataset, after the cheap checks of the experiment against it. */
export function checkedDataset({ workspace }: RunMaker, experiment: Experiment) {
  const dataset = workspace.datasets.detail(experiment.dataset.name, experiment.dataset.version);
  checkColumns(experiment, dataset.name, dataset.columns);
  return dataset;
}

/** The cheap part of the checks, at once; what needs the data itself is checked in a worker process (trainable.ts). */
function checkColumns(
  { task }: Experiment,
  datasetName: string,
  columns: readonly { readonly name: string; readonly kind: string }[],
): void {
  const known = columns.map((column) => column.name);
  for (const column of taskOf(task).needs(task).columns) {
    if (known.includes(column)) continue;
    const field = Object.entries(task).find(([, value]) => value === column)?.[0];
    const which = field === undefined ? '' : `, which task.${field} names`;
    throw new HindcastError(
      'unknown-column',
      `Dataset "${datasetName}" has no column "${column}"${which}; its columns are ${known.join(', ')}.`,
      { details: { column, columns: known } },
    );
  }
}

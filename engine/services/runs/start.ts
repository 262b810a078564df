// runs.start: from whatever JSON a user wrote to a queued run, or to one sentence that says what is wrong where.
import { HindcastError } from '../../contract/errors.ts';
import { type Experiment, ExperimentSchema } from '../../contract/experiment.ts';
import type { RunId } from '../../contract/ids.ts';
import { fieldIssues, issueText } from '../../contract/issues.ts';
import type { EngineContext } from '../context.ts';

/** @throws HindcastError `invalid-input` that names the field and what it must be; `details.issues` holds all of them. */
export function parseExperiment(configuration: unknown): Experiment {
  const result = ExperimentSchema.safeParse(configuration);
  if (result.success) return result.data;
  const issues = fieldIssues(result.error, configuration);
  throw new HindcastError('invalid-input', `The experiment cannot be used: ${issueText(issues)}.`, {
    details: { issues },
  });
}

/** Checks the experiment against its dataset and creates the run; the caller puts it into the queue. */
export function createRun(context: EngineContext, experiment: Experiment, name: string | undefined): RunId {
  const { workspace, hub, host } = context;
  const dataset = workspace.datasets.detail(experiment.dataset.name, experiment.dataset.version);
  checkColumns(experiment, dataset.name, dataset.columns);
  // The run names a version for good, also when the experiment said "the newest".
  const pinned = { ...experiment, dataset: { ...experiment.dataset, version: dataset.version } };
  return workspace.transaction(() => {
    const runId = workspace.runs.create({
      name: name ?? experiment.name,
      experiment: pinned,
      datasetVersionId: dataset.versionId,
      atMs: host.now(),
    });
    hub.append({ type: 'run.created', runId, name: name ?? experiment.name });
    return runId;
  });
}

/** The cheap part of the checks, at once; what needs the data itself is checked by the training process. */
function checkColumns(
  { task }: Experiment,
  datasetName: string,
  columns: readonly { readonly name: string; readonly kind: string }[],
): void {
  const known = columns.map((column) => column.name);
  for (const column of [...task.targets, ...(task.features ?? [])]) {
    if (known.includes(column)) continue;
    throw new HindcastError(
      'unknown-column',
      `Dataset "${datasetName}" has no column "${column}"; its columns are ${known.join(', ')}.`,
      { details: { column, columns: known } },
    );
  }
}

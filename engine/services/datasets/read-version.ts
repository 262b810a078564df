// What an experiment's task needs of a dataset version, read in the host: for checks of drafts and for what screens show of a run.
import type { Experiment } from '../../contract/experiment.ts';
import type { DatasetVersionId } from '../../contract/ids.ts';
import { openSeriesSource } from '../../store/series-source.ts';
import type { TaskData } from '../../tasks/task-kind.ts';
import { readData } from '../../tasks/task-of.ts';

/** @throws HindcastError for columns and series that the version lacks. */
export async function readVersion(
  workspacePath: string,
  versionId: DatasetVersionId,
  experiment: Experiment,
): Promise<TaskData> {
  const source = await openSeriesSource(workspacePath, versionId);
  try {
    return await readData(experiment, source);
  } finally {
    source.close();
  }
}

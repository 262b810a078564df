// The first step of jobs on a dataset: reads the data that the experiment's task needs.
import type { Experiment } from '../../contract/experiment/experiment.ts';
import type { TaskData } from '../../tasks/task-kind.ts';
import { type DataSource, readData } from '../../tasks/task-of.ts';

export type ClosableSource = DataSource & { close(): void };

export type OpenSource = (workspacePath: string, datasetVersionId: number) => Promise<ClosableSource>;

export interface DatasetJob {
  readonly workspacePath: string;
  readonly datasetVersionId: number;
  readonly experiment: Experiment;
}

/** Reads what the experiment's task needs; the workspace is closed again when it returns. */
export async function readTaskData(
  { workspacePath, datasetVersionId, experiment }: DatasetJob,
  openSource: OpenSource,
): Promise<TaskData> {
  const source = await openSource(workspacePath, datasetVersionId);
  try {
    return await readData(experiment, source);
  } finally {
    source.close();
  }
}

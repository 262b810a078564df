// What jobs on a dataset begin with: the series that the experiment uses.
import type { Experiment } from '../../contract/experiment.ts';
import { columnsNeeded } from '../../data/prepare.ts';
import type { Series, SeriesSource } from '../../data/series.ts';

export interface ClosableSource extends SeriesSource {
  close(): void;
}

export type OpenSource = (workspacePath: string, datasetVersionId: number) => Promise<ClosableSource>;

export interface DatasetJob {
  readonly workspacePath: string;
  readonly datasetVersionId: number;
  readonly experiment: Experiment;
}

/** Reads the columns and series of the experiment; the workspace is closed again when it returns. */
export async function readSeries(
  { workspacePath, datasetVersionId, experiment }: DatasetJob,
  openSource: OpenSource,
): Promise<{ readonly series: readonly Series[]; readonly datasetName: string }> {
  const source = await openSource(workspacePath, datasetVersionId);
  try {
    const { series: names } = experiment.task;
    const columns = columnsNeeded(experiment);
    const series = await source.read(names ? { columns, series: names } : { columns });
    return { series, datasetName: source.datasetName };
  } finally {
    source.close();
  }
}

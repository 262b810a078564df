// A dataset version prepared for an experiment, in the host: for checks of drafts and for what screens show of a run.
import type { Experiment } from '../../contract/experiment.ts';
import type { DatasetVersionId } from '../../contract/ids.ts';
import { columnsNeeded, prepareForecast } from '../../data/prepare.ts';
import type { PreparedForecast } from '../../data/prepared.ts';
import { openSeriesSource } from '../../store/series-source.ts';

/** @throws what `prepareForecast` throws. */
export async function prepareVersion(
  workspacePath: string,
  versionId: DatasetVersionId,
  experiment: Experiment,
  datasetName: string,
): Promise<PreparedForecast> {
  const source = await openSeriesSource(workspacePath, versionId);
  try {
    const columns = columnsNeeded(experiment);
    const { series: names } = experiment.task;
    const series = await source.read(names ? { columns, series: names } : { columns });
    return prepareForecast(experiment, series, datasetName);
  } finally {
    source.close();
  }
}

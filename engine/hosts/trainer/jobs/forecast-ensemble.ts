// The job `ensemble`: the forecasts of several runs, put together.
import { selectBackend } from '../../../backends/select.ts';
import type { EnsembleJob } from '../../../contract/processes/jobs/forecasts.ts';
import type { Jobs } from '../../../contract/processes/jobs/table.ts';
import { ForecastFrame } from '../../../contract/results/forecast.ts';
import { asForecastExperiment } from '../../../contract/tasks/forecast-experiment.ts';
import { createParameterSet } from '../../../models/parameters.ts';
import { ensembleOf, type Member } from '../../../tasks/forecast/ensemble/ensemble.ts';
import { valuesFrame } from '../../../tasks/forecast/exports/predictions.ts';
import { calibrateModel, finished } from '../../../tasks/forecast/intervals.ts';
import { prepareForecast } from '../../../tasks/forecast/preparation/prepare.ts';
import { modelFor } from '../../../tasks/forecast/training/model.ts';
import { forecastsOfPart } from '../../../tasks/forecast/views/views.ts';
import { seriesOf } from '../../../tasks/task-kind.ts';
import { decodeWeights } from '../../../training/weights.ts';
import { type OpenSource, readTaskData } from '../prepare-job.ts';
import type { Job } from './job.ts';

export const ensembleJob: Job<Jobs['ensemble']> = {
  async run({ members: given, way, withForecasts }, { openSource }) {
    const members: Member[] = [];
    for (const member of given) members.push(await forecastsOf(member, way === 'weights', openSource));
    const { values, weights, scores, windows } = ensembleOf(members, way);
    const { prepared } = members[0]!.test;
    const forecasts = withForecasts ? ForecastFrame.encode(valuesFrame(prepared, 'test', values)) : null;
    return { weights, scores, windows, forecasts };
  },
};

/** Of the test part, and of the validation part where shares are chosen by it. */
export async function forecastsOf(
  member: EnsembleJob['members'][number],
  withValidation: boolean,
  openSource: OpenSource,
): Promise<Member> {
  const experiment = asForecastExperiment(member.experiment);
  const { series, name } = seriesOf(await readTaskData(member, openSource));
  const prepared = prepareForecast(experiment, series, name);
  const { backend, allowBackendFallback: allowFallback } = experiment;
  await selectBackend(backend, { allowFallback, threads: 1 });
  const model = modelFor(experiment, prepared);
  const parameters = createParameterSet(model.specs, decodeWeights(member.model.weights));
  try {
    const { weight } = parameters;
    const calibration = () => finished(calibrateModel({ experiment, prepared, model, weight }));
    const partOf = (part: 'test' | 'validation') =>
      forecastsOfPart({ experiment, prepared, baselines: [], part, weight, calibration });
    return {
      runId: member.runId,
      test: partOf('test'),
      validation: withValidation ? partOf('validation') : null,
    };
  } finally {
    parameters.dispose();
  }
}

// The job `audit`: looks for leaks of the future into the forecasts of a run.
import { selectBackend } from '../../../backends/select.ts';
import type { Jobs } from '../../../contract/processes/jobs/table.ts';
import { asForecastExperiment } from '../../../contract/tasks/forecast-experiment.ts';
import { createParameterSet } from '../../../models/parameters.ts';
import { audit } from '../../../tasks/forecast/audit.ts';
import { prepareForecast } from '../../../tasks/forecast/preparation/prepare.ts';
import { modelFor } from '../../../tasks/forecast/training/model.ts';
import { forecastBatches } from '../../../tasks/forecast/training/pass.ts';
import { seriesOf } from '../../../tasks/task-kind.ts';
import { seedRandomStream } from '../../../training/random-streams.ts';
import { decodeWeights } from '../../../training/weights.ts';
import { readTaskData } from '../prepare-job.ts';
import type { Job } from './job.ts';

export const auditJob: Job<Jobs['audit']> = {
  async run(job, { openSource }) {
    const experiment = asForecastExperiment(job.experiment);
    const { series, name } = seriesOf(await readTaskData(job, openSource));
    const { backend, allowBackendFallback: allowFallback } = experiment;
    await selectBackend(backend, { allowFallback, threads: job.threads });
    const prepare = (given: typeof series) => prepareForecast(experiment, given, name);
    const model = modelFor(experiment, prepare(series));
    const parameters = createParameterSet(model.specs, decodeWeights(job.model.weights));
    const random = seedRandomStream(1, 'audit');
    try {
      return audit({
        runId: job.runId,
        series,
        knownAhead: [...(experiment.task.knownAhead ?? []), ...(experiment.task.staticFeatures ?? [])],
        prepare,
        forecast(prepared, window) {
          const { series: of, origin } = prepared.windows.test;
          const set = {
            series: of.subarray(window, window + 1),
            origin: origin.subarray(window, window + 1),
            count: 1,
          };
          const { weight } = parameters;
          const [batch] = forecastBatches({ data: prepared, set, model, weight, size: 1 });
          return prepared.toOriginal(set, batch!.indices, batch!.forecasts);
        },
        uniform: () => random.uniform(),
      });
    } finally {
      parameters.dispose();
    }
  },
};

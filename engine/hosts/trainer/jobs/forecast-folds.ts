// The job `folds`: the folds of backtests one after the other, each with its forecasts put together, and intervals by the folds before.
import type { FoundFold } from '../../../contract/processes/jobs/forecasts.ts';
import type { Jobs } from '../../../contract/processes/jobs/table.ts';
import { asForecastExperiment } from '../../../contract/tasks/forecast-experiment.ts';
import { ensembleOf, type Member } from '../../../tasks/forecast/ensemble/ensemble.ts';
import { createFoldCalibration } from '../../../tasks/forecast/ensemble/fold-intervals.ts';
import { forecastsOf } from '../../../tasks/forecast/ensemble/forecast-ensemble.ts';
import { memberOf } from './ensemble.ts';
import type { Job } from './job.ts';

export const foldsJob: Job<Jobs['folds']> = {
  async run({ folds, way, levels }, { openSource }) {
    const calibration = createFoldCalibration(levels);
    const found: FoundFold[] = [];
    for (const { members: given } of folds) {
      const members: Member[] = [];
      for (const member of given) {
        const experiment = asForecastExperiment(member.experiment);
        members.push(await forecastsOf({ ...memberOf(member, openSource), experiment }, way === 'weights'));
      }
      const { values, scores, windows } = ensembleOf(members, way);
      const together = { ...members[0]!.test, values };
      found.push({ scores, windows, ...timesOf(together), intervals: calibration.judge(together) });
      calibration.learn(together);
    }
    return { folds: found };
  },
};

/** Of the first and the last origin, whichever series has them. */
function timesOf({ prepared, part }: Member['test']): Pick<FoundFold, 'fromUs' | 'untilUs'> {
  const { series, origin, count } = prepared.windows[part];
  let [fromUs, untilUs] = [Infinity, -Infinity];
  for (let window = 0; window < count; window += 1) {
    const time = Number(prepared.series[series[window]!]!.times[origin[window]!]!);
    fromUs = Math.min(fromUs, time);
    untilUs = Math.max(untilUs, time);
  }
  return { fromUs, untilUs };
}

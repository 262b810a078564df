// The forecasts of a whole part as exports have them: beside those of the baselines, with what is in no score and why, what
// standardized scores are divided by, and what the forecasts come to.
import type { ForecastFrame } from '../../../contract/results/forecast.ts';
import { quantileLevels } from '../../../contract/tasks/forecast.ts';
import { finished } from '../../finished.ts';
import { modelQuantiles } from '../intervals.ts';
import type { ForecastPass } from '../training/pass.ts';
import type { HorizonErrorsOptions } from '../views/horizon-errors.ts';
import { summaryOf } from '../views/summary.ts';
import { forecastFrame, partSubject } from './predictions.ts';
import { leftOutOrigins, trainingStatistics, unscoredReasons } from './unscored.ts';

/** @throws HindcastError `invalid-input` for more rows than a frame can hold. */
export function partFrame(
  subject: HorizonErrorsOptions,
  pass: Pick<ForecastPass, 'model' | 'weight' | 'size'>,
): ForecastFrame {
  const { experiment, prepared, baselines, part } = subject;
  const { evaluation } = experiment;
  const reasons = unscoredReasons(prepared, part, evaluation);
  const levels = quantileLevels(experiment.task);
  const of = levels && finished(modelQuantiles({ experiment, prepared, ...pass }, part));
  const quantiles = levels && of ? { levels, of } : undefined;
  const beside = { baselines, reasons, quantiles };
  const { header, columns } = forecastFrame(partSubject(prepared, part), part, pass, beside);
  return {
    header: {
      ...header,
      training: trainingStatistics(prepared),
      leftOut: leftOutOrigins(prepared, part, evaluation),
      // The rows of the frame are the cells of the windows in their order.
      summary: summaryOf({
        ...subject,
        values: columns.forecast,
        quantiles: levels ? columns.quantile : null,
      }),
    },
    columns,
  };
}

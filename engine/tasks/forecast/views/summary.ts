// What the forecasts of a part come to, for report and tables: the figures that the page of the run shows.
import type { ForecastSummary } from '../../../contract/results/forecast.ts';
import type { ShownSeries } from '../../../contract/results/forecast-errors.ts';
import { horizonErrors } from './horizon-errors.ts';
import { intervalsOfPart } from './interval-result.ts';
import {
  errorsByStep,
  MOST_WORST,
  type PartForecasts,
  scoresBySeries,
  windowsBySeries,
  worstOrigins,
} from './result.ts';

/** Pairs of series and target that are looked at closely. */
export const MOST_SHOWN = 4;

export function summaryOf(forecasts: PartForecasts): ForecastSummary {
  const { prepared, part, values, quantiles = null } = forecasts;
  const indices = Int32Array.from({ length: prepared.windows[part].count }, (_, window) => window);
  const intervals = intervalsOfPart(forecasts);
  return {
    errors: horizonErrors(forecasts, [{ indices, forecasts: values, quantiles }]),
    bySeries: scoresBySeries(forecasts),
    shown: shownSeries(forecasts),
    ...(intervals && { intervals }),
  };
}

function shownSeries(forecasts: PartForecasts): ShownSeries[] {
  const { series: all, targetNames } = forecasts.prepared;
  return [...windowsBySeries(forecasts)]
    .slice(0, MOST_SHOWN)
    .flatMap(([series, windows]) =>
      targetNames.map((name, target) => ({ name, choice: { series, windows, target } })),
    )
    .slice(0, MOST_SHOWN)
    .map(({ name, choice }) => ({
      series: all[choice.series]!.name,
      target: name,
      errorByStep: errorsByStep(forecasts, choice),
      worst: worstOrigins(forecasts, choice, MOST_WORST),
    }));
}

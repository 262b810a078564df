// Forecasts that need no training, scored exactly as the model is: what a model must beat to be worth anything.
//
// repeat: the last known value at or before the origin, at every step.
// seasonal-naive: the value one season before, at the same place of the season; the latest season that knows it, so steps
// beyond the first season repeat the season before the origin. Where no season knows it: as repeat.
// A series without any known value before the origin is forecast by its training mean. Only rows up to the origin are read.
import type { Score } from '../contract/run.ts';
import type { ForecastExperiment } from '../contract/tasks/forecast-experiment.ts';
import { detectFrequency, seasonOf } from '../data/frequency.ts';
import type { PreparedForecast, PreparedSeries } from '../data/prepared.ts';
import { createScoreKeeper, type ScoredPart } from './metrics.ts';

/** Fills [horizon, targets] from `start` on, original units, for the origin at that row of that series. */
type Baseline = (series: number, origin: number, out: Float64Array, start: number) => void;

/** Windows forecast at a time. */
const BATCH_WINDOWS = 64;

export interface BaselineForecaster {
  readonly subject: string;
  readonly fill: Baseline;
}

/** `repeat` and, where a season is set or the frequency of every series suggests one, `seasonal-naive`. */
export function baselinesOf(
  prepared: PreparedForecast,
  experiment: ForecastExperiment,
): BaselineForecaster[] {
  const repeat = { subject: 'repeat', fill: repeatBaseline(prepared) };
  const seasons = seasonsOf(prepared.series, experiment);
  if (seasons === null) return [repeat];
  return [repeat, { subject: 'seasonal-naive', fill: seasonalBaseline(prepared, seasons) }];
}

/** Scores of `repeat` and, where a season is set or the frequency of every series suggests one, `seasonal-naive`. */
export function scoreBaselines(
  prepared: PreparedForecast,
  part: ScoredPart,
  experiment: ForecastExperiment,
): Score[] {
  return baselinesOf(prepared, experiment).flatMap(({ subject, fill }) =>
    scoreBaseline(subject, fill, { prepared, part, experiment }),
  );
}

/** Rows of a season, by series; null where one of them has none. */
function seasonsOf(series: readonly PreparedSeries[], experiment: ForecastExperiment): number[] | null {
  const { season } = experiment.evaluation;
  const seasons = series.map(({ times }) => season ?? seasonOf(detectFrequency(times)));
  return seasons.every((one) => one !== null) ? seasons : null;
}

interface Scoring {
  readonly prepared: PreparedForecast;
  readonly part: ScoredPart;
  readonly experiment: ForecastExperiment;
}

function scoreBaseline(
  subject: string,
  baseline: Baseline,
  { prepared, part, experiment }: Scoring,
): Score[] {
  const keeper = createScoreKeeper(prepared, part, experiment.evaluation, experiment.task);
  const set = prepared.windows[part];
  const cells = prepared.horizon * prepared.targetNames.length;
  const out = new Float64Array(BATCH_WINDOWS * cells);
  for (let first = 0; first < set.count; first += BATCH_WINDOWS) {
    const size = Math.min(BATCH_WINDOWS, set.count - first);
    const indices = Int32Array.from({ length: size }, (_, place) => first + place);
    indices.forEach((index, place) => {
      baseline(set.series[index]!, set.origin[index]!, out, place * cells);
    });
    keeper.add(indices, out);
  }
  return keeper.finish(subject);
}

function repeatBaseline({ series, horizon }: PreparedForecast): Baseline {
  const lasts = series.map(lastKnownValues);
  return (index, origin, out, start) => {
    const width = lasts[index]!.length;
    for (let cell = 0; cell < horizon * width; cell += 1) {
      out[start + cell] = lasts[index]![cell % width]![origin]!;
    }
  };
}

function seasonalBaseline({ series, horizon }: PreparedForecast, seasons: readonly number[]): Baseline {
  const lasts = series.map(lastKnownValues);
  return (index, origin, out, start) => {
    const { actuals } = series[index]!;
    const season = seasons[index]!;
    const width = actuals.length;
    for (let cell = 0; cell < horizon * width; cell += 1) {
      const target = cell % width;
      const values = actuals[target]!;
      const step = Math.floor(cell / width) + 1;
      let row = origin + step - season * Math.ceil(step / season);
      while (row >= 0 && Number.isNaN(values[row])) row -= season;
      out[start + cell] = row >= 0 ? values[row]! : lasts[index]![target]![origin]!;
    }
  };
}

/** By target: [rows] the last known value at or before each row; the training mean before the first one. */
function lastKnownValues({ actuals, trainMean }: PreparedSeries): Float64Array[] {
  return actuals.map((values, target) => {
    let last = trainMean[target]!;
    return values.map((value) => {
      if (!Number.isNaN(value)) last = value;
      return last;
    });
  });
}

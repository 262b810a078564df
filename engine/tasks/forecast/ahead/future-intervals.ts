// Intervals of what comes after the last rows: by the calibration of the run and, where intervals follow the errors, by the moves
// behind the last row of its data. The card of an exported model has the same moves.
import type { CardIntervals } from '../../../contract/runs/export.ts';
import { scalesOf } from '../../../evaluation/intervals/calibration.ts';
import { conformal } from '../../../evaluation/intervals/conformal.ts';
import type { IntervalMaker } from '../../../evaluation/intervals/interval-method.ts';
import { intervalData } from '../../../evaluation/intervals/of-part.ts';
import { intervalMethod } from '../../../evaluation/intervals/registry.ts';
import { finished } from '../../finished.ts';
import { calibrateModel, quantileMaker, type TrainedForecast } from '../intervals.ts';
import { forecastBatches } from '../training/pass.ts';
import { validationBatchSize } from '../training/training.ts';
import type { FutureWindows } from './future.ts';

/** What is added to the quantiles of a forecast, in the unit of the data; null where the task calibrates nothing. */
export function movesAhead(trained: TrainedForecast): CardIntervals | null {
  const { experiment, prepared } = trained;
  const calibration = finished(calibrateModel(trained));
  const method = intervalMethod(experiment.task);
  if (calibration === null || method === null) return null;
  const maker = method.create(intervalData(prepared, 'test'), calibration);
  if (method.isSequential) followTest(trained, maker);
  const width = prepared.targetNames.length;
  const scales = scalesOf(prepared.series);
  return {
    method: method.label,
    levels: [...calibration.levels],
    series: prepared.series.map(({ name }, index) => ({
      name,
      moves: maker
        .movesAtEnd(index)
        .map((moves) => Array.from(moves, (move, at) => move * scales[index]![at % width]!)),
    })),
  };
}

/** Every forecast of the test part, in order, so that the moves follow its errors. */
function followTest(trained: TrainedForecast, maker: IntervalMaker): void {
  const { experiment, prepared, model, weight } = trained;
  const set = prepared.windows.test;
  const size = validationBatchSize(experiment.training.batchSize);
  const quantilesOf = quantileMaker(prepared, set, maker);
  for (const batch of forecastBatches({ data: prepared, set, model, weight, size })) {
    quantilesOf(batch, prepared.toOriginal(set, batch.indices, batch.forecasts));
  }
}

/** Moves by series of the run; a run of one series forecasts series of any name. */
function movesOf({ series }: CardIntervals, name: string): readonly (readonly number[])[] | undefined {
  return (series.length === 1 ? series[0] : series.find((one) => one.name === name))?.moves;
}

export const namesWithoutIntervals = (intervals: CardIntervals, { seriesNames }: FutureWindows): string[] =>
  seriesNames.filter((name) => movesOf(intervals, name) === undefined);

export function withoutIntervalsNote(intervals: CardIntervals, future: FutureWindows): string[] {
  const names = namesWithoutIntervals(intervals, future);
  if (names.length === 0) return [];
  return [
    `No intervals for ${names.join(', ')}: they were calibrated on other series, whose errors may be of another size.`,
  ];
}

/** NaN for a series that the run does not know. */
export function intervalsAhead(intervals: CardIntervals, future: FutureWindows): IntervalMaker {
  const { windows, horizon, seriesNames, targetNames } = future;
  const cells = horizon * targetNames.length;
  const { levels } = intervals;
  const ones = new Float64Array(targetNames.length).fill(1);
  const data = {
    set: windows,
    horizon,
    width: targetNames.length,
    scales: seriesNames.map(() => ones),
    actual: () => Number.NaN,
  };
  const unknown = levels.map(() => new Float64Array(cells).fill(Number.NaN));
  const makers = seriesNames.map((name) => {
    const moves = movesOf(intervals, name)?.map((one) => Float64Array.from(one)) ?? unknown;
    return conformal.create(data, { levels, moves });
  });
  return {
    of(indices, forecasts, own) {
      const out = levels.map(() => new Float64Array(forecasts.length));
      for (let at = 0; at < indices.length; at += 1) {
        const window = indices[at]!;
        const ofWindow = (all: Float64Array) => all.subarray(at * cells, (at + 1) * cells);
        const maker = makers[windows.series[window]!]!;
        maker.of([window], ofWindow(forecasts), own?.map(ofWindow) ?? null).forEach((values, level) => {
          out[level]!.set(values, at * cells);
        });
      }
      return out;
    },
    movesAtEnd: (series) => makers[series]!.movesAtEnd(series),
  };
}

// Split-conformal intervals over the folds of a backtest: the errors of all earlier folds, whose true values are known when a fold begins,
// calibrate its intervals. Each step ahead and each target has errors of its own, in standard deviations of the fold's training rows.
import type { FoldIntervals } from '../../../contract/studies/folds.ts';
import type { PreparedForecast } from '../../../data/prepared.ts';
import { conformalQuantile, errorsNeeded, scalesOf } from '../../../evaluation/intervals/calibration.ts';
import type { PartForecasts } from '../views/result.ts';

/** Lower and upper end. */
export type Levels = readonly [number, number];

type Forecasts = Pick<PartForecasts, 'prepared' | 'part' | 'values' | 'experiment'>;

export interface FoldCalibration {
  /** Of a fold by the errors learnt so far; null where a step or a target has too few of them. */
  judge(fold: Forecasts): FoldIntervals | null;
  /** After it was judged. */
  learn(fold: Forecasts): void;
}

export function createFoldCalibration(levels: Levels): FoldCalibration {
  /** By cell of a window: step and target. */
  const errors: number[][] = [];

  return {
    judge(fold) {
      const { horizon, targetNames, series } = fold.prepared;
      const cells = horizon * targetNames.length;
      if (fewest(errors, cells) < errorsNeeded(levels)) return null;
      const sorted = errors.map((list) => Float64Array.from(list).sort());
      const [low, high] = levels.map((level) => sorted.map((list) => conformalQuantile(list, level)));
      const isStandardized = fold.experiment.evaluation.scale === 'standardized';
      const found = { inside: 0, width: 0, count: 0 };
      eachError(fold, ({ cell, error, scale }) => {
        if (error >= low![cell]! && error <= high![cell]!) found.inside += 1;
        found.width += (high![cell]! - low![cell]!) * (isStandardized ? 1 : scale);
        found.count += 1;
      });
      if (found.count === 0 || series.length === 0) return null;
      return {
        coverage: found.inside / found.count,
        width: found.width / found.count,
        cells: found.count,
      };
    },
    learn(fold) {
      eachError(fold, ({ cell, error }) => {
        errors[cell] ??= [];
        errors[cell].push(error);
      });
    },
  };
}

const fewest = (errors: readonly (readonly number[])[], cells: number): number =>
  Math.min(...Array.from({ length: cells }, (_, cell) => errors[cell]?.length ?? 0));

/** Over all of `found`, each true value weighing alike; null of none. */
export function pooledIntervals(found: readonly (FoldIntervals | null)[]): FoldIntervals | null {
  const known = found.filter((one) => one !== null);
  const cells = known.reduce((sum, one) => sum + one.cells, 0);
  if (cells === 0) return null;
  const mean = (of: (one: FoldIntervals) => number): number =>
    known.reduce((sum, one) => sum + (of(one) * one.cells) / cells, 0);
  return { coverage: mean(({ coverage }) => coverage), width: mean(({ width }) => width), cells };
}

interface CellError {
  readonly cell: number;
  /** Truth - forecast, in standard deviations of the training rows. */
  readonly error: number;
  readonly scale: number;
}

/** Without the cells whose truth is unknown. */
function eachError({ prepared, part, values }: Forecasts, visit: (found: CellError) => void): void {
  const { horizon, targetNames } = prepared;
  const { series, origin, count } = prepared.windows[part];
  const scales = scalesOf(prepared.series);
  const width = targetNames.length;
  const cells = horizon * width;
  for (let window = 0; window < count; window += 1) {
    const index = series[window]!;
    const first = origin[window]! + 1;
    for (let cell = 0; cell < cells; cell += 1) {
      const target = cell % width;
      const actual = actualOf(prepared, index, target, first + (cell - target) / width);
      if (Number.isNaN(actual)) continue;
      const scale = scales[index]![target]!;
      visit({ cell, error: (actual - values[window * cells + cell]!) / scale, scale });
    }
  }
}

const actualOf = ({ series }: PreparedForecast, index: number, target: number, row: number): number =>
  series[index]!.actuals[target]![row] ?? Number.NaN;

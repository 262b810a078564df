// Scores of forecasts on one part: each metric over windows x steps x targets, without the cells whose true value is missing.
//
// Errors are in original units. In the unit `standardized` each error is divided by the standard deviation of the known training
// rows of its series and target, which is the error of the values scaled by mean and standard deviation. Where that deviation is
// 0 the unit does not exist, and the cells are left out.
// The mean over all targets weighs every known cell alike.
import { HindcastError } from '../contract/errors.ts';
import type { Evaluation } from '../contract/experiment.ts';
import type { Score } from '../contract/run.ts';
import type { ForecastTask } from '../contract/tasks/forecast.ts';
import type { Part, PreparedForecast } from '../data/prepared.ts';
import { scoredWindows } from '../data/windows.ts';
import type { Metric, MetricState } from './metrics/metric.ts';
import { findMetric } from './metrics/registry.ts';

export type ScoredPart = Exclude<Part, 'train'>;

/** A score of some cells by each metric of the task, in its order. */
export interface PartialScore {
  /** By name of the metric; NaN where no cell is known. */
  readonly values: Readonly<Record<string, number>>;
  readonly count: number;
}

export interface ScoreKeeper {
  /** Windows that are scored: those of the part, less a last partial batch that is to be dropped. */
  readonly windows: number;
  /**
   * Takes in forecasts of the windows with these indices: [indices.length, horizon, targets], original units. Each window
   * is added once; windows that are not scored are passed over. The order of the windows decides the last bit of a score.
   */
  add(indices: ArrayLike<number>, originalForecasts: Float64Array): void;
  /** Each metric of all that has scores. */
  finish(subject: string): Score[];
  /** What has scores: all targets together (null) and, where there are several, each that can be scored. */
  readonly targets: readonly (string | null)[];
  /** [horizon] by steps after the origin; null: over all targets. */
  byHorizon(target?: string | null): PartialScore[];
  /** [series] over all steps and targets; null for a series without a scored window. Only where the keeper was made `bySeries`. */
  bySeries(): (PartialScore | null)[];
}

export interface ScoreKeeperOptions {
  /** Default: those of the registry. */
  readonly metrics?: readonly Metric[];
  /** Keeps scores of each series too, which takes as long again. */
  readonly bySeries?: boolean;
}

/** Cells whose score is kept together: one state for each metric. */
interface Cell {
  readonly states: readonly MetricState[];
  count: number;
}

/** Scores forecasts for `part` of the prepared data. */
export function createScoreKeeper(
  prepared: PreparedForecast,
  part: ScoredPart,
  evaluation: Evaluation,
  task: Pick<ForecastTask, 'metrics'>,
  options: ScoreKeeperOptions = {},
): ScoreKeeper {
  const { horizon, targetNames, series } = prepared;
  const set = prepared.windows[part];
  const windows = scoredWindows(set, evaluation);
  const width = targetNames.length;
  const cells = horizon * width;
  const metrics = task.metrics.map((name) => findMetric(name, options.metrics));
  const createCell = (): Cell => ({ states: metrics.map((metric) => metric.createState()), count: 0 });
  const byCell = Array.from({ length: cells }, createCell); // [horizon, targets]
  const ofSeries = options.bySeries ? series.map(createCell) : null;
  const isScaled = evaluation.scale === 'standardized';

  function add(indices: ArrayLike<number>, originalForecasts: Float64Array): void {
    if (originalForecasts.length < indices.length * cells) {
      const message = `${originalForecasts.length} forecasts are too few for ${indices.length} windows of ${cells} cells.`;
      throw new HindcastError('internal', message);
    }
    for (let position = 0; position < indices.length; position += 1) {
      const index = indices[position]!;
      if (index < windows) addWindow(index, originalForecasts, position * cells);
    }
  }

  function addWindow(index: number, forecasts: Float64Array, start: number): void {
    const { actuals, trainStd } = series[set.series[index]!]!;
    const own = ofSeries?.[set.series[index]!];
    const first = set.origin[index]! + 1;
    for (let target = 0; target < width; target += 1) {
      const values = actuals[target]!;
      const unit = isScaled ? trainStd[target]! : 1;
      if (unit === 0) continue;
      for (let step = 0; step < horizon; step += 1) {
        const actual = values[first + step]!;
        if (Number.isNaN(actual)) continue;
        const at = step * width + target;
        const forecast = forecasts[start + at]!;
        addTo(byCell[at]!, forecast, actual, unit);
        if (own) addTo(own, forecast, actual, unit);
      }
    }
  }

  const scoreOf = (chosen: readonly Cell[]): PartialScore => {
    const whole = chosen.reduce(mergeCells, createCell());
    return {
      values: Object.fromEntries(metrics.map(({ name }, index) => [name, whole.states[index]!.value()])),
      count: whole.count,
    };
  };

  const isScored = (target: number): boolean =>
    !isScaled || series.some(({ trainStd }) => trainStd[target]! > 0);
  const targets = [null, ...(width > 1 ? targetNames.filter((_, target) => isScored(target)) : [])];

  /** `byCell`, or a part of it that begins with the first target. */
  const ofTarget = (cellsOfAll: readonly Cell[], target: string | null): readonly Cell[] => {
    const column = target === null ? null : targetNames.indexOf(target);
    return cellsOfAll.filter((_, at) => column === null || at % width === column);
  };

  function finish(subject: string): Score[] {
    const groups = targets.map((target) => ({ target, score: scoreOf(ofTarget(byCell, target)) }));
    const unit = evaluation.scale;
    return metrics.flatMap(({ name: metric }) =>
      groups.map(({ target, score: { values, count } }) => {
        return { part, subject, metric, unit, target, value: values[metric]!, count };
      }),
    );
  }

  return {
    windows,
    add,
    finish,
    targets,
    byHorizon: (target = null) =>
      Array.from({ length: horizon }, (_, step) =>
        scoreOf(ofTarget(byCell.slice(step * width, (step + 1) * width), target)),
      ),
    bySeries: () => (ofSeries ?? []).map((cell) => (cell.count === 0 ? null : scoreOf([cell]))),
  };
}

function addTo(cell: Cell, forecast: number, actual: number, unit: number): void {
  for (const state of cell.states) state.add(forecast, actual, unit);
  cell.count += 1;
}

function mergeCells(whole: Cell, cell: Cell): Cell {
  whole.states.forEach((state, index) => {
    state.merge(cell.states[index]!);
  });
  whole.count += cell.count;
  return whole;
}

// Scores of forecasts on one part: each metric over windows x steps x targets, without the cells whose true value is missing.
//
// Errors are in original units. In the unit `standardized` each error is divided by the standard deviation of the known training
// rows of its series and target, which is the error of the values scaled by mean and standard deviation. Where that deviation is
// 0 the unit does not exist, and the cells are left out. A metric may leave out further series and targets (metrics/metric.ts).
// The mean over all targets weighs every known cell alike.

import type { Evaluation } from '../contract/experiment/experiment.ts';
import type { Score } from '../contract/runs/run.ts';
import { type ForecastTask, type IntervalChoice, quantileLevels } from '../contract/tasks/forecast.ts';
import { HindcastError } from '../contract/values/errors.ts';
import type { Part, PreparedForecast } from '../data/prepared.ts';
import { scoredWindows } from '../data/windows.ts';
import { type Channel, channelsOf } from './channel.ts';
import type { Metric, MetricState, ScoredCell } from './metrics/metric.ts';
import { findMetric } from './metrics/registry.ts';

export type ScoredPart = Exclude<Part, 'train'>;

/** A score of some cells by each metric of the task, in its order. */
export interface PartialScore {
  /** By name of the metric; NaN where no cell is known. */
  readonly values: Readonly<Record<string, number>>;
  /** Known cells. */
  readonly count: number;
  /** [metrics] those of them that each metric has a score of. */
  readonly counts: Float64Array;
}

export interface ScoreKeeper {
  /** Windows that are scored: those of the part, less a last partial batch that is to be dropped. */
  readonly windows: number;
  /**
   * Takes in forecasts of the windows with these indices: [indices.length, horizon, targets], original units. Each window
   * is added once; windows that are not scored are passed over. The order of the windows decides the last bit of a score.
   * `quantiles`: by level of the task, laid out as the forecasts; without them each quantile is the forecast itself.
   */
  add(indices: ArrayLike<number>, originalForecasts: Float64Array, quantiles?: Quantiles | null): void;
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
  /** [metrics] how many cells each has a score of. */
  readonly counts: Float64Array;
  count: number;
}

/** Scores forecasts for `part` of the prepared data. */
export function createScoreKeeper(
  prepared: PreparedForecast,
  part: ScoredPart,
  evaluation: Evaluation,
  task: Pick<ForecastTask, 'metrics'> & IntervalChoice,
  options: ScoreKeeperOptions = {},
): ScoreKeeper {
  const { horizon, targetNames, series } = prepared;
  const set = prepared.windows[part];
  const windows = scoredWindows(set, evaluation);
  const width = targetNames.length;
  const cells = horizon * width;
  const metrics = task.metrics.map((name) => findMetric(name, options.metrics));
  const createCell = (): Cell => ({
    states: metrics.map((metric) => metric.createState()),
    counts: new Float64Array(metrics.length),
    count: 0,
  });
  const byCell = Array.from({ length: cells }, createCell); // [horizon, targets]
  const ofSeries = options.bySeries ? series.map(createCell) : null;
  const isScaled = evaluation.scale === 'standardized';
  const levels = quantileLevels(task) ?? [];
  const channels = channelsOf(prepared, evaluation).map((own) =>
    own.map((channel) => new ScoredChannel(channel, metrics, levels)),
  );

  function add(
    indices: ArrayLike<number>,
    originalForecasts: Float64Array,
    quantiles: Quantiles | null = null,
  ): void {
    if (originalForecasts.length < indices.length * cells) {
      const message = `${originalForecasts.length} forecasts are too few for ${indices.length} windows of ${cells} cells.`;
      throw new HindcastError('internal', message);
    }
    for (let position = 0; position < indices.length; position += 1) {
      const index = indices[position]!;
      if (index < windows)
        addWindow(index, { values: originalForecasts, quantiles, start: position * cells });
    }
  }

  function addWindow(index: number, { values: forecasts, quantiles, start }: WindowForecast): void {
    const { actuals, trainStd } = series[set.series[index]!]!;
    const own = ofSeries?.[set.series[index]!];
    const first = set.origin[index]! + 1;
    for (let target = 0; target < width; target += 1) {
      const values = actuals[target]!;
      const unit = isScaled ? trainStd[target]! : 1;
      if (unit === 0) continue;
      const channel = channels[set.series[index]!]![target]!;
      channel.startWindow(first - 1, unit);
      for (let step = 0; step < horizon; step += 1) {
        const actual = values[first + step]!;
        if (Number.isNaN(actual)) continue;
        const at = step * width + target;
        const forecast = forecasts[start + at]!;
        channel.see(forecast, quantiles, start + at, step + 1);
        channel.addTo(byCell[at]!, forecast, actual);
        if (own) channel.addTo(own, forecast, actual);
      }
    }
  }

  const scoreOf = (chosen: readonly Cell[]): PartialScore => {
    const whole = chosen.reduce(mergeCells, createCell());
    return {
      values: Object.fromEntries(metrics.map(({ name }, index) => [name, whole.states[index]!.value()])),
      counts: whole.counts,
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

  const hasScore = (metric: number, target: string | null): boolean =>
    target === null ||
    channels.some((own) => own[targetNames.indexOf(target)]!.metrics.some((index) => index === metric));

  function finish(subject: string): Score[] {
    const groups = targets.map((target) => ({ target, score: scoreOf(ofTarget(byCell, target)) }));
    const unit = evaluation.scale;
    return metrics.flatMap(({ name: metric }, index) =>
      groups
        .filter(({ target }) => hasScore(index, target))
        .map(({ target, score: { values, counts } }) => {
          return { part, subject, metric, unit, target, value: values[metric]!, count: counts[index]! };
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

/** By level: [windows, horizon, targets] original units. */
export type Quantiles = readonly Float64Array[];

interface WindowForecast {
  readonly values: Float64Array;
  readonly quantiles: Quantiles | null;
  /** Where the window begins in each of the arrays. */
  readonly start: number;
}

/** A series and target at one origin after the other. */
class ScoredChannel implements ScoredCell {
  readonly channel: Channel;
  /** Indices of those that score it. */
  readonly metrics: readonly number[];
  #origin = 0;
  #unit = 1;
  #last: number | undefined;
  readonly levels: readonly number[];
  #forecast = 0;
  #quantiles: Quantiles | null = null;
  #at = 0;
  #step = 1;

  constructor(channel: Channel, metrics: readonly Metric[], levels: readonly number[]) {
    this.channel = channel;
    this.levels = levels;
    this.metrics = metrics.flatMap((metric, index) => (metric.leavesOut?.(channel) ? [] : [index]));
  }

  startWindow(origin: number, unit: number): void {
    this.#origin = origin;
    this.#unit = unit;
    this.#last = undefined;
  }

  last(): number {
    this.#last ??= this.channel.lastKnown(this.#origin);
    return this.#last;
  }

  naive2(): number {
    return this.channel.naive2()(this.last(), this.#origin, this.#step);
  }

  /** The cell that is added next, that many steps after the origin. */
  see(forecast: number, quantiles: Quantiles | null, at: number, step: number): void {
    this.#step = step;
    this.#forecast = forecast;
    this.#quantiles = quantiles;
    this.#at = at;
  }

  quantile(level: number): number {
    return this.#quantiles === null ? this.#forecast : this.#quantiles[level]![this.#at]!;
  }

  addTo(cell: Cell, forecast: number, actual: number): void {
    for (const index of this.metrics) {
      cell.states[index]!.add(forecast, actual, this.#unit, this);
      cell.counts[index]! += 1;
    }
    cell.count += 1;
  }
}

function mergeCells(whole: Cell, cell: Cell): Cell {
  whole.states.forEach((state, index) => {
    state.merge(cell.states[index]!);
    whole.counts[index]! += cell.counts[index]!;
  });
  whole.count += cell.count;
  return whole;
}

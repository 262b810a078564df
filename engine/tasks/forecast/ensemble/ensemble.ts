// Puts the forecasts of several runs together, and scores the result on the test part as a run is scored. Shares are chosen on the
// validation part alone.
import {
  ENSEMBLE,
  type EnsembleScore,
  type EnsembleWay,
  memberSubject,
} from '../../../contract/studies/ensemble.ts';
import { HindcastError } from '../../../contract/values/errors.ts';
import type { PreparedForecast } from '../../../data/prepared.ts';
import { findMetric } from '../../../evaluation/metrics/registry.ts';
import { createScoreKeeper } from '../../../evaluation/score-keeper.ts';
import type { ScoredPart } from '../../task-kind.ts';
import type { PartForecasts } from '../views/result.ts';
import { combine } from './combine.ts';
import { leastSquaresShares } from './weights.ts';

export interface Member {
  readonly runId: number;
  readonly test: PartForecasts;
  /** Where shares are chosen by it. */
  readonly validation: PartForecasts | null;
}

export interface Ensemble {
  /** [test windows, horizon, targets] original units. */
  readonly values: Float64Array;
  /** Of the members; null: they have none. */
  readonly weights: readonly number[] | null;
  readonly scores: readonly EnsembleScore[];
  readonly windows: number;
}

/** @throws HindcastError `conflict` where the members forecast other windows */
export function ensembleOf(members: readonly Member[], way: EnsembleWay): Ensemble {
  const first = members[0]!.test;
  for (const { runId, test } of members) requireSameWindows(first, test, runId);
  const even = members.map(() => 1 / members.length);
  const weights = way === 'weights' ? sharesOf(members) : even;
  const values = combine(
    members.map(({ test }) => test.values),
    way,
    weights,
  );
  const scored = [
    scoresOf(first, values, ENSEMBLE),
    ...members.map(({ runId, test }) => scoresOf(first, test.values, memberSubject(runId))),
  ];
  return {
    values,
    weights: way === 'median' ? null : weights,
    scores: scored.flatMap(({ scores }) => scores),
    windows: scored[0]!.windows,
  };
}

const keysOf = ({ prepared, part }: Pick<PartForecasts, 'prepared' | 'part'>): string[] => {
  const { series, origin, count } = prepared.windows[part];
  return Array.from({ length: count }, (_, window) => {
    const { name, times } = prepared.series[series[window]!]!;
    return `${name} ${times[origin[window]!]}`;
  });
};

function requireSameWindows(first: PartForecasts, other: PartForecasts, runId: number): void {
  const [one, two] = [keysOf(first), keysOf(other)];
  if (one.length === two.length && one.every((key, index) => key === two[index])) return;
  const message = `Run ${runId} is tested on other origins than the first run, so their forecasts cannot be put together; choose runs of one protocol.`;
  throw new HindcastError('conflict', message, { details: { run: runId } });
}

/** By the errors on the validation windows that all members have, in standard deviations of the training rows. */
function sharesOf(members: readonly Member[]): number[] {
  const parts = members.map(({ validation }) => validation!);
  const positions = parts.map((part) => new Map(keysOf(part).map((key, index) => [key, index])));
  const shared = keysOf(parts[0]!).filter((key) => positions.every((own) => own.has(key)));
  const errors = parts.map((part, member) =>
    shared.map((key) => errorsOf(part, positions[member]!.get(key)!)),
  );
  const known = (window: number, cell: number): boolean =>
    errors.every((own) => !Number.isNaN(own[window]![cell]!));
  return leastSquaresShares(
    errors.map((own) =>
      Float64Array.from(own.flatMap((cells, window) => [...cells.filter((_, cell) => known(window, cell))])),
    ),
  );
}

/** [horizon, targets] of one window; NaN where the truth is unknown. */
function errorsOf({ prepared, part, values }: PartForecasts, window: number): Float64Array {
  const { horizon, targetNames } = prepared;
  const { series, origin } = prepared.windows[part];
  const { actuals, trainStd } = prepared.series[series[window]!]!;
  const width = targetNames.length;
  return Float64Array.from({ length: horizon * width }, (_, cell) => {
    const target = cell % width;
    const actual = actuals[target]![origin[window]! + 1 + Math.floor(cell / width)]!;
    const scale = trainStd[target]! > 0 ? trainStd[target]! : 1;
    return (values[window * horizon * width + cell]! - actual) / scale;
  });
}

/** By the metrics of values: an ensemble of values has no quantiles. */
function scoresOf(
  {
    experiment,
    prepared,
    part,
  }: Pick<PartForecasts, 'experiment' | 'part'> & { readonly prepared: PreparedForecast },
  values: Float64Array,
  subject: string,
) {
  const metrics = experiment.task.metrics.filter((name) => !findMetric(name).needsQuantiles);
  const task = { ...experiment.task, metrics };
  const keeper = createScoreKeeper(prepared, part as ScoredPart, experiment.evaluation, task);
  const { count } = prepared.windows[part];
  keeper.add(
    Int32Array.from({ length: count }, (_, index) => index),
    values,
  );
  const scores = keeper
    .finish(subject)
    .filter(({ target }) => target === null)
    .map(({ metric, unit, value }): EnsembleScore => ({ subject, metric, unit, value }));
  return { scores, windows: keeper.windows };
}

// What a sweep makes least: the validation loss, or a metric of the task on the validation part. Never a test score.

import type { Experiment } from '../contract/experiment/experiment.ts';
import type { MetricInfo } from '../contract/runs/metrics.ts';
import type { RunSummary } from '../contract/runs/run.ts';
import { HindcastError } from '../contract/values/errors.ts';
import { STOPPERS } from '../search/stoppers/registry.ts';
import { decides } from '../words/scores/metric-info.ts';
import type { Measured, Study } from './study-kind.ts';
import type { SweepPlan } from './sweep-plan.ts';

export interface Objective {
  /** `loss`, or the metric. */
  readonly name: string;
  /** A value as the metric has it: greater is better for some, and they are searched with the other sign. */
  shown(value: number): number;
  /** The best value of a run so far, the lower the better; null without one. */
  of(run: RunSummary): number | null;
  /** The best value so far after each epoch of a run, the lower the better. */
  curve(run: RunSummary): readonly number[];
}

const LOSS = 'loss';

type Asked = Pick<Study<SweepPlan>, 'plan' | 'curve' | 'catalogue'>;

export function objectiveOf({ plan, curve, catalogue }: Asked): Objective {
  const name = plan.objective;
  const sign = metricOf(name, catalogue)?.better === 'higher' ? -1 : 1;
  const best = (run: RunSummary): readonly number[] =>
    runningMinimum(curve(run.id, curveName(name)).map((value) => sign * value));
  return {
    name,
    shown: (value) => sign * value,
    of:
      name === LOSS
        ? ({ bestValidationLoss }) => finite(bestValidationLoss)
        : (run) => finite(best(run).at(-1)),
    curve: best,
  };
}

/** @throws HindcastError `invalid-input` for one that no run of the experiment has, or that has no better and worse. */
export function checkObjective(
  { objective, stopper }: SweepPlan,
  { task }: Experiment,
  { catalogue, epochMetrics }: Measured,
): void {
  const isObjective = (name: string): boolean => decides(metricOf(name, catalogue) ?? { better: 'lower' });
  const known = [LOSS, ...epochMetrics.filter(isObjective)];
  if (task.metrics.includes(objective) && !epochMetrics.includes(objective)) {
    throw wrong(
      `The objective is "${objective}", which has a value only behind the training, once the intervals are calibrated; a sweep compares epochs: choose ${listed(known)}, or leave task.intervals at none and let the model forecast a distribution (task.loss).`,
    );
  }
  if (!known.includes(objective)) {
    throw wrong(
      `The objective is "${objective}", which no run of this experiment has: choose ${listed(known)}.`,
    );
  }
  if (STOPPERS.get(stopper.kind)?.needsLoss && objective !== LOSS) {
    throw wrong(
      `The stopper ${stopper.kind} judges by the validation loss: leave the objective at loss, or choose another stopper.`,
    );
  }
}

const wrong = (message: string): HindcastError =>
  new HindcastError('invalid-input', message, { details: { field: 'plan.objective' } });

const listed = (names: readonly string[]): string =>
  names.length < 2 ? names.join() : `${names.slice(0, -1).join(', ')} or ${names.at(-1)}`;

const metricOf = (name: string, { metrics }: Study['catalogue']): MetricInfo | undefined =>
  metrics.find((metric) => metric.name === name);

/** `validationLoss`, `validationMae`: as the epoch metrics of a run are named. */
const curveName = (name: string): string => `validation${name.slice(0, 1).toUpperCase()}${name.slice(1)}`;

const finite = (value: number | null | undefined): number | null =>
  value !== null && value !== undefined && Number.isFinite(value) ? value : null;

/** Of the numbers among the values. */
function runningMinimum(values: readonly number[]): number[] {
  let least = Infinity;
  return values.map((value) => {
    if (value < least) least = value;
    return least;
  });
}

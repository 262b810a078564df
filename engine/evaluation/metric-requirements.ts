// What metrics demand of the data, asked before a run is made, and what to know of their scores.

import { quantileLevels } from '../contract/tasks/forecast.ts';
import type { ForecastExperiment } from '../contract/tasks/forecast-experiment.ts';
import { HindcastError } from '../contract/values/errors.ts';
import { nameList } from '../data/pipeline/did-you-mean.ts';
import type { PreparedForecast } from '../data/prepared.ts';
import { type Channel, channelsOf } from './channel.ts';
import type { Metric } from './metrics/metric.ts';
import { findMetric } from './metrics/registry.ts';
import { trueValuesOf } from './true-values.ts';

const PARTS = ['validation', 'test'] as const;

type Scored = Pick<ForecastExperiment, 'task' | 'evaluation'>;

const metricsOf = ({ task }: Scored): Metric[] => [...new Set(task.metrics)].map((name) => findMetric(name));

/** Error: `invalid-input` for a metric by which nothing of validation or test can be scored. */
export function requireScorable(prepared: PreparedForecast, experiment: Scored): void {
  requireOnce(experiment.task.metrics);
  const channels = channelsOf(prepared, experiment.evaluation).flat();
  for (const metric of metricsOf(experiment)) {
    if (metric.needsQuantiles && quantileLevels(experiment.task) === null)
      throw refused(metric, NO_QUANTILES);
    const left = leftOut(metric, channels);
    if (left.length > 0 && left.length === channels.length)
      throw refused(metric, `${left[0]!.reason}: choose mae instead`);
    if (metric.refuses === undefined) continue;
    for (const part of PARTS) {
      const reason = metric.refuses(trueValuesOf(prepared, part, experiment.evaluation));
      if (reason !== null) throw refused(metric, `in the ${part} part ${reason}`);
    }
  }
}

function requireOnce(names: readonly string[]): void {
  const twice = names.find((name, index) => names.indexOf(name) < index);
  if (twice === undefined) return;
  const message = `task.metrics names ${twice} twice; take one of them out.`;
  throw new HindcastError('invalid-input', message, { details: { field: 'task.metrics', metric: twice } });
}

const NO_QUANTILES =
  'it scores quantiles, and the task forecasts values alone: set task.intervals to conformal or task.loss to pinball, or leave the metric out';

function refused({ name, label }: Metric, reason: string): HindcastError {
  const message = `task.metrics names ${name}, but ${label} has no value on these data: ${reason}.`;
  return new HindcastError('invalid-input', message, { details: { field: 'task.metrics', metric: name } });
}

interface LeftOut {
  readonly channel: Channel;
  readonly reason: string;
}

const leftOut = (metric: Metric, channels: readonly Channel[]): LeftOut[] =>
  channels.flatMap((channel) => {
    const reason = metric.leavesOut?.(channel) ?? null;
    return reason === null ? [] : [{ channel, reason }];
  });

/** A sentence for each group of series that a metric leaves out, and for each warning. */
export function metricNotes(prepared: PreparedForecast, experiment: Scored): string[] {
  const channels = channelsOf(prepared, experiment.evaluation).flat();
  return metricsOf(experiment).flatMap((metric) => {
    const groups = Map.groupBy(leftOut(metric, channels), ({ reason }) => reason);
    const left = [...groups].map(([reason, members]) => {
      const names = members.map(({ channel }) =>
        prepared.targetNames.length === 1 ? channel.series : `${channel.target} of ${channel.series}`,
      );
      return `${metric.label} leaves out ${nameList(names)}: ${reason}.`;
    });
    const warning = metric.warnsOf?.(trueValuesOf(prepared, 'test', experiment.evaluation)) ?? null;
    return warning === null ? left : [...left, `${metric.label} on the test part: ${warning}.`];
  });
}

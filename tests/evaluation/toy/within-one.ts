// A toy metric for which higher is better: the share of forecasts less than 1 from the truth.
import type { Metric, MetricState } from '../../../engine/evaluation/metrics/metric.ts';

export const withinOne: Metric = {
  name: 'within-one',
  label: 'Within 1',
  meaning: 'Share of forecasts less than 1 from the truth.',
  definition: 'Share of cells with |forecast - truth| < 1.',
  better: 'higher',
  unit: 'none',
  format: 'percent',
  createState: () => new Share(),
};

class Share implements MetricState {
  near = 0;
  all = 0;

  add(forecast: number, actual: number): void {
    this.near += Math.abs(forecast - actual) < 1 ? 1 : 0;
    this.all += 1;
  }

  merge(other: MetricState): void {
    const { near, all } = other as Share;
    this.near += near;
    this.all += all;
  }

  value = (): number => this.near / this.all;
}

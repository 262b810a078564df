// Every metric that scores can be given in. To add one: its file and a line here.
import { HindcastError } from '../../contract/values/errors.ts';
import { didYouMean } from '../../data/pipeline/did-you-mean.ts';
import { bias } from './bias.ts';
import { coverage } from './coverage.ts';
import { crps } from './crps.ts';
import { directionalAccuracy } from './directional-accuracy.ts';
import { intervalScore } from './interval-score.ts';
import { mae } from './mae.ts';
import { mape } from './mape.ts';
import { mase } from './mase.ts';
import type { Metric } from './metric.ts';
import { mse } from './mse.ts';
import { owa } from './owa.ts';
import { pinball } from './pinball.ts';
import { r2 } from './r2.ts';
import { rmse } from './rmse.ts';
import { rmsse } from './rmsse.ts';
import { smape } from './smape.ts';
import { wape } from './wape.ts';
import { width } from './width.ts';
import { wql } from './wql.ts';

export const METRICS: readonly Metric[] = [
  mae,
  mse,
  rmse,
  mase,
  rmsse,
  smape,
  owa,
  wape,
  mape,
  bias,
  r2,
  directionalAccuracy,
  crps,
  pinball,
  wql,
  coverage,
  width,
  intervalScore,
];

/** Error: `invalid-input` for a name that none of them has. */
export function findMetric(name: string, metrics: readonly Metric[] = METRICS): Metric {
  const found = metrics.find((metric) => metric.name === name);
  if (found) return found;
  const names = metrics.map((metric) => metric.name);
  const message = `There is no metric "${name}"${didYouMean(name, names)}; task.metrics takes ${names.join(', ')}.`;
  throw new HindcastError('invalid-input', message, { details: { field: 'task.metrics' } });
}

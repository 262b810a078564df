// Units in words. Imported data carry no units, so a forecast is in the unit of its column, whatever that is.

import type { Score } from '../contract/runs/run.ts';
import { CATALOGUE } from '../evaluation/catalogue.ts';
import { metricInfo } from '../words/scores/metric-info.ts';

export const unitOf = (column: string): string => `unit of ${column}`;

/** `targets`: the names of all targets, for means over them. */
export function unitOfScore(
  { metric, unit, target }: Pick<Score, 'metric' | 'unit' | 'target'>,
  targets: readonly string[],
): string {
  const { unit: kind } = metricInfo(CATALOGUE, metric);
  if (kind === 'none') return '';
  const one = target ?? (targets.length === 1 ? targets[0]! : null);
  const named =
    unit === 'standardized'
      ? `standard deviation of ${one ?? 'the targets'}`
      : one === null
        ? 'units of the targets'
        : unitOf(one);
  return kind === 'squared' ? `(${named})^2` : named;
}

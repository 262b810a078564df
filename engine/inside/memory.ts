// How long units remember.
import { CELLS } from './cells/registry.ts';
import { unitsOverTime, valuesOf } from './site-values.ts';
import type { SiteValues } from './states-pieces.ts';

/** Beyond this many windows a unit is said not to forget at all. */
const MOST_WINDOWS = 10;
const LEAST_KEPT = 1e-30;

/** Of each unit; null where it does not forget within what can be seen. */
export function memoryOf(site: SiteValues, row: number): (number | null)[] {
  const { plan } = site;
  const { units, steps } = plan;
  const keep = CELLS[plan.cell].gates.find(({ keeps }) => keeps);
  const lines = unitsOverTime(valuesOf(site, keep?.name ?? 'hidden'), plan, row);
  const memory = keep ? memoryOfGate : memoryOfState;
  return Array.from({ length: units }, (_, unit) =>
    memory(lines.subarray(unit * steps, (unit + 1) * steps), steps),
  );
}

/**
 * Steps to 1/e if the gate alone decided: -1 / mean of ln keep. It assumes that no input arrives (arXiv 2111.03282), so what a unit
 * really remembers may be less.
 * @param keep [steps] between 0 and 1; of one window or of several
 * @param lookback steps of a window
 */
export function memoryOfGate(keep: Float64Array, lookback: number): number | null {
  const sum = keep.reduce((logs, value) => logs + Math.log(Math.max(LEAST_KEPT, value)), 0);
  const memory = keep.length / Math.abs(sum);
  return memory <= MOST_WINDOWS * lookback ? memory : null;
}

/** First lag at which the autocorrelation is below 1/e; null for a state that stays as it is. */
function memoryOfState(state: Float64Array): number | null {
  const mean = state.reduce((sum, value) => sum + value, 0) / state.length;
  const covariance = (lag: number): number => {
    let sum = 0;
    for (let step = lag; step < state.length; step++)
      sum += (state[step]! - mean) * (state[step - lag]! - mean);
    return sum;
  };
  const variance = covariance(0);
  if (variance === 0) return null;
  for (let lag = 1; lag < state.length; lag++) if (covariance(lag) < variance / Math.E) return lag;
  return null;
}

// Problems of the labs: generated ones, and the forecast of a column of the user's own.
import { HindcastError } from '../../contract/values/errors.ts';
import { addingProblem, copyMemory } from '../../data/generated/long-memory.ts';
import type { OwnData } from '../lab.ts';
import { generatedSeries } from './generated.ts';
import type { Problem } from './learn.ts';

const SPLIT = { kind: 'fraction', train: 0.8, validation: 0.1 };

export interface Size {
  readonly sequences: number;
  readonly epochs: number;
}

/** The sum of two marked numbers among `steps`, one in each half. Without memory the mean squared error is 1/6. */
export function adding(steps: number, { sequences, epochs }: Size): Problem {
  return {
    series: generatedSeries(addingProblem({ steps, sequences })),
    task: {
      targets: ['sum'],
      features: ['value', 'marker'],
      lookback: steps,
      horizon: 1,
      origins: 'complete',
      metrics: ['mse'],
    },
    pipeline: [],
    split: SPLIT,
    epochs,
    learningRate: 0.003,
  };
}

/** Symbols of eight, a sign, and the symbols are due again. */
export function copying(symbols: number, { sequences, epochs }: Size): Problem {
  const steps = 2;
  return {
    series: generatedSeries(copyMemory({ steps, sequences, copied: symbols })),
    task: {
      targets: Array.from({ length: 8 }, (_, symbol) => `s${symbol + 1}`),
      features: ['symbol'],
      lookback: symbols + steps,
      horizon: symbols,
      origins: 'complete',
      loss: 'cross-entropy',
      metrics: ['mse'],
    },
    pipeline: [{ step: 'one-hot' }],
    split: SPLIT,
    epochs,
    learningRate: 0.01,
  };
}

export interface OwnSize {
  readonly lookback: number;
  readonly horizon?: number;
  readonly epochs: number;
}

/** Windows that are trained on; of more, evenly spaced ones. */
const MOST_WINDOWS = 2_000;
const FEWEST_WINDOWS = 50;

/** The next values of the user's column from those before. @throws HindcastError `too-few-rows` */
export function forecasting(
  { series, target, dataset }: OwnData,
  { lookback, horizon = 1, epochs }: OwnSize,
): Problem {
  const rows = series.times.length;
  const trained = Math.floor(0.7 * rows) - lookback - horizon;
  if (trained < FEWEST_WINDOWS) {
    throw new HindcastError(
      'too-few-rows',
      `${dataset} has ${rows} rows in ${series.name}, and this lab needs ${Math.ceil((FEWEST_WINDOWS + lookback + horizon) / 0.7)} for windows of ${lookback}; choose a longer series, or the lab's own data.`,
      { details: { rows } },
    );
  }
  const stride = Math.max(1, Math.floor(trained / MOST_WINDOWS));
  return {
    series,
    task: { targets: [target], lookback, horizon, stride, gaps: 'rows' },
    epochs,
    learningRate: 0.003,
  };
}

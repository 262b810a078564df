// The experiment that all contestants run.

export interface Settings {
  /** `gru` or `lstm`. */
  readonly model: string;
  readonly target: string;
  readonly lookback: number;
  readonly horizon: number;
  readonly units: number;
  readonly epochs: number;
  readonly batchSize: number;
  readonly learningRate: number;
  /** Rows. */
  readonly train: number;
  readonly validation: number;
  readonly test: number;
}

export const SETTINGS = {
  lookback: 96,
  horizon: 24,
  units: 32,
  batchSize: 32,
  learningRate: 0.001,
  train: 8_640,
  validation: 2_880,
  test: 2_880,
} satisfies Partial<Settings>;

export function experimentOf({
  model,
  target,
  lookback,
  horizon,
  units,
  epochs,
  batchSize,
  learningRate,
  ...split
}: Settings): object {
  return {
    name: 'peers',
    dataset: { name: 'peers' },
    task: { kind: 'forecast', targets: [target], lookback, horizon, metrics: ['mse'] },
    split: { kind: 'count', ...split },
    pipeline: [{ step: 'standardize' }, { step: 'subtract-last' }],
    model: { kind: model, units },
    training: {
      epochs,
      batchSize,
      optimizer: { kind: 'adam', learningRate },
      earlyStopping: null,
      probe: false,
    },
    evaluation: { scale: 'standardized' },
  };
}

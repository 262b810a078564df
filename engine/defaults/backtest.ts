// Rows of the parts of a backtest where nothing is said: the last fold ends with the data.

export interface BacktestRows {
  readonly train: number;
  readonly validation: number;
  readonly test: number;
}

export interface BacktestShape {
  /** Of the shortest series. */
  readonly rows: number;
  readonly horizon: number;
  readonly folds: number;
  readonly embargo: number;
}

/** All test parts together are three tenths of the rows, each at least a horizon long; validation is a tenth. */
export function backtestRows({ rows, horizon, folds, embargo }: BacktestShape): BacktestRows {
  const test = Math.max(horizon, Math.floor((0.3 * rows) / folds));
  const validation = Math.max(horizon, Math.floor(0.1 * rows));
  return { train: Math.max(1, rows - folds * test - validation - 2 * embargo), validation, test };
}

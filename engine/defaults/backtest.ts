// The parts of a backtest: rows where nothing is said, so that the last fold ends with the data, and the split of each fold. Pure.
import type { Split } from '../contract/experiment/split.ts';

/** Folds that a backtest may have. */
export const MOST_FOLDS = 50;

export const BACKTEST_WINDOWS = ['expanding', 'sliding'] as const;

export interface BacktestRows {
  readonly train: number;
  readonly validation: number;
  readonly test: number;
}

export interface BacktestParts extends BacktestRows {
  readonly folds: number;
  readonly window: (typeof BACKTEST_WINDOWS)[number];
  readonly embargo: number;
  readonly refitEvery: number;
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

/** The splits of the models that a backtest trains, in order of time; each tests one fold, or several until the next is trained. */
export function backtestSplits({ folds, refitEvery, window, embargo, ...rows }: BacktestParts) {
  const firsts = Array.from({ length: Math.ceil(folds / refitEvery) }, (_, model) => model * refitEvery);
  return firsts.map((first) => {
    const tested = Math.min(refitEvery, folds - first);
    const moved = first * rows.test;
    const isSliding = window === 'sliding';
    const split: Extract<Split, { kind: 'count' }> = {
      kind: 'count',
      train: isSliding ? rows.train : rows.train + moved,
      validation: rows.validation,
      test: tested * rows.test,
      ...(isSliding && moved > 0 && { skip: moved }),
      ...(embargo > 0 && { embargo }),
    };
    return { label: tested === 1 ? `fold ${first + 1}` : `folds ${first + 1}-${first + tested}`, split };
  });
}

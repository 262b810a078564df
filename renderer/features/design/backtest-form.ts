// What the form of a backtest holds, what is wrong with it, and the plan that it makes. Pure.
import type { DatasetSummary } from '../../../engine/contract/datasets/dataset.ts';
import {
  type BACKTEST_WINDOWS,
  type BacktestParts,
  backtestRows,
  MOST_FOLDS,
} from '../../../engine/defaults/backtest.ts';
import { formatCount } from '../../ui/format.ts';
import { numberOf, wholeNumberProblem } from '../../ui/typed-number.ts';

type Typed = string | number;

export interface BacktestForm {
  readonly window: (typeof BACKTEST_WINDOWS)[number];
  readonly folds: Typed;
  readonly refitEvery: Typed;
  readonly embargo: Typed;
  /** Rows; empty: what suits the data. */
  readonly train: Typed;
  readonly validation: Typed;
  readonly test: Typed;
}

export type BacktestField = Exclude<keyof BacktestForm, 'window'>;

/** What a backtest of them needs to know of the data and of the experiment. */
export interface BacktestNeeds {
  /** Of one series. */
  readonly rows: number;
  readonly lookback: number;
  readonly horizon: number;
}

/** Of a task that reads and forecasts rows. */
export function needsOf(
  task: object,
  { rows, series }: Pick<DatasetSummary, 'rows' | 'series'>,
): BacktestNeeds {
  const { lookback = 1, horizon = 1 } = task as { readonly lookback?: number; readonly horizon?: number };
  return { rows: Math.floor(rows / Math.max(1, series)), lookback, horizon };
}

export const NEW_BACKTEST: BacktestForm = {
  window: 'expanding',
  folds: 5,
  refitEvery: 1,
  embargo: 0,
  train: '',
  validation: '',
  test: '',
};

export const BACKTEST_FIELDS: readonly BacktestField[] = [
  'folds',
  'refitEvery',
  'embargo',
  'train',
  'validation',
  'test',
];
const MAY_BE_EMPTY: ReadonlySet<BacktestField> = new Set(['train', 'validation', 'test']);

/** Of a form whose numbers are whole. */
export function planOf(form: BacktestForm, { rows, horizon }: BacktestNeeds): BacktestParts {
  const [folds, embargo] = [Number(form.folds), Number(form.embargo)];
  const usual = backtestRows({ rows, horizon, folds, embargo });
  const test = numberOf(form.test) ?? usual.test;
  const validation = numberOf(form.validation) ?? usual.validation;
  const left = Math.max(1, rows - folds * test - validation - 2 * embargo);
  const train = numberOf(form.train) ?? left;
  return {
    folds,
    window: form.window,
    embargo,
    refitEvery: Number(form.refitEvery),
    train,
    validation,
    test,
  };
}

/** A sentence for beside the field; null where nothing is wrong with it, or where another field has to be repaired first. */
export function problemOf(form: BacktestForm, field: BacktestField, needs: BacktestNeeds): string | null {
  const typed = numberProblem(form, field, needs);
  if (typed !== null) return typed;
  const areNumbers = BACKTEST_FIELDS.every((one) => numberProblem(form, one, needs) === null);
  return areNumbers && field === 'train' ? roomProblem(planOf(form, needs), needs) : null;
}

function numberProblem(form: BacktestForm, field: BacktestField, needs: BacktestNeeds): string | null {
  const typed = form[field];
  if (typed === '' && MAY_BE_EMPTY.has(field)) return null;
  const [least, most] = boundsOf(form, field, needs);
  return wholeNumberProblem(typed, least, most);
}

function boundsOf(
  { folds }: BacktestForm,
  field: BacktestField,
  { rows, lookback, horizon }: BacktestNeeds,
): readonly [number, number] {
  const most = Math.max(2, Math.min(MOST_FOLDS, numberOf(folds) ?? MOST_FOLDS));
  const bounds: Readonly<Record<BacktestField, readonly [number, number]>> = {
    folds: [2, MOST_FOLDS],
    // A single model that is tested once is no backtest.
    refitEvery: [1, most - 1],
    embargo: [0, rows],
    train: [lookback + horizon, rows],
    validation: [horizon, rows],
    test: [horizon, rows],
  };
  return bounds[field];
}

/** What the parts leave for the first fold to learn on, and whether the last one ends with the data. */
function roomProblem(plan: BacktestParts, { rows, lookback, horizon }: BacktestNeeds): string | null {
  const { folds, train, validation, test, embargo } = plan;
  const others = folds * test + validation + 2 * embargo;
  const left = rows - others;
  const least = lookback + horizon;
  const parts = `${formatCount(folds)} folds of ${formatCount(test)} rows, validation${embargo > 0 ? ' and embargo' : ''} take ${formatCount(others)} of ${formatCount(rows)} rows`;
  if (left < least) {
    return `${parts}, but the first fold needs at least ${formatCount(least)} to learn on (look-back and horizon): choose fewer folds or smaller parts.`;
  }
  if (train <= left) return null;
  return `${parts}, which leaves ${formatCount(left)} for the first fold to learn on: choose fewer.`;
}

export const isSound = (form: BacktestForm, needs: BacktestNeeds): boolean =>
  BACKTEST_FIELDS.every((field) => problemOf(form, field, needs) === null);

export interface Stretch {
  /** Null: in no part. */
  readonly part: 'train' | 'validation' | 'test' | null;
  readonly rows: number;
}

/** How a split by count cuts a series of that many rows. */
export function stretchesOf(
  split: Pick<BacktestParts, 'train' | 'validation' | 'test'> & {
    readonly skip?: number | undefined;
    readonly embargo?: number | undefined;
  },
  rows: number,
): readonly Stretch[] {
  const { skip = 0, embargo = 0, train, validation, test } = split;
  const used = skip + train + validation + test + 2 * embargo;
  const all: readonly Stretch[] = [
    { part: null, rows: skip },
    { part: 'train', rows: train },
    { part: null, rows: embargo },
    { part: 'validation', rows: validation },
    { part: null, rows: embargo },
    { part: 'test', rows: test },
    { part: null, rows: Math.max(0, rows - used) },
  ];
  return all.filter((stretch) => stretch.rows > 0);
}

// Ways to make intervals by name. A new one is a file beside this one, its name in engine/contract/tasks/quantiles.ts, and a line here.
import type { Intervals } from '../../contract/tasks/quantiles.ts';
import { adaptive } from './adaptive.ts';
import { conformal } from './conformal.ts';
import type { IntervalMethod } from './interval-method.ts';

/** Null: quantiles are as the model forecasts them. */
export const INTERVAL_METHODS: Readonly<Record<Intervals, IntervalMethod | null>> = {
  none: null,
  conformal,
  adaptive,
};

export const intervalMethod = ({ intervals = 'none' }: { readonly intervals?: Intervals | undefined }) =>
  INTERVAL_METHODS[intervals];

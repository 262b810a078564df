// A range of numbers on the axis where a search treats it as even: itself, or its logarithm.
import type { Dimension } from '../contract/studies/search.ts';
import { deterministicExp, deterministicLog } from '../numerics/deterministic-math.ts';

export type NumericDimension = Exclude<Dimension, { kind: 'categorical' }>;

export interface Scale {
  /** Ends of the axis. Of whole or stepped numbers half a step beyond the first and the last. */
  readonly low: number;
  readonly high: number;
  /** Null: every number between the ends. */
  readonly step: number | null;
  /** The axis is that of logarithms. */
  readonly log: boolean;
  /** A value's position on the axis. */
  position(value: number): number;
  /** The nearest value of the range. */
  value(position: number): number;
  /** Values in a row; Infinity where they are not stepped. */
  readonly count: number;
}

interface Axis {
  readonly min: number;
  readonly max: number;
  readonly step: number | null;
  readonly log: boolean;
}

const AXES: {
  readonly [K in NumericDimension['kind']]: (dimension: Extract<NumericDimension, { kind: K }>) => Axis;
} = {
  linear: ({ min, max }) => ({ min, max, step: null, log: false }),
  log: ({ min, max }) => ({ min, max, step: null, log: true }),
  int: ({ min, max, step }) => ({ min, max, step, log: false }),
  'log-int': ({ min, max }) => ({ min, max, step: 1, log: true }),
  step: ({ min, max, step }) => ({ min, max, step, log: false }),
};

/** Sums of steps leave digits behind that no user wrote: 0.30000000000000004. */
const DIGITS = 12;
const tidy = (value: number): number => Number(value.toPrecision(DIGITS));
/** 0.3 / 0.1 is just below 3. */
const ALMOST = 1e-9;

export function scaleOf(dimension: NumericDimension): Scale {
  // The kind chooses the function that takes a dimension of that kind.
  const axisOf = AXES[dimension.kind] as (dimension: NumericDimension) => Axis;
  const { min, max, step, log } = axisOf(dimension);
  const position = log ? deterministicLog : (value: number) => value;
  const back = log ? deterministicExp : (at: number) => at;
  const steps = step === null ? Infinity : Math.floor((max - min) / step + ALMOST);
  const last = step === null ? max : tidy(min + steps * step);
  const half = (step ?? 0) / 2;
  const [low, high] = [position(min - half), position(last + half)];
  const value = (at: number): number => {
    // The exponential of a logarithm may miss the ends by a digit.
    if (at <= low || at >= high) return at <= low ? min : last;
    const near = step === null ? back(at) : tidy(min + Math.round((back(at) - min) / step) * step);
    return Math.min(last, Math.max(min, near));
  };
  return { low, high, step, log, position, value, count: steps + 1 };
}

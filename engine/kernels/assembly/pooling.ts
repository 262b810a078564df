// Pooling of sequences [batch, time, units] under a mask [batch, time]: means and maxima over the steps whose mask is not 0,
// their gradients, and zeros at the steps whose mask is 0, even if those contain NaN. A piece is one sequence; its steps are read
// in order.
import { arg, parallel, setArg } from './control';
import { JOB_MASK_STEPS, JOB_POOL_MAX, JOB_POOL_MAX_GRADIENT, JOB_POOL_MEAN, JOB_POOL_MEAN_GRADIENT } from './jobs';
import { bytes, load4, store4 } from './lanes';

const TIME = 0, UNITS = 1, X = 2, MASK = 3, Y = 4, STEPS = 5;

function describePool(time: i32, units: i32, x: usize, mask: usize, y: usize, steps: usize): void {
  setArg(TIME, time); setArg(UNITS, units); setArg(X, <i32>x); setArg(MASK, <i32>mask); setArg(Y, <i32>y); setArg(STEPS, <i32>steps);
}

// @ts-ignore: decorator
@inline
function isKnown(row: i32): bool {
  return load<f32>(<usize>arg(MASK) + bytes(row)) != 0;
}

function knownSteps(batch: i32): i32 {
  if (arg(MASK) == 0) return arg(TIME);
  let count = 0;
  for (let t = 0; t < arg(TIME); t++) count += i32(isKnown(batch * arg(TIME) + t));
  return count;
}

/** y [batch, units] = mean of the known steps of x [batch, time, units]; 0 where none is known. mask 0: every step is known. */
export function poolMean(batch: i32, time: i32, units: i32, x: usize, mask: usize, y: usize): void {
  describePool(time, units, x, mask, y, 0);
  parallel(JOB_POOL_MEAN, batch);
}

export function poolMeanPiece(b: i32): void {
  const time = arg(TIME), units = arg(UNITS), divisor = f32x4.splat(<f32>max(1, knownSteps(b)));
  const first = <usize>arg(X) + bytes(b * time * units), y = <usize>arg(Y) + bytes(b * units);
  const isMasked = arg(MASK) != 0;
  for (let j = 0; j < units; j += 4) {
    let sum = f32x4.splat(0);
    for (let t = 0; t < time; t++) {
      if (!isMasked || isKnown(b * time + t)) sum = f32x4.add(sum, load4(first + bytes(t * units + j), units - j));
    }
    store4(y + bytes(j), f32x4.div(sum, divisor), units - j);
  }
}

/** dx [batch, time, units] = dy [batch, units] / number of known steps at these, 0 elsewhere. mask 0: every step is known. */
export function poolMeanGradient(batch: i32, time: i32, units: i32, mask: usize, dy: usize, dx: usize): void {
  describePool(time, units, dx, mask, dy, 0);
  parallel(JOB_POOL_MEAN_GRADIENT, batch);
}

export function poolMeanGradientPiece(b: i32): void {
  const time = arg(TIME), units = arg(UNITS), divisor = f32x4.splat(<f32>max(1, knownSteps(b))), dy = <usize>arg(Y) + bytes(b * units);
  for (let t = 0; t < time; t++) {
    const dx = <usize>arg(X) + bytes((b * time + t) * units);
    if (arg(MASK) != 0 && !isKnown(b * time + t)) memory.fill(dx, 0, bytes(units));
    else for (let j = 0; j < units; j += 4) store4(dx + bytes(j), f32x4.div(load4(dy + bytes(j), units - j), divisor), units - j);
  }
}

/**
 * y [batch, units] = largest value of the known steps, the first of equal ones; NaN wins. steps [batch, units] int32 takes its step. Where no
 * step is known: 0, and step -1. mask 0: every step is known.
 */
export function poolMax(batch: i32, time: i32, units: i32, x: usize, mask: usize, y: usize, steps: usize): void {
  describePool(time, units, x, mask, y, steps);
  parallel(JOB_POOL_MAX, batch);
}

export function poolMaxPiece(b: i32): void {
  const time = arg(TIME), units = arg(UNITS), none = i32x4.splat(-1);
  const first = <usize>arg(X) + bytes(b * time * units), at = bytes(b * units);
  for (let j = 0; j < units; j += 4) {
    let most = f32x4.splat(0), step = none;
    for (let t = 0; t < time; t++) {
      if (arg(MASK) != 0 && !isKnown(b * time + t)) continue;
      const x = load4(first + bytes(t * units + j), units - j);
      const wins = v128.or(v128.or(f32x4.gt(x, most), i32x4.eq(step, none)), v128.andnot(f32x4.ne(x, x), f32x4.ne(most, most)));
      most = v128.bitselect(x, most, wins);
      step = v128.bitselect(i32x4.splat(t), step, wins);
    }
    store4(<usize>arg(Y) + at + bytes(j), most, units - j);
    store4(<usize>arg(STEPS) + at + bytes(j), step, units - j);
  }
}

/** dx [batch, time, units] = dy [batch, units] at the steps that poolMax found, 0 elsewhere. */
export function poolMaxGradient(batch: i32, time: i32, units: i32, steps: usize, dy: usize, dx: usize): void {
  describePool(time, units, dx, 0, dy, steps);
  parallel(JOB_POOL_MAX_GRADIENT, batch);
}

export function poolMaxGradientPiece(b: i32): void {
  const time = arg(TIME), units = arg(UNITS), dx = <usize>arg(X) + bytes(b * time * units), at = bytes(b * units);
  memory.fill(dx, 0, bytes(time * units));
  for (let j = 0; j < units; j++) {
    const step = load<i32>(<usize>arg(STEPS) + at + bytes(j));
    if (step >= 0) store<f32>(dx + bytes(step * units + j), load<f32>(<usize>arg(Y) + at + bytes(j)));
  }
}

/** y [batch, time, units] = x at the known steps, 0 elsewhere. */
export function maskSteps(batch: i32, time: i32, units: i32, x: usize, mask: usize, y: usize): void {
  describePool(time, units, x, mask, y, 0);
  parallel(JOB_MASK_STEPS, batch);
}

export function maskStepsPiece(b: i32): void {
  const time = arg(TIME), row = bytes(arg(UNITS));
  for (let t = b * time; t < (b + 1) * time; t++) {
    const at = <usize>t * row;
    if (isKnown(t)) memory.copy(<usize>arg(Y) + at, <usize>arg(X) + at, row);
    else memory.fill(<usize>arg(Y) + at, 0, row);
  }
}

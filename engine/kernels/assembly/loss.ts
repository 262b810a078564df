// Losses of single cells and their gradients, as means over the cells whose mask is not 0: squared, absolute, Huber's (1964), the
// pinball loss of several quantiles (Koenker and Bassett 1978), and the cross-entropy of a sigmoid, log(1 + e^x) - x t. In float64, summed by pieces of fixed size.
import { arg, argf, parallel, setArg, setArgf } from './control';
import { JOB_LOSS, JOB_LOSS_GRADIENT } from './jobs';
import { bytes } from './lanes';

/** Cells of a piece. */
const PIECE = 4096;
const KIND = 0, COUNT = 1, COLUMNS = 2, FORECAST = 3, TARGET = 4, MASK = 5, LEVELS = 6, DELTA = 7, PARTIALS = 8, GRADIENT = 9, FACTOR = 10;
export const SQUARED = 0, ABSOLUTE = 1, HUBER = 2, PINBALL = 3, SIGMOID = 4;

function describeLoss(kind: i32, count: i32, columns: i32, forecast: usize, target: usize, mask: usize, levels: usize, delta: f32): void {
  setArg(KIND, kind); setArg(COUNT, count); setArg(COLUMNS, columns); setArg(FORECAST, <i32>forecast); setArg(TARGET, <i32>target);
  setArg(MASK, <i32>mask); setArg(LEVELS, <i32>levels); setArgf(DELTA, delta);
}

/**
 * forecast[count], of which `columns` neighbours share a cell of target and mask (0: no mask); levels [columns] for quantiles.
 * result[0] = mean (0 without a known cell), result[1] = 1 / number of known cells (or 0).
 */
export function loss(
  kind: i32, count: i32, columns: i32, forecast: usize, target: usize, mask: usize, levels: usize, delta: f32, partials: usize, result: usize,
): void {
  const pieces = (count + PIECE - 1) / PIECE;
  describeLoss(kind, count, columns, forecast, target, mask, levels, delta);
  setArg(PARTIALS, <i32>partials);
  parallel(JOB_LOSS, pieces);
  finishMean(pieces, partials, result);
}

/** Mean and 1 / count from pairs of sum and count. */
export function finishMean(pieces: i32, partials: usize, result: usize): void {
  let sum: f64 = 0, known: f64 = 0;
  for (let i = 0; i < pieces; i++) {
    sum += load<f64>(partials + (<usize>i << 4));
    known += load<f64>(partials + (<usize>i << 4), 8);
  }
  store<f32>(result, known == 0 ? 0 : <f32>(sum / known));
  store<f32>(result, known == 0 ? 0 : <f32>(1 / known), 4);
}

export function lossPiece(piece: i32): void {
  const first = piece * PIECE, end = min(first + PIECE, arg(COUNT)), columns = arg(COLUMNS), kind = arg(KIND);
  let sum: f64 = 0, known: f64 = 0;
  for (let i = first; i < end; i++) {
    const cell = i / columns;
    if (arg(MASK) != 0 && load<f32>(<usize>arg(MASK) + bytes(cell)) == 0) continue;
    sum += kind == SIGMOID ? sigmoidCost(forecastAt(i), targetAt(cell)) : cost(kind, errorAt(i, cell), i % columns);
    known += 1;
  }
  store<f64>(<usize>arg(PARTIALS) + (<usize>piece << 4), sum);
  store<f64>(<usize>arg(PARTIALS) + (<usize>piece << 4), known, 8);
}

// @ts-ignore: decorator
@inline
function errorAt(i: i32, cell: i32): f64 {
  return forecastAt(i) - targetAt(cell);
}

// @ts-ignore: decorator
@inline
function forecastAt(i: i32): f64 {
  return <f64>load<f32>(<usize>arg(FORECAST) + bytes(i));
}

// @ts-ignore: decorator
@inline
function targetAt(cell: i32): f64 {
  return <f64>load<f32>(<usize>arg(TARGET) + bytes(cell));
}

/** log(1 + e^x) - x t, without overflow. */
function sigmoidCost(x: f64, t: f64): f64 {
  return max(x, 0) - x * t + Math.log1p(Math.exp(-Math.abs(x)));
}

/** sigmoid(x) - t */
function sigmoidSlope(x: f64, t: f64): f64 {
  const e = Math.exp(-Math.abs(x));
  return (x < 0 ? e : 1) / (1 + e) - t;
}

// @ts-ignore: decorator
@inline
function levelOf(column: i32): f64 {
  return <f64>load<f32>(<usize>arg(LEVELS) + bytes(column));
}

function cost(kind: i32, error: f64, column: i32): f64 {
  if (kind == SQUARED) return error * error;
  const size = Math.abs(error);
  if (kind == ABSOLUTE) return size;
  if (kind == PINBALL) return 0.5 * size + (0.5 - levelOf(column)) * error;
  const delta = <f64>argf(DELTA);
  return size <= delta ? 0.5 * error * error : delta * (size - 0.5 * delta);
}

function slope(kind: i32, error: f64, column: i32): f64 {
  if (kind == SQUARED) return 2 * error;
  if (kind == HUBER) return max(min(error, <f64>argf(DELTA)), -<f64>argf(DELTA));
  const sign: f64 = error > 0 ? 1 : error < 0 ? -1 : error;
  return kind == ABSOLUTE ? sign : 0.5 * sign + (0.5 - levelOf(column));
}

/** gradient[count] = factor times the derivative of every known cell; 0 elsewhere. */
export function lossGradient(
  kind: i32, count: i32, columns: i32, forecast: usize, target: usize, mask: usize, levels: usize, delta: f32, factor: f32, gradient: usize,
): void {
  describeLoss(kind, count, columns, forecast, target, mask, levels, delta);
  setArgf(FACTOR, factor); setArg(GRADIENT, <i32>gradient);
  parallel(JOB_LOSS_GRADIENT, (count + PIECE - 1) / PIECE);
}

export function lossGradientPiece(piece: i32): void {
  const first = piece * PIECE, end = min(first + PIECE, arg(COUNT)), columns = arg(COLUMNS), kind = arg(KIND);
  for (let i = first; i < end; i++) {
    const cell = i / columns;
    const known = arg(MASK) == 0 || load<f32>(<usize>arg(MASK) + bytes(cell)) != 0;
    let value: f64 = 0;
    if (known) value = kind == SIGMOID ? sigmoidSlope(forecastAt(i), targetAt(cell)) : slope(kind, errorAt(i, cell), i % columns);
    store<f32>(<usize>arg(GRADIENT) + bytes(i), known ? <f32>(<f64>argf(FACTOR) * value) : 0);
  }
}

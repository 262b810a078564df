// Multinomial logistic regression with an L2 penalty, fitted in float64 by L-BFGS (Liu and Nocedal 1989) from zero weights, so that equal
// data give equal weights.
//
// Minimises sum of -ln p(true class) + |W|^2 / (2 strength); the biases are not penalised.
import { deterministicExp, deterministicLog } from '../../../numerics/deterministic-math.ts';
import type { SparseRow, SparseTable } from './features.ts';

export interface Labelled {
  readonly table: SparseTable;
  /** [rows] */
  readonly labels: Int32Array;
  readonly classes: number;
}

/** Probabilities of the classes. */
export type Classifier = (row: SparseRow) => Float64Array;

const MEMORY = 8;
const MOST_STEPS = 200;
const TOLERANCE = 1e-6;

/** @param strength the inverse of the penalty, as scikit-learn's C */
export function fitLogisticRegression(data: Labelled, strength: number): Classifier {
  const { table, classes } = data;
  const weights = minimise(new Float64Array((table.columns + 1) * classes), (at, gradient) =>
    cost(data, strength, at, gradient),
  );
  return (row) => softmax(logitsOf(row, weights, table.columns, classes));
}

/** Weights [columns + 1, classes]; the last row has the biases. */
function logitsOf(
  { columns, values }: SparseRow,
  weights: Float64Array,
  bias: number,
  classes: number,
): Float64Array {
  const logits = weights.slice(bias * classes, (bias + 1) * classes);
  for (let index = 0; index < columns.length; index++) {
    const from = columns[index]! * classes;
    for (let one = 0; one < classes; one++) logits[one]! += values[index]! * weights[from + one]!;
  }
  return logits;
}

function softmax(logits: Float64Array): Float64Array {
  const most = logits.reduce((high, value) => Math.max(high, value));
  let sum = 0;
  for (let one = 0; one < logits.length; one++) {
    logits[one] = deterministicExp(logits[one]! - most);
    sum += logits[one]!;
  }
  for (let one = 0; one < logits.length; one++) logits[one]! /= sum;
  return logits;
}

/** Fills `gradient`; both are divided by the number of rows. */
function cost(
  { table, labels, classes }: Labelled,
  strength: number,
  weights: Float64Array,
  gradient: Float64Array,
): number {
  const { rows, columns: bias } = table;
  gradient.fill(0);
  let sum = 0;
  for (const [index, row] of rows.entries()) {
    const p = softmax(logitsOf(row, weights, bias, classes));
    const label = labels[index]!;
    sum -= deterministicLog(Math.max(Number.MIN_VALUE, p[label]!));
    p[label]! -= 1;
    for (let entry = 0; entry < row.columns.length; entry++) {
      const from = row.columns[entry]! * classes;
      for (let one = 0; one < classes; one++) gradient[from + one]! += row.values[entry]! * p[one]!;
    }
    for (let one = 0; one < classes; one++) gradient[bias * classes + one]! += p[one]!;
  }
  let squares = 0;
  for (let at = 0; at < bias * classes; at++) {
    squares += weights[at]! * weights[at]!;
    gradient[at]! += weights[at]! / strength;
  }
  const scale = 1 / Math.max(1, rows.length);
  for (let at = 0; at < gradient.length; at++) gradient[at]! *= scale;
  return (sum + squares / (2 * strength)) * scale;
}

type Cost = (at: Float64Array, gradient: Float64Array) => number;

interface Change {
  readonly step: Float64Array;
  readonly turn: Float64Array;
  readonly product: number;
}

function minimise(start: Float64Array, costAt: Cost): Float64Array {
  let at = start;
  let gradient = new Float64Array(start.length);
  let value = costAt(at, gradient);
  const changes: Change[] = [];
  for (let iteration = 0; iteration < MOST_STEPS && largest(gradient) > TOLERANCE; iteration++) {
    const direction = directionOf(gradient, changes);
    const found = search({ at, value, gradient, direction, first: iteration === 0 }, costAt);
    if (!found) break;
    const step = difference(found.at, at);
    const turn = difference(found.gradient, gradient);
    const product = dot(step, turn);
    if (product > 0) changes.push({ step, turn, product });
    if (changes.length > MEMORY) changes.shift();
    ({ at, value, gradient } = found);
  }
  return at;
}

/** Two loops over the last changes. */
function directionOf(gradient: Float64Array, changes: readonly Change[]): Float64Array {
  const direction = gradient.slice();
  const shares: number[] = [];
  for (const { step, turn, product } of changes.toReversed()) {
    const share = dot(step, direction) / product;
    shares.unshift(share);
    add(direction, turn, -share);
  }
  const last = changes.at(-1);
  const scale = last ? last.product / dot(last.turn, last.turn) : 1;
  for (let index = 0; index < direction.length; index++) direction[index]! *= scale;
  for (const [index, { step, turn, product }] of changes.entries()) {
    add(direction, step, shares[index]! - dot(turn, direction) / product);
  }
  return direction.map((value) => -value);
}

interface Line {
  readonly at: Float64Array;
  readonly value: number;
  readonly gradient: Float64Array;
  readonly direction: Float64Array;
  readonly first: boolean;
}

interface Found {
  readonly at: Float64Array<ArrayBuffer>;
  readonly value: number;
  readonly gradient: Float64Array<ArrayBuffer>;
}

/** Halves the step until the cost falls enough (Armijo); null where it does not. */
function search({ at, value, gradient, direction, first }: Line, costAt: Cost): Found | null {
  const slope = dot(gradient, direction);
  if (slope >= 0) return null;
  let length = first ? Math.min(1, 1 / Math.sqrt(dot(gradient, gradient))) : 1;
  for (let attempt = 0; attempt < 30; attempt++, length /= 2) {
    const next = Float64Array.from(at, (one, index) => one + length * direction[index]!);
    const slopes = new Float64Array(at.length);
    const reached = costAt(next, slopes);
    if (reached <= value + 1e-4 * length * slope) return { at: next, value: reached, gradient: slopes };
  }
  return null;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let index = 0; index < a.length; index++) sum += a[index]! * b[index]!;
  return sum;
}

function add(to: Float64Array, what: Float64Array, share: number): void {
  for (let index = 0; index < to.length; index++) to[index]! += share * what[index]!;
}

const difference = (a: Float64Array, b: Float64Array): Float64Array =>
  a.map((value, index) => value - b[index]!);
const largest = (values: Float64Array): number =>
  values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);

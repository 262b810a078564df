// Products of the Jacobians of recurrent cells through time, in closed form. Convention: a = x W + h U + b, and `row` is a row of the
// product so far, which one step back multiplies by the Jacobian of that step.
import type { Cell } from '../models/bodies/gate-biases.ts';

/** Values of one step. */
export interface StepValues {
  readonly units: number;
  /** Recurrent weights [units, blocks x units]. */
  readonly recurrent: ArrayLike<number>;
  /** State before the step, [units]. */
  readonly hiddenBefore: ArrayLike<number>;
  readonly cellBefore: ArrayLike<number>;
  /** State after it. */
  readonly hidden: ArrayLike<number>;
  readonly cell: ArrayLike<number>;
  /** [blocks x units], in the cell's order. */
  readonly gates: ArrayLike<number>;
  /** Of a plain network: the activation is tanh, not relu. */
  readonly isBounded: boolean;
}

interface CellJacobian {
  /** Numbers of the state in units: 2 where there is a cell state, h first. */
  readonly parts: 1 | 2;
  readonly state: string;
  /** row times the Jacobian of the step. */
  back(row: Float64Array, step: StepValues): Float64Array;
}

/** Adds U_block s to `out`. */
function addProduct(
  out: Float64Array,
  { recurrent, units }: StepValues,
  block: number,
  scaled: Float64Array,
): void {
  const width = recurrent.length / units;
  for (let from = 0; from < units; from++) {
    let sum = 0;
    const first = from * width + block * units;
    for (let to = 0; to < units; to++) sum += recurrent[first + to]! * scaled[to]!;
    out[from]! += sum;
  }
}

const perUnit = (units: number, of: (unit: number) => number): Float64Array =>
  Float64Array.from({ length: units }, (_, unit) => of(unit));

export const JACOBIANS: Readonly<Record<Cell, CellJacobian>> = {
  rnn: {
    parts: 1,
    state: 'h',
    back(row, step) {
      const { units, hidden, isBounded } = step;
      const out = new Float64Array(units);
      const slope = (h: number) => (isBounded ? 1 - h * h : h > 0 ? 1 : 0);
      addProduct(
        out,
        step,
        0,
        perUnit(units, (unit) => row[unit]! * slope(hidden[unit]!)),
      );
      return out;
    },
  },
  gru: {
    parts: 1,
    state: 'h',
    back(row, step) {
      const { units, hiddenBefore, gates } = step;
      const [z, r, n] = [0, 1, 2].map((block) => (unit: number) => gates[block * units + unit]!) as [
        (unit: number) => number,
        (unit: number) => number,
        (unit: number) => number,
      ];
      const out = perUnit(units, (unit) => row[unit]! * z(unit));
      const ofKeep = (unit: number) => row[unit]! * (hiddenBefore[unit]! - n(unit)) * z(unit) * (1 - z(unit));
      addProduct(out, step, 0, perUnit(units, ofKeep));
      const behind = new Float64Array(units);
      const ofCandidate = (unit: number) => row[unit]! * (1 - z(unit)) * (1 - n(unit) ** 2);
      addProduct(behind, step, 2, perUnit(units, ofCandidate));
      for (let unit = 0; unit < units; unit++) out[unit]! += behind[unit]! * r(unit);
      const ofReset = (unit: number) => behind[unit]! * hiddenBefore[unit]! * r(unit) * (1 - r(unit));
      addProduct(out, step, 1, perUnit(units, ofReset));
      return out;
    },
  },
  lstm: {
    parts: 2,
    state: '(h, c)',
    back(row, step) {
      const { units, cellBefore, cell, gates } = step;
      const gate = (block: number, unit: number) => gates[block * units + unit]!;
      const bounded = perUnit(units, (unit) => Math.tanh(cell[unit]!));
      const ofCell = perUnit(
        units,
        (unit) => row[units + unit]! + row[unit]! * gate(3, unit) * (1 - bounded[unit]! ** 2),
      );
      const out = new Float64Array(units);
      const sigmoid = (block: number, factor: (unit: number) => number) =>
        addProduct(
          out,
          step,
          block,
          perUnit(units, (unit) => factor(unit) * gate(block, unit) * (1 - gate(block, unit))),
        );
      sigmoid(0, (unit) => ofCell[unit]! * gate(2, unit));
      sigmoid(1, (unit) => ofCell[unit]! * cellBefore[unit]!);
      addProduct(
        out,
        step,
        2,
        perUnit(units, (unit) => ofCell[unit]! * gate(0, unit) * (1 - gate(2, unit) ** 2)),
      );
      sigmoid(3, (unit) => row[unit]! * bounded[unit]!);
      const kept = perUnit(units, (unit) => ofCell[unit]! * gate(1, unit));
      return Float64Array.from([...out, ...kept]);
    },
  },
};

/** Of a state of more numbers some rows stand for all. */
const MOST_EXACT = 128;
const SOME_ROWS = 32;

export interface Product {
  /** By lag, see contract/inside/memory.ts. */
  readonly logNorms: number[];
  readonly isExact: boolean;
}

/** @param steps from the last one back */
export function productThroughTime(cell: Cell, units: number, steps: Iterable<StepValues>): Product {
  const { parts, back } = JACOBIANS[cell];
  const size = parts * units;
  const isExact = size <= MOST_EXACT;
  const count = isExact ? size : SOME_ROWS;
  let rows = Array.from({ length: count }, (_, row) => firstRow(row, size, isExact));
  const logNorms = [0];
  let log = 0;
  for (const step of steps) {
    const before = frobenius(rows);
    rows = rows.map((row) => back(row, step));
    const after = frobenius(rows);
    if (after === 0) {
      logNorms.push(Number.NEGATIVE_INFINITY);
      break;
    }
    log += Math.log(after / before);
    logNorms.push(log);
    // Else they would leave the range of numbers.
    for (const row of rows) for (let at = 0; at < size; at++) row[at]! /= after;
  }
  return { logNorms, isExact };
}

/** A row of the identity, or random signs: their products have the norm's square as expectation (Hutchinson 1990). */
function firstRow(row: number, size: number, isExact: boolean): Float64Array {
  if (isExact) return Float64Array.from({ length: size }, (_, at) => (at === row ? 1 : 0));
  let state = 2 * row + 1;
  return Float64Array.from({ length: size }, () => {
    state = Math.imul(state, 1_664_525) + 1_013_904_223;
    return state >>> 31 === 0 ? 1 : -1;
  });
}

function frobenius(rows: readonly Float64Array[]): number {
  let sum = 0;
  for (const row of rows) for (const value of row) sum += value * value;
  return Math.sqrt(sum);
}

// Models in plain loops over numbers, float64, one window at a time, straight from the equations. For comparison only.
import type { NamedArray } from '../../engine/models/parameters.ts';

export type Vector = number[];
export type Matrix = Vector[];

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));
const dot = (a: Vector, b: Vector): number => a.reduce((sum, value, i) => sum + value * b[i]!, 0);

export interface NaiveWeights {
  matrix(name: string): Matrix;
  vector(name: string): Vector;
}

export function naiveWeights(arrays: readonly NamedArray[]): NaiveWeights {
  const find = (name: string) => arrays.find((array) => array.name === name)!;
  return {
    vector: (name) => [...find(name).values],
    matrix(name) {
      const { values, shape } = find(name);
      const columns = shape[1]!;
      return Array.from({ length: shape[0]! }, (_, row) => [
        ...values.subarray(row * columns, (row + 1) * columns),
      ]);
    },
  };
}

/** W' x + b, W [inputs, outputs]. */
export function affine(x: Vector, matrix: Matrix, bias?: Vector): Vector {
  return matrix[0]!.map((_, j) => x.reduce((sum, value, i) => sum + value * matrix[i]![j]!, bias?.[j] ?? 0));
}

/** Changes a state before anything reads it, so that a difference of losses gives the gradient with respect to the state. */
export type Nudge = (state: Vector, kind: 'hidden' | 'cell', step: number) => Vector;

const KEEP: Nudge = (state) => state;

interface CellState {
  readonly h: Vector;
  readonly c: Vector;
}

/** The gates side by side, after their functions: LSTM i, f, g, o; GRU z, r, n; none of a plain network. */
type Cell = (x: Vector, before: CellState, step: number, nudge: Nudge) => CellState & { gates: Vector };

export type CellKind = 'rnn' | 'gru' | 'lstm';

function cellOf(kind: CellKind, path: string, w: NaiveWeights): Cell {
  const [kernel, recurrent, bias] = [
    w.matrix(`${path}/kernel`),
    w.matrix(`${path}/recurrentKernel`),
    w.vector(`${path}/bias`),
  ];
  const units = recurrent.length;
  const gate = (values: Vector, index: number) => values.slice(index * units, (index + 1) * units);
  if (kind === 'rnn') {
    return (x, { h, c }, step, nudge) => {
      const fromState = affine(h, recurrent);
      const next = affine(x, kernel, bias).map((a, j) => Math.tanh(a + fromState[j]!));
      return { h: nudge(next, 'hidden', step), c, gates: [] };
    };
  }
  if (kind === 'lstm') {
    return (x, { h, c }, step, nudge) => {
      const fromState = affine(h, recurrent);
      const z = affine(x, kernel, bias).map((a, j) => a + fromState[j]!);
      const [i, f, o] = [0, 1, 3].map((index) => gate(z, index).map(sigmoid)) as [Vector, Vector, Vector];
      const g = gate(z, 2).map(Math.tanh);
      const fresh = c.map((old, j) => f[j]! * old + i[j]! * g[j]!);
      const next = nudge(fresh, 'cell', step);
      const hidden = next.map((cell, j) => o[j]! * Math.tanh(cell));
      return { h: nudge(hidden, 'hidden', step), c: next, gates: [...i, ...f, ...g, ...o] };
    };
  }
  return (x, { h, c }, step, nudge) => {
    const a = affine(x, kernel, bias);
    const fromState = affine(h, recurrent);
    const z = gate(a, 0).map((value, j) => sigmoid(value + gate(fromState, 0)[j]!));
    const r = gate(a, 1).map((value, j) => sigmoid(value + gate(fromState, 1)[j]!));
    const reset = affine(
      h.map((value, j) => r[j]! * value),
      recurrent,
    );
    const n = gate(a, 2).map((value, j) => Math.tanh(value + gate(reset, 2)[j]!));
    const next = z.map((keep, j) => keep * h[j]! + (1 - keep) * n[j]!);
    return { h: nudge(next, 'hidden', step), c, gates: [...z, ...r, ...n] };
  };
}

export interface NaiveRun {
  /** Hidden state after every step. */
  readonly outputs: Matrix;
  readonly gates: Matrix;
  readonly cells: Matrix;
  readonly state: CellState;
}

export interface NaiveRunOptions {
  readonly start?: CellState | undefined;
  /** From the last step to the first. */
  readonly reverse?: boolean;
  readonly nudge?: Nudge | undefined;
}

export function naiveRecurrent(
  kind: CellKind,
  path: string,
  sequence: Matrix,
  w: NaiveWeights,
  { start, reverse = false, nudge = KEEP }: NaiveRunOptions = {},
): NaiveRun {
  const run = cellOf(kind, path, w);
  const zeros = new Array<number>(w.matrix(`${path}/recurrentKernel`).length).fill(0);
  let state: CellState = start ?? { h: zeros, c: zeros };
  const all: { readonly outputs: Matrix; readonly gates: Matrix; readonly cells: Matrix } = {
    outputs: [],
    gates: [],
    cells: [],
  };
  const steps = [...sequence.keys()];
  for (const step of reverse ? steps.reverse() : steps) {
    const { gates, ...next } = run(sequence[step]!, state, step, nudge);
    state = next;
    all.outputs[step] = next.h;
    all.gates[step] = gates;
    all.cells[step] = next.c;
  }
  return { ...all, state };
}

const softmax = (scores: Vector): Vector => {
  const powers = scores.map((score) => Math.exp(score - Math.max(...scores)));
  const sum = powers.reduce((total, power) => total + power, 0);
  return powers.map((power) => power / sum);
};

/** Weighted sums of `values`, one for each query, and the weights. */
export function naiveAttention(
  queries: Matrix,
  keys: Matrix,
  values: Matrix,
  causal: boolean,
  scale: number,
) {
  const weights = queries.map((query, t) =>
    softmax(keys.map((key, s) => (causal && s > t ? Number.NEGATIVE_INFINITY : scale * dot(query, key)))),
  );
  const outputs = weights.map((row) =>
    values[0]!.map((_, j) => row.reduce((sum, weight, s) => sum + weight * values[s]![j]!, 0)),
  );
  return { outputs, weights };
}

export function naiveLayerNorm(x: Vector, gamma: Vector, beta: Vector): Vector {
  const mean = x.reduce((sum, value) => sum + value, 0) / x.length;
  const variance = x.reduce((sum, value) => sum + (value - mean) ** 2, 0) / x.length;
  return x.map((value, j) => ((value - mean) / Math.sqrt(variance + 1e-5)) * gamma[j]! + beta[j]!);
}

export interface NaiveBlockOptions {
  readonly heads: number;
  readonly causal: boolean;
  /** Default `pre`. */
  readonly normalization?: 'pre' | 'post';
}

export interface NaiveBlock {
  readonly outputs: Matrix;
  /** By head, [queries, keys]. */
  readonly weights: readonly Matrix[];
  /** What the projections read. */
  readonly read: Matrix;
  /** Query, key and value side by side. */
  readonly projected: Matrix;
}

const sum = (x: Matrix, y: Matrix): Matrix => x.map((row, t) => row.map((value, j) => value + y[t]![j]!));

/** One block, relu. */
export function naiveBlock(
  x: Matrix,
  { heads, causal, normalization = 'pre' }: NaiveBlockOptions,
  path: string,
  w: NaiveWeights,
): NaiveBlock {
  const units = x[0]!.length;
  const dim = units / heads;
  const norm = (rows: Matrix, name: string) =>
    rows.map((row) =>
      naiveLayerNorm(row, w.vector(`${path}/${name}/gamma`), w.vector(`${path}/${name}/beta`)),
    );
  const layer = (rows: Matrix, name: string) =>
    rows.map((row) => affine(row, w.matrix(`${path}/${name}/kernel`), w.vector(`${path}/${name}/bias`)));
  const isPre = normalization === 'pre';
  const read = isPre ? norm(x, 'norm1') : x;
  const projected = layer(read, 'projection');
  const part = (which: number, head: number) =>
    projected.map((row) => row.slice(which * units + head * dim, which * units + (head + 1) * dim));
  const byHead = Array.from({ length: heads }, (_, head) =>
    naiveAttention(part(0, head), part(1, head), part(2, head), causal, 1 / Math.sqrt(dim)),
  );
  const joined = x.map((_, t) => byHead.flatMap(({ outputs }) => outputs[t]!));
  const feed = (rows: Matrix) => {
    const hidden = layer(rows, 'feedForward1').map((row) => row.map((value) => Math.max(0, value)));
    return layer(hidden, 'feedForward2');
  };
  const inside = { weights: byHead.map(({ weights }) => weights), read, projected };
  const attended = sum(layer(joined, 'output'), x);
  if (isPre) return { outputs: sum(feed(norm(attended, 'norm2')), attended), ...inside };
  const y = norm(attended, 'norm1');
  return { outputs: norm(sum(feed(y), y), 'norm2'), ...inside };
}

// Models in plain loops over numbers, float64: one window at a time, straight from the equations. For comparison only.
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

type Cell = (x: Vector, h: Vector, c: Vector) => { readonly h: Vector; readonly c: Vector };

function cellOf(kind: 'rnn' | 'gru' | 'lstm', path: string, w: NaiveWeights): Cell {
  const [kernel, recurrent, bias] = [
    w.matrix(`${path}/kernel`),
    w.matrix(`${path}/recurrentKernel`),
    w.vector(`${path}/bias`),
  ];
  const units = recurrent.length;
  const gate = (values: Vector, index: number) => values.slice(index * units, (index + 1) * units);
  if (kind === 'rnn') {
    return (x, h, c) => {
      const fromState = affine(h, recurrent);
      return { h: affine(x, kernel, bias).map((a, j) => Math.tanh(a + fromState[j]!)), c };
    };
  }
  if (kind === 'lstm') {
    return (x, h, c) => {
      const fromState = affine(h, recurrent);
      const z = affine(x, kernel, bias).map((a, j) => a + fromState[j]!);
      const next = c.map(
        (old, j) => sigmoid(gate(z, 1)[j]!) * old + sigmoid(gate(z, 0)[j]!) * Math.tanh(gate(z, 2)[j]!),
      );
      return { h: next.map((cell, j) => sigmoid(gate(z, 3)[j]!) * Math.tanh(cell)), c: next };
    };
  }
  return (x, h, c) => {
    const a = affine(x, kernel, bias);
    const fromState = affine(h, recurrent);
    const z = gate(a, 0).map((value, j) => sigmoid(value + gate(fromState, 0)[j]!));
    const r = gate(a, 1).map((value, j) => sigmoid(value + gate(fromState, 1)[j]!));
    const reset = affine(
      h.map((value, j) => r[j]! * value),
      recurrent,
    );
    const n = gate(a, 2).map((value, j) => Math.tanh(value + gate(reset, 2)[j]!));
    return { h: z.map((keep, j) => keep * h[j]! + (1 - keep) * n[j]!), c };
  };
}

/** Hidden state after every step. */
export function naiveRecurrent(
  kind: 'rnn' | 'gru' | 'lstm',
  path: string,
  sequence: Matrix,
  w: NaiveWeights,
  start: { h: Vector; c: Vector } | null = null,
): { readonly outputs: Matrix; readonly state: { h: Vector; c: Vector } } {
  const step = cellOf(kind, path, w);
  const zeros = new Array<number>(w.matrix(`${path}/recurrentKernel`).length).fill(0);
  let state = start ?? { h: zeros, c: zeros };
  const outputs = sequence.map((x) => {
    state = step(x, state.h, state.c);
    return state.h;
  });
  return { outputs, state };
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

/** One block, normalised before its parts, relu. */
export function naiveBlock(x: Matrix, heads: number, causal: boolean, path: string, w: NaiveWeights): Matrix {
  const units = x[0]!.length;
  const dim = units / heads;
  const norm = (rows: Matrix, name: string) =>
    rows.map((row) =>
      naiveLayerNorm(row, w.vector(`${path}/${name}/gamma`), w.vector(`${path}/${name}/beta`)),
    );
  const layer = (rows: Matrix, name: string) =>
    rows.map((row) => affine(row, w.matrix(`${path}/${name}/kernel`), w.vector(`${path}/${name}/bias`)));
  const projected = layer(norm(x, 'norm1'), 'projection');
  const part = (which: number, head: number) =>
    projected.map((row) => row.slice(which * units + head * dim, which * units + (head + 1) * dim));
  const byHead = Array.from(
    { length: heads },
    (_, head) =>
      naiveAttention(part(0, head), part(1, head), part(2, head), causal, 1 / Math.sqrt(dim)).outputs,
  );
  const joined = x.map((_, t) => byHead.flatMap((rows) => rows[t]!));
  const y = layer(joined, 'output').map((row, t) => row.map((value, j) => value + x[t]![j]!));
  const hidden = layer(norm(y, 'norm2'), 'feedForward1').map((row) => row.map((value) => Math.max(0, value)));
  return layer(hidden, 'feedForward2').map((row, t) => row.map((value, j) => value + y[t]![j]!));
}

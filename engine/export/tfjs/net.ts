// Joins stock layers with given weights to a graph: a thin wrapper of tf.layers, so that the graphs of the models read like the
// models.
import * as tf from '@tensorflow/tfjs-core';
import { input, layers, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import type { NamedArray } from '../../models/parameters.ts';

export type Node = SymbolicTensor;

/** What every layer can do, for which tfjs-layers exports no type. */
export interface Layer {
  apply(nodes: Node | Node[], options?: Record<string, unknown>): unknown;
  setWeights(weights: tf.Tensor[]): void;
}

/** Values of one weight of a layer, row-major. */
export interface Weight {
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

export type ArrayLookup = (name: string) => Weight;

export function lookUp(arrays: readonly NamedArray[]): ArrayLookup {
  const byName = new Map(arrays.map((array) => [array.name, array]));
  return (name) => {
    const found = byName.get(name);
    if (!found) throw new Error(`the weights have no ${name}`);
    return found;
  };
}

/** Applies a layer and gives it its weights, in the layer's own order. Shared layers get them once. */
export function apply(layer: Layer, nodes: Node | Node[], weights: readonly Weight[] = []): Node {
  const output = layer.apply(nodes) as Node;
  giveWeights(layer, weights);
  return output;
}

export function giveWeights(layer: Layer, weights: readonly Weight[]): void {
  if (weights.length === 0) return;
  const tensors = weights.map(({ values, shape }) => tf.tensor(values.slice(), [...shape], 'float32'));
  layer.setWeights(tensors);
  tf.dispose(tensors);
}

/** First values that cost nothing: they are replaced at once. */
export const EMPTY = { kernelInitializer: 'zeros', recurrentInitializer: 'zeros' } as const;

/** @param shape null: of any length */
export function inputNode(shape: (number | null)[], name: string): Node {
  return input({ shape, name });
}

interface DenseOptions {
  readonly activation?: 'linear' | 'relu' | 'tanh' | 'gelu' | 'sigmoid' | undefined;
  readonly bias?: Weight | undefined;
}

/** x [..., inputs] -> [..., outputs] */
export function dense(x: Node, kernel: Weight, { activation = 'linear', bias }: DenseOptions = {}): Node {
  const units = kernel.shape[1]!;
  // tfjs-layers knows gelu; its types do not.
  const layer = layers.dense({
    units,
    activation: activation as 'relu',
    useBias: bias !== undefined,
    kernelInitializer: 'zeros',
  });
  return apply(layer, x, bias ? [kernel, bias] : [kernel]);
}

export const vector = (values: ArrayLike<number>): Weight => ({
  shape: [values.length],
  values: Float32Array.from(values),
});

export function matrix(
  rows: number,
  columns: number,
  value: (row: number, column: number) => number,
): Weight {
  const values = Float32Array.from({ length: rows * columns }, (_, at) =>
    value(Math.floor(at / columns), at % columns),
  );
  return { shape: [rows, columns], values };
}

/** Of a matrix. */
export function transposed({ shape, values }: Weight): Weight {
  const [rows, columns] = shape as [number, number];
  return {
    shape: [columns, rows],
    values: Float32Array.from(
      { length: rows * columns },
      (_, at) => values[(at % rows) * columns + Math.floor(at / rows)]!,
    ),
  };
}

export function reshape(x: Node, targetShape: number[]): Node {
  return apply(layers.reshape({ targetShape }), x);
}

export const add = (nodes: Node[]): Node => apply(layers.add(), nodes);
export const softmax = (x: Node): Node => apply(layers.softmax({ axis: -1 }), x);

export function concatenate(nodes: Node[], axis: number): Node {
  return nodes.length === 1 ? nodes[0]! : apply(layers.concatenate({ axis }), nodes);
}

export function repeat(x: Node, n: number): Node {
  return apply(layers.repeatVector({ n }), x);
}

/** [time, width] without the first `from` steps and the last `after` ones. There is no slice among the layers. */
export function cropSteps(x: Node, from: number, after: number): Node {
  if (from === 0 && after === 0) return x;
  const [, time, width] = x.shape as [null, number, number];
  const cropping: [[number, number], [number, number]] = [
    [from, after],
    [0, 0],
  ];
  const cropped = apply(layers.cropping2D({ cropping }), reshape(x, [time, width, 1]));
  return reshape(cropped, [time - from - after, width]);
}

/** The last step of [time, width], as [width]. */
export function lastStep(x: Node): Node {
  const [, time, width] = x.shape as [null, number, number];
  return reshape(cropSteps(x, time - 1, 0), [width]);
}

/**
 * (x - offset) scale + shift by column of the last axis, as a batch normalisation with fixed statistics: the only stock layer that
 * subtracts before it multiplies, which float32 needs. Variance and epsilon add up to exactly 1.
 */
export function affineColumns(
  x: Node,
  columns: {
    readonly offset: ArrayLike<number>;
    readonly scale: ArrayLike<number>;
    readonly shift: ArrayLike<number>;
  },
): Node {
  const halves = new Float32Array(columns.offset.length).fill(0.5);
  const layer = layers.batchNormalization({ epsilon: 0.5, axis: -1 });
  return apply(layer, x, [
    vector(columns.scale),
    vector(columns.shift),
    vector(columns.offset),
    vector(halves),
  ]);
}

/** x [rows, columns] + a table of that shape. */
export function addTable(x: Node, table: Float32Array): Node {
  const [, rows, columns] = x.shape as [null, number, number];
  const none = new Float32Array(table.length);
  const ones = new Float32Array(table.length).fill(1);
  const flat = affineColumns(reshape(x, [rows * columns]), { offset: none, scale: ones, shift: table });
  return reshape(flat, [rows, columns]);
}

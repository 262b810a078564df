// The quantiles of a head as stock layers: sums of its numbers and of roots sqrt(number^2 + c^2). No layer takes a root, but a layer
// normalization divides by one: of (x, -x, c, -c), whose mean is 0, it gives (x, -x, c, -c) * sqrt(2) / sqrt(x^2 + c^2).
import { layers } from '@tensorflow/tfjs-layers';
import type { Head } from '../../models/heads/head.ts';
import { apply, concatenate, dense, matrix, type Node, reshape, vector } from './net.ts';

const SIGNS = [1, -1, 1, -1] as const;

/** [horizon, targets * width] -> [horizon, targets * levels], the levels of a target side by side. */
export function quantileGraph(numbers: Node, { width, levels, sums }: Head): Node {
  const [, horizon, columns] = numbers.shape as [null, number, number];
  const targets = columns / width;
  const { under, ofNumbers, ofRoots, constant } = sums;
  const cells = reshape(numbers, [horizon * targets, width]);
  const both = concatenate([cells, rootsOf(cells, under)], 2);
  const kernel = matrix(2 * width, levels, (row, level) => [...ofNumbers, ...ofRoots][row]![level]!);
  return reshape(dense(both, kernel, { bias: vector(constant) }), [horizon, targets * levels]);
}

/** x [cells, width] -> sqrt(x^2 + under^2), likewise. */
function rootsOf(x: Node, under: number): Node {
  const [, cells, width] = x.shape as [null, number, number];
  const each = reshape(x, [cells * width, 1]);
  const isNumber = (column: number) => column < 2;
  const kernel = matrix(1, 4, (_, column) => (isNumber(column) ? SIGNS[column]! : 0));
  const bias = vector(SIGNS.map((sign, column) => (isNumber(column) ? 0 : sign * under)));
  const parts = dense(each, kernel, { bias }); // [cells * width, 4]
  const [ones, zeros] = [vector([1, 1, 1, 1]), vector([0, 0, 0, 0])];
  const shares = apply(layers.layerNormalization({ axis: -1, epsilon: 0 }), parts, [ones, zeros]);
  const products = apply(layers.multiply(), [parts, shares]);
  const sum = dense(products, { shape: [4, 1], values: new Float32Array(4).fill(Math.SQRT1_2 / 2) });
  return reshape(sum, [cells, width]);
}

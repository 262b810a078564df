// Optimizer steps of the simd backend over all parameters at once, in place in the kernels' memory.
import { type TensorInfo, util } from '@tensorflow/tfjs-core';
import type { SimdBackend } from '../backend.ts';
import { countFastPath } from '../register.ts';

export interface OptimizedParameter {
  readonly parameter: TensorInfo;
  readonly gradient: TensorInfo;
  readonly moments: readonly TensorInfo[];
}

/** Floats of one piece; fixed, because the norm is summed piece by piece. */
const PIECE_FLOATS = 8192;
const WORDS = 5;

/** The table of pieces of assembly/optimizer.ts. */
function tableOf(backend: SimdBackend, parameters: readonly OptimizedParameter[]): number[] {
  const table: number[] = [];
  for (const { parameter, gradient, moments } of parameters) {
    const size = util.sizeFromShape(parameter.shape);
    const pointers = [parameter, gradient, moments[0] ?? gradient, moments[1] ?? gradient].map((tensor) =>
      backend.pointerOf(tensor),
    );
    for (let first = 0; first < size; first += PIECE_FLOATS) {
      for (const pointer of pointers) table.push(pointer + 4 * first);
      table.push(Math.min(PIECE_FLOATS, size - first));
    }
  }
  return table;
}

export interface GradientNorms {
  /** Euclidean norm of all gradients together. */
  readonly all: number;
  /** Of each, in their order. */
  readonly each: readonly number[];
}

export interface OptimizerTable {
  readonly address: number;
  readonly pieces: number;
  /** Summed in float64 in a fixed order. */
  gradientNorms(): GradientNorms;
}

/** Lays out the table for the duration of `use`. */
export function withOptimizerTable<T>(
  backend: SimdBackend,
  parameters: readonly OptimizedParameter[],
  use: (table: OptimizerTable) => T,
): T {
  const words = tableOf(backend, parameters);
  const pieces = words.length / WORDS;
  return backend.withScratch(8 * pieces + 4 * words.length, (partials) => {
    const address = partials + 8 * pieces;
    new Int32Array(backend.kernels.memory.buffer, address, words.length).set(words);
    const gradientNorms = () => {
      backend.kernels.exports.squares(address, pieces, partials);
      return normsOf(parameters, new Float64Array(backend.kernels.memory.buffer, partials, pieces));
    };
    return use({ address, pieces, gradientNorms });
  });
}

/** From the sums of squares of all pieces. */
function normsOf(parameters: readonly OptimizedParameter[], sums: Float64Array): GradientNorms {
  let piece = 0;
  const squares = parameters.map(({ parameter }) => {
    const end = piece + Math.ceil(util.sizeFromShape(parameter.shape) / PIECE_FLOATS);
    let square = 0;
    while (piece < end) square += sums[piece++]!;
    return square;
  });
  return { all: Math.sqrt(squares.reduce((sum, square) => sum + square, 0)), each: squares.map(Math.sqrt) };
}

export interface AdamNumbers {
  readonly scale: number;
  readonly beta1: number;
  readonly beta2: number;
  /** rate / (1 - beta1^t) */
  readonly step: number;
  /** 1 / sqrt(1 - beta2^t) */
  readonly root: number;
  readonly epsilon: number;
  /** 1 - rate * weightDecay */
  readonly decay: number;
}

export function adam(backend: SimdBackend, table: OptimizerTable, numbers: AdamNumbers): void {
  backend.kernels.exports.adam(
    table.address,
    table.pieces,
    numbers.scale,
    numbers.beta1,
    1 - numbers.beta1,
    numbers.beta2,
    1 - numbers.beta2,
    numbers.step,
    numbers.root,
    numbers.epsilon,
    numbers.decay,
  );
  countFastPath('adam');
}

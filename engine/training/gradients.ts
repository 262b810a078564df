// Gradients of one step on the host: their norms, the factor of clipping, and the step metrics that tell of them.
import * as tf from '@tensorflow/tfjs-core';
import type { ParameterSet } from '../models/parameters.ts';

export interface LossAndGradients {
  readonly loss: number;
  /** In the parameters' order. */
  readonly gradients: readonly Float32Array[];
}

/** Value and gradients of a scalar loss in all parameters; leaves no tensor behind. */
export function lossAndGradients(parameters: ParameterSet, loss: () => tf.Scalar): LossAndGradients {
  const { value, grads } = tf.variableGrads(loss, parameters.variables);
  const result = {
    loss: value.dataSync()[0]!,
    gradients: parameters.variables.map(({ name }) => grads[name]!.dataSync() as Float32Array),
  };
  tf.dispose([value, grads]);
  return result;
}

export interface GradientNorms {
  /** Euclidean norm over all parameters. */
  readonly all: number;
  /** In the parameters' order. */
  readonly each: readonly number[];
}

/** In float64 and in a fixed order, so that the result is the same on every machine. */
export function gradientNorms(gradients: readonly Float32Array[]): GradientNorms {
  const squares = gradients.map(sumOfSquares);
  const all = Math.sqrt(squares.reduce((sum, square) => sum + square, 0));
  return { all, each: squares.map((square) => Math.sqrt(square)) };
}

function sumOfSquares(values: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]! * values[i]!;
  return sum;
}

/** Factor that brings a gradient of this norm down to at most `clipNorm`; null: no clipping. */
export function clipFactor(norm: number, clipNorm: number | null): number {
  return clipNorm !== null && norm > clipNorm ? clipNorm / norm : 1;
}

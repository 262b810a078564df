// What all forecasting models share.
import type { Tensor2D, Tensor3D } from '@tensorflow/tfjs-core';
import type { Head } from './heads/head.ts';
import type { ParameterSpec, WeightLookup } from './parameters.ts';
import type { Pass } from './pass.ts';
import type { Sequence } from './sequence.ts';

export interface ForecastShape {
  readonly inputs: number;
  readonly lookback: number;
  readonly horizon: number;
  readonly targets: number;
  /** The targets are classes: softmax over them makes the answer probabilities. Default: false. */
  readonly probabilities?: boolean | undefined;
  /** The first weights answer 0 in model units. Default: false. */
  readonly startsAtZero?: boolean | undefined;
  /** What several numbers for each step and target say. Default: one number, the forecast. */
  readonly head?: Head | null | undefined;
}

/** Numbers of an answer for each step and target. */
export const widthOf = ({ head }: Pick<ForecastShape, 'head'>): number => head?.width ?? 1;

export interface ForecastCore {
  readonly specs: readonly ParameterSpec[];
  /** Floats that one training step keeps for the backward pass. */
  activationFloats(batch: number): number;
  /** [batch, lookback, inputs] -> [batch, horizon, targets * width], model units, before softmax; differentiable in the weights. */
  answer(window: Sequence, weight: WeightLookup, pass: Pass): Tensor3D;
  /** Of a model whose writer alone has parameters: what that is solved from in closed form. */
  readonly linearMap?: LinearMapOfModel | undefined;
}

/** A model as one linear map with intercept, the parameters `head/kernel` [inputs, answers] and `head/bias` [answers]. */
export interface LinearMapOfModel {
  readonly inputs: number;
  readonly answers: number;
  /** [batch, lookback, inputs] -> [rows, inputs of the map]; a window makes one row, or one for each column. */
  rowsOf(window: Sequence): Tensor2D;
  /** [batch, horizon, targets] row-major -> the same cells row by row, [rows, answers]. */
  answersOf(cells: Float32Array, windows: number): Float32Array;
}

// Integrated gradients (Sundararajan et al. 2017): what of each value that is read an answer stands on, beside a baseline. The shares of an
// answer sum up to its change from the baseline, but for a gap that more points make smaller.
import * as tf from '@tensorflow/tfjs-core';
import { lossAndGradients } from '../ops/gradients.ts';
import { readValues } from '../ops/values.ts';
import { gaussLegendre } from './gauss-legendre.ts';

/** Points of the path that are one batch: as many as there are, unless the path is a bent one. */
export const POINTS = 32;
/** Per cent above which a path is looked at more finely. */
export const LARGE_GAP = 1;

export interface GradientPath {
  /** [steps, features] each. */
  readonly baseline: Float32Array;
  readonly values: Float32Array;
  readonly features: number;
}

/** [points, steps, features]: values on the straight path, at these shares of the way from the baseline. */
export function pathTensor(
  { baseline, values, features }: GradientPath,
  shares: readonly number[],
): tf.Tensor3D {
  const points = new Float32Array(shares.length * values.length);
  for (const [index, share] of shares.entries())
    for (let at = 0; at < values.length; at++)
      points[index * values.length + at] = baseline[at]! + share * (values[at]! - baseline[at]!);
  return tf.tensor3d(points, [shares.length, values.length / features, features]);
}

/**
 * @param answers each the sum over the batch [points, steps, features] of one answer
 * @returns of each answer [steps, features]: (value - baseline) times the mean gradient on the path
 */
export function integratedGradients(
  path: GradientPath,
  answers: readonly ((x: tf.Tensor3D) => tf.Scalar)[],
  count: number,
): Float64Array[] {
  const { points, weights } = gaussLegendre(count);
  const found = answers.map(() => new Float64Array(path.values.length));
  for (let first = 0; first < count; first += POINTS) {
    const variable = tf.tidy(() => tf.variable(pathTensor(path, points.slice(first, first + POINTS))));
    try {
      for (const [index, answer] of answers.entries()) {
        const gradients = readValues(
          () =>
            lossAndGradients(() => answer(variable as tf.Tensor as tf.Tensor3D), [variable]).gradients[0]!,
        );
        addWeighted(found[index]!, path, gradients, weights.slice(first, first + POINTS));
      }
    } finally {
      variable.dispose();
    }
  }
  return found;
}

function addWeighted(
  sums: Float64Array,
  { baseline, values }: GradientPath,
  gradients: Float32Array,
  weights: readonly number[],
): void {
  const mean = new Float64Array(values.length);
  for (const [point, weight] of weights.entries())
    for (let at = 0; at < mean.length; at++) mean[at]! += weight * gradients[point * mean.length + at]!;
  for (let at = 0; at < sums.length; at++) sums[at]! += mean[at]! * (values[at]! - baseline[at]!);
}

/** Per cent of the answer's change, or of `least`, by which its shares miss it; null where that is 0. */
export function gapOf(shares: Float64Array, change: number, least = 0): number | null {
  const whole = Math.max(least, Math.abs(change));
  if (whole === 0) return null;
  const sum = shares.reduce((all, one) => all + one, 0);
  return (100 * Math.abs(sum - change)) / whole;
}

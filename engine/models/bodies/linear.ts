// The body of linear models: every step as it is or, as DLinear (Zeng and others 2023), its trend and its rest side by side. It has no
// parameters; the writer's map of all steps is the model.
import * as tf from '@tensorflow/tfjs-core';
import type { LinearModel } from '../../contract/experiment/model.ts';
import { linear } from '../../ops/linear.ts';
import { maskSteps } from '../../ops/pooling/mask-steps.ts';
import { alignToEnd } from '../readers/align.ts';
import type { Sequence } from '../sequence.ts';
import type { Body } from './body.ts';

/** A sequence becomes `lookback` steps that end with its last one; before its first one are zeros. */
export function createLinearBody(
  { decomposition, averageRows }: Pick<LinearModel, 'decomposition' | 'averageRows'>,
  { inputs, lookback }: { readonly inputs: number; readonly lookback: number },
): Body {
  const isSplit = decomposition === 'trend';
  return {
    specs: [],
    units: isSplit ? 2 * inputs : inputs,
    encode(sequence) {
      const steps = isSplit
        ? lastSteps(trendAndRest(sequence, averageRows), lookback)
        : alignedSteps(sequence, lookback);
      return {
        steps,
        mask: undefined,
        get last() {
          const [batch, time, units] = steps.shape;
          return tf.reshape<tf.Rank.R2>(tf.slice(steps, [0, time - 1, 0], [batch, 1, units]), [batch, units]);
        },
      };
    },
    activationFloats: (batch, steps) => batch * steps * inputs * (isSplit ? 6 : 1),
  };
}

const aligned = ({ x, mask }: Sequence): tf.Tensor3D => (mask ? alignToEnd(x, mask).x : x);

/** The last `steps` steps that exist, zeros before the first one. */
export const alignedSteps = (sequence: Sequence, steps: number): tf.Tensor3D =>
  lastSteps(aligned(sequence), steps);

function lastSteps(x: tf.Tensor3D, steps: number): tf.Tensor3D {
  const [batch, time, units] = x.shape;
  if (time === steps) return x;
  if (time > steps) return tf.slice(x, [0, time - steps, 0], [batch, steps, units]);
  return tf.concat([tf.zeros<tf.Rank.R3>([batch, steps - time, units]), x], 1);
}

/** [batch, time, inputs] -> [batch, time, 2 inputs]: the moving average, then what it leaves. */
function trendAndRest({ x, mask }: Sequence, rows: number): tf.Tensor3D {
  const given = mask ? alignToEnd(x, mask) : { x, mask };
  const filled = given.mask ? repeatFirst(given.x, given.mask) : given.x;
  const columns = tf.transpose(filled, [0, 2, 1]); // [batch, inputs, time]
  const kernel = tf.tensor2d(averagingKernel(filled.shape[1], rows), [filled.shape[1], filled.shape[1]]);
  const trend = tf.transpose(linear(columns, { kernel }), [0, 2, 1]) as tf.Tensor3D;
  const both = tf.concat<tf.Tensor3D>([trend, tf.sub(filled, trend)], 2);
  return given.mask ? maskSteps(both, given.mask) : both;
}

/**
 * [time, time], row-major: column t has the weights of the average around step t; the first and the last step are repeated beyond the
 * ends of the window.
 */
export function averagingKernel(time: number, rows: number): Float32Array {
  const kernel = new Float32Array(time * time);
  const half = (rows - 1) / 2;
  for (let step = 0; step < time; step += 1) {
    for (let offset = -half; offset <= half; offset += 1) {
      const from = Math.min(time - 1, Math.max(0, step + offset));
      kernel[from * time + step]! += 1 / rows;
    }
  }
  return kernel;
}

/** The first existing step in the place of the padding before it, as an average repeats it. */
function repeatFirst(x: tf.Tensor3D, mask: tf.Tensor2D): tf.Tensor3D {
  const time = x.shape[1];
  const before = tf.pad(tf.slice(mask, [0, 0], [-1, time - 1]), [
    [0, 0],
    [1, 0],
  ]);
  const isFirst = tf.expandDims(tf.sub(mask, before), 2); // [batch, time, 1]
  const first = tf.sum(tf.mul(x, isFirst), 1, true); // [batch, 1, inputs]
  const isPadding = tf.expandDims(tf.sub(1, mask), 2);
  return tf.add(x, tf.mul(isPadding, first));
}

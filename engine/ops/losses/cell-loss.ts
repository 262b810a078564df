// What the losses of single cells (mse, mae, huber, pinball, sigmoid cross-entropy) share: the mean over the cells whose mask is
// not 0, as one kernel with its gradient on the simd backend, composed from stock ops elsewhere. Cells with mask 0 have no
// influence, even if they contain NaN.
import * as tf from '@tensorflow/tfjs-core';
import {
  type CellLossInputs,
  type CellLossOptions,
  cellLossBackward,
  cellLossForward,
} from '../../backends/simd/kernels/loss.ts';
import { HindcastError } from '../../contract/values/errors.ts';
import { defineOp } from '../define-op.ts';

export interface LossOptions {
  /** The target's shape, 0 where it is unknown; all known if absent. */
  readonly mask?: tf.Tensor | undefined;
}

/** Error (forecast - target) and target -> cost, from stock ops. */
export type ComposedCost = (error: tf.Tensor, target: tf.Tensor) => tf.Tensor;

export interface CellLossCall extends CellLossOptions {
  readonly forecast: tf.Tensor;
  readonly target: tf.Tensor;
  readonly mask: tf.Tensor | undefined;
  readonly cost: ComposedCost;
}

const lossOp = defineOp<CellLossInputs, CellLossOptions>({
  kernelName: 'HindcastCellLoss',
  outputsToSave: [false, true],
  forward({ backend, inputs, attributes }) {
    const { mean, share } = cellLossForward(backend, inputs, attributes);
    return [mean, share];
  },
  backward: ({ backend, inputs, attributes, outputs: [share], incoming: [dy] }) => ({
    forecast: cellLossBackward(backend, inputs, attributes, share!, dy!),
  }),
});

function checkShapes({ forecast, target, mask, levels }: CellLossCall): void {
  const wanted = levels.length > 0 ? [...target.shape, levels.length] : target.shape;
  const fits =
    forecast.shape.join() === wanted.join() && (!mask || mask.shape.join() === target.shape.join());
  if (fits) return;
  throw new HindcastError(
    'invalid-input',
    `The forecast [${forecast.shape}] does not fit the target [${target.shape}]${mask ? ` and the mask [${mask.shape}]` : ''}: the forecast must have the shape [${wanted}], the mask that of the target.`,
  );
}

/** A loss of the error alone: forecast and target of one shape. */
export const errorLoss =
  (kind: CellLossOptions['kind'], cost: ComposedCost) =>
  (forecast: tf.Tensor, target: tf.Tensor, { mask }: LossOptions = {}): tf.Scalar =>
    cellLoss({ forecast, target, mask, kind, levels: [], delta: 0, cost });

/** The mean as a scalar on the tape, differentiable in the forecast; 0 where no cell is known. */
export function cellLoss(call: CellLossCall): tf.Scalar {
  checkShapes(call);
  if (!lossOp.isAvailable()) return cellLossComposed(call);
  const { forecast, target, mask, kind, levels, delta } = call;
  const [mean, share] = lossOp.run({ forecast, target, mask }, { kind, levels, delta });
  share!.dispose();
  return mean as tf.Scalar;
}

/** From stock ops, for every backend; the reference of the fused op. */
export function cellLossComposed({ forecast, target, mask, levels, cost }: CellLossCall): tf.Scalar {
  const widened = <T extends tf.Tensor>(tensor: T) =>
    levels.length > 0 ? tf.expandDims(tensor, -1) : tensor;
  const error = tf.sub(forecast, widened(target));
  if (!mask) return tf.mean(cost(error, widened(target)));
  const known = tf.broadcastTo(tf.cast(tf.notEqual(widened(mask), 0), 'float32'), error.shape);
  const kept = tf.where(tf.cast(known, 'bool'), error, tf.zerosLike(error));
  const count = tf.maximum(tf.sum(known), 1);
  const aim = tf.where(
    tf.cast(known, 'bool'),
    tf.broadcastTo(widened(target), error.shape),
    tf.zerosLike(error),
  );
  return tf.div(tf.sum(tf.mul(cost(kept, aim), known)), count);
}

// Truncated backpropagation through time: the steps before the last k run outside of the tape, so that they cost no memory
// and no gradient, and hand their state on as a constant.
import * as tf from '@tensorflow/tfjs-core';
import type { Pass } from './encoder.ts';
import type { WeightLookup } from './parameters.ts';
import type { LayerState, RecurrentLayers } from './recurrent-layers.ts';

/** State of every layer (of one direction) after all but the last `steps` steps; undefined where none are before them. */
export function stateBefore(
  layers: RecurrentLayers,
  x: tf.Tensor3D,
  steps: number,
  run: { readonly weight: WeightLookup; readonly pass: Pass },
): readonly LayerState[] | undefined {
  const [batch, time, features] = x.shape;
  if (steps >= time) return undefined;
  let tensorsPerLayer = 1;
  // tfjs has no stopGradient: what runs inside of a custom gradient is not recorded, and this one is a function of no variable.
  const joined = tf.customGrad((nothing) => {
    const early = tf.slice(x, [0, 0, 0], [batch, time - steps, features]);
    const { states } = layers.run(early, run.weight, run.pass);
    const tensors = states.flatMap(({ hidden, cell }) => (cell ? [hidden, cell] : [hidden]));
    tensorsPerLayer = tensors.length / states.length;
    return { value: tf.concat(tensors, 1), gradFunc: () => nothing as tf.Tensor };
  })(tf.scalar(0)) as tf.Tensor2D;
  const tensors = tf.split(joined, joined.shape[1] / layers.width, 1) as tf.Tensor2D[];
  return Array.from({ length: tensors.length / tensorsPerLayer }, (_, layer) => ({
    hidden: tensors[layer * tensorsPerLayer]!,
    cell: tensorsPerLayer > 1 ? tensors[layer * tensorsPerLayer + 1] : undefined,
  }));
}

/** x [batch, time, features] -> its last `steps` steps. */
export function lastSteps(x: tf.Tensor3D, steps: number): tf.Tensor3D {
  const [batch, time, features] = x.shape;
  return steps >= time ? x : tf.slice(x, [0, time - steps, 0], [batch, steps, features]);
}

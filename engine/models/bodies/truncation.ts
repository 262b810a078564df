// Truncated backpropagation through time: the steps before the last k run outside the tape, so they need no memory for gradients
// and get none; they pass their state on as a constant.
import * as tf from '@tensorflow/tfjs-core';
import type { WeightLookup } from '../parameters.ts';
import type { Pass } from '../pass.ts';
import type { Sequence } from '../sequence.ts';
import type { LayerState, RecurrentLayers } from './recurrent-layers.ts';

/** State of every layer (of one direction) after all but the last `steps` steps; undefined where none are before them. */
export function stateBefore(
  layers: RecurrentLayers,
  sequence: Sequence,
  steps: number,
  run: { readonly weight: WeightLookup; readonly pass: Pass },
): readonly LayerState[] | undefined {
  const time = sequence.x.shape[1];
  if (steps >= time) return undefined;
  let tensorsPerLayer = 1;
  // tfjs has no stopGradient: what runs inside of a custom gradient is not recorded, and this one is a function of no variable.
  const joined = tf.customGrad((nothing) => {
    const { states } = layers.run(stepsFrom(sequence, 0, time - steps), { ...run, piece: 'before' });
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

/** A sequence's last `steps` steps. */
export function lastSteps(sequence: Sequence, steps: number): Sequence {
  const time = sequence.x.shape[1];
  return steps >= time ? sequence : stepsFrom(sequence, time - steps, steps);
}

function stepsFrom({ x, mask }: Sequence, first: number, count: number): Sequence {
  return {
    x: tf.slice(x, [0, first, 0], [-1, count, -1]),
    mask: mask && tf.slice(mask, [0, first], [-1, count]),
  };
}

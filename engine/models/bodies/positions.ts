// Adds positions to the steps of a body that does not see order. A step's position is the number of existing steps before it, so
// padding on either side does not move it.
import * as tf from '@tensorflow/tfjs-core';
import type { AttentionModel } from '../../contract/experiment/model.ts';
import { addPositions, sinePositions } from '../../ops/attention/positions.ts';
import { embedding } from '../../ops/embedding.ts';
import type { ParameterSpec, WeightLookup } from '../parameters.ts';
import { stepNumbers } from '../readers/align.ts';
import type { Sequence } from '../sequence.ts';

/** Spread of the first learned position codes. */
const LIMIT = 0.02;

export interface Positions {
  readonly specs: readonly ParameterSpec[];
  /** x [batch, time, units] with its positions. */
  add(sequence: Sequence, weight: WeightLookup): tf.Tensor3D;
}

/**
 * @param maxSteps most steps that a sequence has beside its padding
 * @param name of learned ones, where a model has several
 */
export function createPositions(
  { positions, units }: Pick<AttentionModel, 'positions' | 'units'>,
  maxSteps: number,
  name = 'positions',
): Positions {
  if (positions === 'none') return { specs: [], add: ({ x }) => x };
  if (positions === 'sine') {
    // Not before it is needed: a model may be made only to be counted.
    let codes: Float32Array | undefined;
    const table = () => {
      codes ??= sinePositions(maxSteps, units);
      return tf.tensor2d(codes.slice(), [maxSteps, units]);
    };
    return { specs: [], add: (sequence) => addRows(sequence, table()) };
  }
  return {
    specs: [
      {
        name,
        shape: [maxSteps, units],
        initialize: (random) =>
          Float32Array.from({ length: maxSteps * units }, () => (2 * random.uniform() - 1) * LIMIT),
      },
    ],
    add: (sequence, weight) => addRows(sequence, weight(name)),
  };
}

function addRows({ x, mask }: Sequence, table: tf.Tensor2D): tf.Tensor3D {
  if (!mask) return addPositions(x, table);
  return tf.add(x, embedding(table, stepNumbers(mask, table.shape[0])));
}

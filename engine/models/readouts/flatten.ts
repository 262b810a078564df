// All steps side by side, for sequences of one fixed length in which each position has a meaning of its own.
import * as tf from '@tensorflow/tfjs-core';
import { HindcastError } from '../../contract/values/errors.ts';
import type { Readout } from './readout.ts';

/** @throws HindcastError `invalid-input` on reading steps under a mask, or another number of them. */
export function createFlattenReadout(units: number, steps: number): Readout {
  return {
    specs: [],
    units: steps * units,
    read({ steps: x, mask }) {
      if (!mask && x.shape[1] === steps) return tf.reshape(x, [-1, steps * units]);
      const given = mask ? 'padded sequences' : `${x.shape[1]} steps`;
      throw new HindcastError(
        'invalid-input',
        `A readout of all steps side by side needs ${steps} steps in every sequence, but was given ${given}; choose the readout mean or last.`,
        { details: { field: 'model.readout' } },
      );
    },
  };
}

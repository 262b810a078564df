// The body of dense models (multi-layer perceptrons): every step passes through the same layers by itself. Of a vector, a sequence of one
// step, this is the lecture's one to one; without a layer the writer alone is left, which is linear or logistic regression.
import type * as tf from '@tensorflow/tfjs-core';
import type { DenseModel } from '../../contract/experiment/model.ts';
import { maskSteps } from '../../ops/pooling/mask-steps.ts';
import { dense, denseSpecs } from '../dense.ts';
import { dropOut } from '../dropout.ts';
import type { Body } from './body.ts';
import { lastOf } from './last-step.ts';

const pathOf = (layer: number): string => `dense/${layer}`;

export function createDenseBody({ units, layers, activation, dropout }: DenseModel, inputs: number): Body {
  const all = Array.from({ length: layers }, (_, layer) => layer);
  return {
    specs: all.flatMap((layer) => denseSpecs(pathOf(layer), layer === 0 ? inputs : units, units)),
    units: layers === 0 ? inputs : units,
    encode({ x, mask }, weight, pass) {
      const start: tf.Tensor3D = mask ? maskSteps(x, mask) : x;
      const steps = all.reduce((from, layer) => {
        const out = dense(from, pathOf(layer), weight, activation);
        // What is read of the last layer is dropped by the model.
        return layer + 1 < layers ? dropOut(out, dropout, pass) : out;
      }, start);
      return {
        steps,
        mask,
        get last() {
          return lastOf(steps, mask);
        },
      };
    },
    activationFloats: (batch, steps) => batch * steps * (inputs + 2 * layers * units),
  };
}

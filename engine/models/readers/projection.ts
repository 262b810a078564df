// Numeric columns through a linear layer, one vector of the model's width per step.
import type { Tensor3D } from '@tensorflow/tfjs-core';
import { maskSteps } from '../../ops/pooling/mask-steps.ts';
import { dense, denseSpecs } from '../dense.ts';
import type { Reader } from './reader.ts';

const PATH = 'embedding';

export function createProjectionReader(inputs: number, units: number): Reader<Tensor3D> {
  return {
    specs: denseSpecs(PATH, inputs, units),
    features: units,
    stepsOf: (time) => time,
    read: ({ x, mask }, weight) => ({ x: dense(mask ? maskSteps(x, mask) : x, PATH, weight), mask }),
    activationFloats: () => 0,
  };
}

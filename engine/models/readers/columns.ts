// Numeric columns unchanged, one vector per step.
import type { Tensor3D } from '@tensorflow/tfjs-core';
import { maskSteps } from '../../ops/pooling/mask-steps.ts';
import type { Reader } from './reader.ts';

export function createColumnReader(inputs: number): Reader<Tensor3D> {
  return {
    specs: [],
    features: inputs,
    stepsOf: (time) => time,
    read: ({ x, mask }) => (mask ? { x: maskSteps(x, mask), mask } : { x }),
    activationFloats: () => 0,
  };
}

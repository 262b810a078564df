// Which stock JavaScript kernels of the CPU backend a training step calls, by itself or through a compiled one.
import * as tf from '@tensorflow/tfjs-core';
import { OptimizerSchema } from '../../engine/contract/experiment/training.ts';
import {
  createParameterSet,
  initializeParameters,
  type ParameterSpec,
  type WeightLookup,
} from '../../engine/models/parameters.ts';
import { lossAndGradients } from '../../engine/ops/gradients.ts';
import { createOptimizer } from '../../engine/training/optimizers.ts';
import { seedRandomStream } from '../../engine/training/random-streams.ts';

/** They hand the same values on under another shape. */
export const TRIVIAL = ['ExpandDims', 'Identity', 'Reshape'];

export const stockCalls = new Set<string>();

/** Every stock kernel, called instead of a compiled one or by it, gives its name. */
export function watchStockKernels(): void {
  for (const own of tf.getKernelsForBackend('simd')) {
    const stock = tf.getKernel(own.kernelName, 'cpu') as tf.KernelConfig | undefined;
    if (!stock) continue;
    const run = stock.kernelFunc;
    const told: tf.KernelFunc = (call) => {
      stockCalls.add(own.kernelName);
      return run(call);
    };
    if (own.kernelFunc === run) own.kernelFunc = told;
    stock.kernelFunc = told;
  }
}

/** Names of the stock kernels in a step; the data are made before it. */
export function stockKernelsOf(
  specs: readonly ParameterSpec[],
  createLoss: (weight: WeightLookup) => () => tf.Scalar,
  optimizer: object = { kind: 'adam' },
): string[] {
  const parameters = createParameterSet(specs, initializeParameters(specs, seedRandomStream(5, 'init')));
  const running = createOptimizer(OptimizerSchema.parse(optimizer), parameters, null);
  tf.tidy(() => {
    const loss = createLoss(parameters.weight);
    stockCalls.clear();
    const { gradients } = lossAndGradients(loss, parameters.variables);
    running.step(gradients, { learningRate: 0.01, clipNorm: 1 });
  });
  running.dispose();
  parameters.dispose();
  return [...stockCalls].sort();
}

// Adam: Kingma and Ba 2014, algorithm 1, with the bias corrections as running products (a power's last bit differs between
// machines). AdamW: weights also shrink by learning rate x weight decay in each step, apart from the gradient (Loshchilov and
// Hutter 2019). Computed in float64, kept in float32.
import type { Optimizer } from '../../contract/experiment.ts';
import type { NamedArray } from '../../models/parameters.ts';
import { type OptimizerState, type RunningOptimizer, slots } from './optimizer.ts';

export function createAdam(
  options: Extract<Optimizer, { kind: 'adam' | 'adamw' }>,
  parameters: readonly NamedArray[],
  saved: OptimizerState | null,
): RunningOptimizer {
  const { kind, beta1, beta2, epsilon } = options;
  const weightDecay = options.kind === 'adamw' ? options.weightDecay : 0;
  let beta1Power = saved?.numbers.beta1Power ?? 1;
  let beta2Power = saved?.numbers.beta2Power ?? 1;
  const first = slots('m', parameters, saved);
  const second = slots('v', parameters, saved);

  function update(index: number, gradient: Float32Array, factor: number, rate: number, kept: number): void {
    const { values } = parameters[index]!;
    const m = first[index]!.values;
    const v = second[index]!.values;
    const correction = Math.sqrt(1 - beta2Power);
    for (let i = 0; i < values.length; i++) {
      const g = gradient[i]! * factor;
      const mean = beta1 * m[i]! + (1 - beta1) * g;
      const square = beta2 * v[i]! + (1 - beta2) * g * g;
      m[i] = mean;
      v[i] = square;
      values[i] = kept * values[i]! - (rate * mean) / (Math.sqrt(square) / correction + epsilon);
    }
  }

  return {
    step(gradients, factor, learningRate) {
      beta1Power *= beta1;
      beta2Power *= beta2;
      const rate = learningRate / (1 - beta1Power);
      const kept = 1 - learningRate * weightDecay;
      for (const [index, gradient] of gradients.entries()) update(index, gradient, factor, rate, kept);
    },
    state: () => ({ kind, numbers: { beta1Power, beta2Power }, arrays: [...first, ...second] }),
  };
}

// Stochastic gradient descent with momentum (Polyak 1964, as PyTorch writes it): v = mu v + g, w = w - rate v; Nesterov's form
// steps along g + mu v instead. Computed in float64, kept in float32.
import type { Optimizer } from '../../contract/experiment.ts';
import type { NamedArray } from '../../models/parameters.ts';
import { type OptimizerState, type RunningOptimizer, slots } from './optimizer.ts';

export function createSgd(
  { kind, momentum, nesterov }: Extract<Optimizer, { kind: 'sgd' }>,
  parameters: readonly NamedArray[],
  saved: OptimizerState | null,
): RunningOptimizer {
  const velocities = slots('velocity', parameters, saved);
  return {
    step(gradients, factor, learningRate) {
      for (const [index, gradient] of gradients.entries()) {
        const { values } = parameters[index]!;
        const velocity = velocities[index]!.values;
        for (let i = 0; i < values.length; i++) {
          const g = gradient[i]! * factor;
          const v = momentum * velocity[i]! + g;
          velocity[i] = v;
          values[i]! -= learningRate * (nesterov ? g + momentum * v : v);
        }
      }
    },
    state: () => ({ kind, numbers: {}, arrays: velocities }),
  };
}

// RMSProp (Tieleman and Hinton 2012): v = rho v + (1 - rho) g^2, w = w - rate g / (sqrt(v) + epsilon). Computed in float64,
// kept in float32.
import type { Optimizer } from '../../contract/experiment.ts';
import type { NamedArray } from '../../models/parameters.ts';
import { type OptimizerState, type RunningOptimizer, slots } from './optimizer.ts';

export function createRmsProp(
  { kind, rho, epsilon }: Extract<Optimizer, { kind: 'rmsprop' }>,
  parameters: readonly NamedArray[],
  saved: OptimizerState | null,
): RunningOptimizer {
  const squares = slots('v', parameters, saved);
  return {
    step(gradients, factor, learningRate) {
      for (const [index, gradient] of gradients.entries()) {
        const { values } = parameters[index]!;
        const mean = squares[index]!.values;
        for (let i = 0; i < values.length; i++) {
          const g = gradient[i]! * factor;
          const square = rho * mean[i]! + (1 - rho) * g * g;
          mean[i] = square;
          values[i]! -= (learningRate * g) / (Math.sqrt(square) + epsilon);
        }
      }
    },
    state: () => ({ kind, numbers: {}, arrays: squares }),
  };
}

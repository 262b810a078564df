// Optimizers on the host arrays of the parameters. Their state is kept by parameter name, so that it survives a reordering.
// Plain loops instead of tensor ops: exact in every backend, ten times fewer passes over memory, and no tensor to leak.
//
// Adam: Kingma and Ba 2014, algorithm 1, with the bias corrections as running products (a power's last bit differs between machines).
// Computed in float64, kept in float32.
import { HindcastError } from '../contract/errors.ts';
import type { Optimizer } from '../contract/experiment.ts';
import type { NamedArray } from '../models/parameters.ts';

export interface OptimizerState {
  readonly kind: string;
  /** Numbers beside the arrays, exact in JSON. */
  readonly numbers: Readonly<Record<string, number>>;
  /** `m/lstm/0/kernel`, ... */
  readonly arrays: readonly NamedArray[];
}

export interface RunningOptimizer {
  /**
   * Changes `parameters` in place by one step.
   * @param gradients in the parameters' order
   * @param factor gradients are multiplied by it first (clipping)
   */
  step(gradients: readonly Float32Array[], factor: number, learningRate: number): void;
  /** Arrays of the state itself, not copies. */
  state(): OptimizerState;
}

/** An optimizer for these parameters, new or going on from a saved state. */
export function createOptimizer(
  options: Optimizer,
  parameters: readonly NamedArray[],
  saved: OptimizerState | null,
): RunningOptimizer {
  switch (options.kind) {
    case 'adam':
      return createAdam(options, parameters, saved);
  }
}

function createAdam(
  { kind, beta1, beta2, epsilon }: Optimizer,
  parameters: readonly NamedArray[],
  saved: OptimizerState | null,
): RunningOptimizer {
  let beta1Power = saved?.numbers.beta1Power ?? 1;
  let beta2Power = saved?.numbers.beta2Power ?? 1;
  const first = slots('m', parameters, saved);
  const second = slots('v', parameters, saved);

  function update(index: number, gradient: Float32Array, factor: number, rate: number): void {
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
      values[i]! -= (rate * mean) / (Math.sqrt(square) / correction + epsilon);
    }
  }

  return {
    step(gradients, factor, learningRate) {
      beta1Power *= beta1;
      beta2Power *= beta2;
      const rate = learningRate / (1 - beta1Power);
      for (const [index, gradient] of gradients.entries()) update(index, gradient, factor, rate);
    },
    state: () => ({ kind, numbers: { beta1Power, beta2Power }, arrays: [...first, ...second] }),
  };
}

/** One array of state for each parameter: zeros, or copies of the saved ones found by name. */
function slots(
  prefix: string,
  parameters: readonly NamedArray[],
  saved: OptimizerState | null,
): NamedArray[] {
  const savedByName = new Map(saved?.arrays.map((array) => [array.name, array.values]));
  return parameters.map(({ name, shape, values }) => {
    const slot = `${prefix}/${name}`;
    const before = savedByName.get(slot);
    if (saved && before?.length !== values.length) {
      throw new HindcastError('internal', `the saved optimizer state lacks ${slot} [${shape}]`);
    }
    return { name: slot, shape, values: before?.slice() ?? new Float32Array(values.length) };
  });
}

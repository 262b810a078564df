// What an optimizer is: it works on the host arrays of the parameters. Its state is kept by parameter name, so that it survives
// a reordering. Plain loops instead of tensor ops: exact in every backend, ten times fewer passes over memory, and no tensor to leak.
import { HindcastError } from '../../contract/errors.ts';
import type { NamedArray } from '../../models/parameters.ts';

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

/** One array of state for each parameter: zeros, or copies of the saved ones found by name. */
export function slots(
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

// Optimizers by the `kind` of an experiment. A new one is a file in optimizers/ and a line here.
import type { Optimizer } from '../contract/experiment.ts';
import type { NamedArray } from '../models/parameters.ts';
import { createAdam } from './optimizers/adam.ts';
import type { OptimizerState, RunningOptimizer } from './optimizers/optimizer.ts';
import { createRmsProp } from './optimizers/rmsprop.ts';
import { createSgd } from './optimizers/sgd.ts';

export type { OptimizerState, RunningOptimizer } from './optimizers/optimizer.ts';

/** An optimizer for these parameters, new or going on from a saved state. */
export function createOptimizer(
  options: Optimizer,
  parameters: readonly NamedArray[],
  saved: OptimizerState | null,
): RunningOptimizer {
  switch (options.kind) {
    case 'adam':
    case 'adamw':
      return createAdam(options, parameters, saved);
    case 'sgd':
      return createSgd(options, parameters, saved);
    case 'rmsprop':
      return createRmsProp(options, parameters, saved);
  }
}

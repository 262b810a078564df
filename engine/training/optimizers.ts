// Turns the `optimizer` of an experiment into the fused steps of engine/ops: all state stays in the backend's memory, and only a
// checkpoint reads it. State arrays are named after their parameter (`m/lstm/0/kernel`), so they survive a reordering.
import * as tf from '@tensorflow/tfjs-core';
import type { Optimizer } from '../contract/experiment/training.ts';
import { HindcastError } from '../contract/values/errors.ts';
import { type NamedArray, type ParameterSet, readVariable, toTensor } from '../models/parameters.ts';
import { adamStep, createAdamState } from '../ops/optimizers/adam.ts';
import type { Slots, StepTaken } from '../ops/optimizers/optimizer-step.ts';
import { createRmspropState, rmspropStep } from '../ops/optimizers/rmsprop.ts';
import { createSgdState, sgdStep } from '../ops/optimizers/sgd.ts';

export interface OptimizerState {
  readonly kind: string;
  /** Numbers beside the arrays, exact in JSON. */
  readonly numbers: Readonly<Record<string, number>>;
  readonly arrays: readonly NamedArray[];
}

export interface StepSize {
  readonly learningRate: number;
  /** Most that the norm of all gradients together may be; null: no limit. */
  readonly clipNorm: number | null;
}

export interface RunningOptimizer {
  /**
   * Changes the parameters in place by one step, unless a gradient is not finite.
   * @param gradients in the parameters' order; not disposed of
   */
  step(gradients: readonly tf.Tensor[], size: StepSize): StepTaken;
  /** A copy. */
  state(): OptimizerState;
  dispose(): void;
}

type Limits = { readonly learningRate: number; readonly clipNorm: number | undefined };

interface Method {
  /** State beside the parameters by prefix of its names. */
  readonly slots: Readonly<Record<string, Slots>>;
  readonly numbers: () => OptimizerState['numbers'];
  readonly step: (gradients: readonly tf.Tensor[], limits: Limits) => StepTaken;
}

/** An optimizer for these parameters, new or restored from a saved state; dispose of it before or after them. */
export function createOptimizer(
  options: Optimizer,
  parameters: ParameterSet,
  saved: OptimizerState | null,
): RunningOptimizer {
  const { slots, numbers, step } = createMethod(options, parameters.variables, saved?.numbers ?? null);
  const prefixes = Object.entries(slots);
  if (saved) for (const [prefix, variables] of prefixes) restore(prefix, variables, parameters, saved);
  const read = (prefix: string, variables: Slots) =>
    variables.map((variable, index) => readVariable(`${prefix}/${parameters.specs[index]!.name}`, variable));
  return {
    step: (gradients, { learningRate, clipNorm }) =>
      step(gradients, { learningRate, clipNorm: clipNorm ?? undefined }),
    state: () => ({
      kind: options.kind,
      numbers: numbers(),
      arrays: prefixes.flatMap(([prefix, variables]) => read(prefix, variables)),
    }),
    dispose: () => tf.dispose(Object.values(slots).flat()),
  };
}

/** A new kind of optimizer is an op and a case here. */
function createMethod(
  options: Optimizer,
  variables: readonly tf.Variable[],
  saved: OptimizerState['numbers'] | null,
): Method {
  switch (options.kind) {
    case 'adam':
    case 'adamw': {
      // May throw: keep before the slots are made, or they leak.
      const powers = saved && {
        beta1Power: numberOf(saved, 'beta1Power'),
        beta2Power: numberOf(saved, 'beta2Power'),
      };
      const state = { ...createAdamState(variables), ...powers };
      return {
        slots: { m: state.first, v: state.second },
        numbers: () => ({ beta1Power: state.beta1Power, beta2Power: state.beta2Power }),
        step: (gradients, limits) => adamStep(variables, gradients, state, { ...options, ...limits }),
      };
    }
    case 'sgd': {
      const state = createSgdState(variables);
      return {
        slots: { velocity: state.momenta },
        numbers: () => ({}),
        step: (gradients, limits) => sgdStep(variables, gradients, state, { ...options, ...limits }),
      };
    }
    case 'rmsprop': {
      const state = createRmspropState(variables);
      const own = { alpha: options.rho, epsilon: options.epsilon };
      return {
        slots: { v: state.squares },
        numbers: () => ({}),
        step: (gradients, limits) => rmspropStep(variables, gradients, state, { ...own, ...limits }),
      };
    }
  }
}

/** @throws HindcastError `internal` where the saved state lacks the number. */
function numberOf(saved: OptimizerState['numbers'], name: string): number {
  const value = saved[name];
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  throw new HindcastError('internal', `the saved optimizer state lacks the number ${name}`);
}

/** @throws HindcastError `internal` where the saved state lacks an array. */
function restore(prefix: string, variables: Slots, { specs }: ParameterSet, saved: OptimizerState): void {
  const byName = new Map(saved.arrays.map((array) => [array.name, array]));
  for (const [index, variable] of variables.entries()) {
    const name = `${prefix}/${specs[index]!.name}`;
    const array = byName.get(name);
    if (array?.values.length !== variable.size) {
      throw new HindcastError('internal', `the saved optimizer state lacks ${name} [${variable.shape}]`);
    }
    tf.tidy(() => variable.assign(toTensor({ ...array, shape: variable.shape })));
  }
}

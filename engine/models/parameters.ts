// Named parameters of a model. Their values live twice: in host memory, which is the truth that the optimizer changes and
// checkpoints keep, and in tf.Variables, which the ops read. Float32 travels between the two without loss.
import * as tf from '@tensorflow/tfjs-core';
import { HindcastError } from '../contract/errors.ts';

/** Uniform numbers in [0, 1); a random stream is one. */
export interface UniformSource {
  uniform(): number;
}

/** One parameter before it has values. Names are paths: `lstm/0/kernel`. */
export interface ParameterSpec {
  readonly name: string;
  readonly shape: readonly number[];
  /** First values, row-major, of the shape's size. Draws from `random` in a fixed order. */
  initialize(random: UniformSource): Float32Array;
}

export interface NamedArray {
  readonly name: string;
  readonly shape: readonly number[];
  /** Row-major, of the shape's size. */
  readonly values: Float32Array;
}

/** Looks a parameter up by name; what an architecture reads while the tape records. */
export type WeightLookup = <T extends tf.Tensor>(name: string) => T;

export interface ParameterSet {
  /** In the model's order; `values` may be changed in place, then `upload` makes the ops see it. */
  readonly arrays: readonly NamedArray[];
  readonly variables: tf.Variable[];
  readonly weight: WeightLookup;
  upload(): void;
  dispose(): void;
}

export const sizeOf = (shape: readonly number[]): number =>
  shape.reduce((product, extent) => product * extent, 1);

export function countParameters(specs: readonly ParameterSpec[]): number {
  return specs.reduce((sum, spec) => sum + sizeOf(spec.shape), 0);
}

/** First values of every parameter, drawn in the specs' order. */
export function initializeParameters(specs: readonly ParameterSpec[], random: UniformSource): NamedArray[] {
  return specs.map(({ name, shape, initialize }) => ({ name, shape, values: initialize(random) }));
}

export function copyArrays(arrays: readonly NamedArray[]): NamedArray[] {
  return arrays.map(({ name, shape, values }) => ({ name, shape, values: values.slice() }));
}

/**
 * Variables on the current backend for these values; `arrays` stay the truth and are not copied.
 * @throws HindcastError `invalid-input` where the names or shapes are not the model's.
 */
export function createParameterSet(
  specs: readonly ParameterSpec[],
  arrays: readonly NamedArray[],
): ParameterSet {
  checkArrays(specs, arrays);
  // tf keeps a global table of variable names; automatic ones leave room for several models in one process.
  const variables = arrays.map((array) => {
    const first = toTensor(array);
    const variable = tf.variable(first);
    first.dispose();
    return variable;
  });
  const byName = new Map(arrays.map(({ name }, index) => [name, variables[index]!]));
  return {
    arrays,
    variables,
    weight<T extends tf.Tensor>(name: string): T {
      const variable = byName.get(name);
      if (!variable) throw new HindcastError('internal', `the model has no parameter ${name}`);
      return variable as tf.Tensor as T;
    },
    upload() {
      for (const [index, array] of arrays.entries()) {
        const next = toTensor(array);
        variables[index]!.assign(next);
        next.dispose();
      }
    },
    dispose: () => tf.dispose(variables),
  };
}

/** A copy: backends may keep the array that they are given, and `values` changes in place. */
function toTensor({ values, shape }: NamedArray): tf.Tensor {
  return tf.tensor(values.slice(), [...shape], 'float32');
}

function checkArrays(specs: readonly ParameterSpec[], arrays: readonly NamedArray[]): void {
  const wanted = specs.map(({ name, shape }) => `${name} [${shape}]`);
  const given = arrays.map(({ name, shape }) => `${name} [${shape}]`);
  if (wanted.join() !== given.join()) {
    throw new HindcastError(
      'invalid-input',
      `These weights belong to another model: it has the parameters ${wanted.join(', ')}, the weights are ${given.join(', ')}.`,
    );
  }
}

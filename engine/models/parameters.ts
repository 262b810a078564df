// Named parameters of a model. Their values live in tf.Variables, which ops read and optimizers change in place; checkpoints and
// snapshots read them out. Float32 values are stored without loss.
import * as tf from '@tensorflow/tfjs-core';
import { HindcastError } from '../contract/values/errors.ts';

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
  /** In the model's order, as are the variables. */
  readonly specs: readonly ParameterSpec[];
  readonly variables: tf.Variable[];
  readonly weight: WeightLookup;
  /** Copies of the present values. */
  read(): NamedArray[];
  /** Replaces the present values by copies of these. @throws HindcastError `invalid-input` where names or shapes are not the model's */
  write(arrays: readonly NamedArray[]): void;
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

/** A copy of a variable's values under a name. */
export function readVariable(name: string, variable: tf.Variable): NamedArray {
  const { shape } = variable;
  // `dataSync` of the CPU backend is the array itself, which the next step overwrites.
  return { name, shape, values: (variable.dataSync() as Float32Array).slice() };
}

/**
 * Variables on the current backend with these values.
 * @throws HindcastError `invalid-input` where the names or shapes are not the model's.
 */
export function createParameterSet(
  specs: readonly ParameterSpec[],
  arrays: readonly NamedArray[],
): ParameterSet {
  checkArrays(specs, arrays);
  // tf keeps a global table of variable names; automatic ones leave room for several models in one process.
  const variables = arrays.map((array) => tf.tidy(() => tf.variable(toTensor(array))));
  const byName = new Map(specs.map(({ name }, index) => [name, variables[index]!]));
  return {
    specs,
    variables,
    weight<T extends tf.Tensor>(name: string): T {
      const variable = byName.get(name);
      if (!variable) throw new HindcastError('internal', `the model has no parameter ${name}`);
      return variable as tf.Tensor as T;
    },
    read: () => variables.map((variable, index) => readVariable(specs[index]!.name, variable)),
    write(given) {
      checkArrays(specs, given);
      tf.tidy(() => {
        for (const [index, array] of given.entries()) variables[index]!.assign(toTensor(array));
      });
    },
    dispose: () => tf.dispose(variables),
  };
}

/** A copy: backends may keep the array that they are given. */
export function toTensor({ values, shape }: NamedArray): tf.Tensor {
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

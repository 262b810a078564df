// Defines an op of the simd backend: its kernel, the values that its gradient needs, and the gradient. Both are registered for
// the tape of tfjs and for ours.
import * as tf from '@tensorflow/tfjs-core';
import type { SimdBackend } from '../backends/simd/backend.ts';
import { overrideKernel } from '../backends/simd/register.ts';
import {
  type FusedAttributes,
  hasKernel,
  namedInputs,
  registerFusedGradient,
  runFused,
  track,
} from './fused.ts';

export interface OpCall<Inputs, Attributes> {
  readonly backend: SimdBackend;
  /** In the backward pass only those of `inputsToSave`. */
  readonly inputs: Inputs;
  readonly attributes: Attributes;
}

export interface BackwardCall<Inputs, Attributes> extends OpCall<Inputs, Attributes> {
  /** The saved outputs, in the kernel's order. */
  readonly outputs: readonly tf.Tensor[];
  /** Gradients of all outputs; null where the loss does not depend on one. */
  readonly incoming: readonly (tf.Tensor | null)[];
}

/** A gradient that is there (the engine's own tensor, or what a kernel made), or what computes it; undefined for an input that is absent. */
export type OpGradient = tf.TensorInfo | undefined | (() => tf.TensorInfo);

export interface OpDefinition<Inputs, Attributes> {
  readonly kernelName: string;
  forward(call: OpCall<Inputs, Attributes>): tf.TensorInfo | tf.TensorInfo[];
  /** Names of the inputs that the gradient needs; all if absent. */
  readonly inputsToSave?: readonly (keyof Inputs & string)[];
  /** Which outputs the gradient needs; none if absent. */
  readonly outputsToSave?: readonly boolean[];
  /** Gradients by the input's name; an input without an entry has none. */
  backward(call: BackwardCall<Inputs, Attributes>): Readonly<Record<string, OpGradient>>;
}

export interface DefinedOp<Inputs, Attributes> {
  /** True where the current backend has the kernel. */
  isAvailable(): boolean;
  /** Runs the kernel and records it on the tape; all outputs. */
  run(
    inputs: Readonly<Partial<Record<keyof Inputs & string, tf.Tensor | undefined>>>,
    attributes: Attributes,
  ): tf.Tensor[];
}

export function defineOp<Inputs extends object, Attributes extends object>(
  definition: OpDefinition<Inputs, Attributes>,
): DefinedOp<Inputs, Attributes> {
  const { kernelName, inputsToSave, outputsToSave } = definition;
  type Attrs = Attributes & FusedAttributes;
  // The names are those of Inputs: `run` takes no others.
  const inputsOf = (tensors: Parameters<typeof namedInputs<tf.TensorInfo>>[0], names: readonly string[]) =>
    namedInputs(tensors, names) as unknown as Inputs;
  overrideKernel(kernelName, ({ inputs, attrs, backend }) => {
    const attributes = attrs as unknown as Attrs;
    return definition.forward({ backend, inputs: inputsOf(inputs, attributes.names), attributes });
  });
  registerFusedGradient({
    kernelName,
    ...(inputsToSave && { inputsToSave }),
    ...(outputsToSave && { outputsToSave }),
    gradFunc: (incoming, saved, attrs) => {
      const attributes = attrs as unknown as Attrs;
      const { names: all } = attributes;
      const names = inputsToSave
        ? all.filter((name) => (inputsToSave as readonly string[]).includes(name))
        : all;
      const gradients = definition.backward({
        backend: tf.backend() as SimdBackend,
        inputs: inputsOf(saved, names),
        outputs: saved.slice(names.length),
        incoming,
        attributes,
      });
      return functionsByPosition(all, gradients);
    },
  });
  return {
    isAvailable: () => hasKernel(kernelName),
    run: (inputs, attributes) =>
      runFused(
        kernelName,
        inputs as Record<string, tf.Tensor | undefined>,
        attributes as Record<string, unknown>,
      ),
  };
}

/** Gradients by the input's name -> the functions that the tape asks for by position. */
function functionsByPosition(
  names: readonly string[],
  gradients: Readonly<Record<string, OpGradient>>,
): Record<string, () => tf.Tensor> {
  const functions: Record<string, () => tf.Tensor> = {};
  names.forEach((name, index) => {
    functions[index] = () => noGradient(name);
  });
  // All of them, also those of absent inputs: what a kernel made is disposed of with the scope only after `functionOf`.
  for (const name in gradients) {
    const position = names.indexOf(name);
    const gradient = functionOf(gradients[name]);
    if (position >= 0) functions[position] = gradient;
  }
  return functions;
}

function noGradient(name: string): never {
  throw new Error(`There is no gradient with respect to ${name}.`);
}

function functionOf(gradient: OpGradient): () => tf.Tensor {
  if (typeof gradient === 'function') return () => tensorOf(gradient());
  const tensor = gradient && tensorOf(gradient);
  return () => tensor!; // an absent one is never asked for
}

const tensorOf = (info: tf.TensorInfo): tf.Tensor => (info instanceof tf.Tensor ? info : track(info));

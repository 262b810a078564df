// What the recurrent ops share as ops of the simd backend: inputs and weights by name, the listener for the state's gradient, and
// the gradients. The gradient of x is computed only where it is needed.

import type { Tensor, TensorInfo } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import type { SimdBackend } from '../../backends/simd/backend.ts';
import { inputGradient } from '../../backends/simd/kernels/input-gradient.ts';
import type { RecurrentInputs, RecurrentListener } from '../../backends/simd/kernels/recurrent.ts';
import { type DefinedOp, defineOp } from '../define-op.ts';
import { track } from '../fused.ts';
import { isRecording } from '../tape.ts';
import type { RecurrentOptions } from './recurrent-types.ts';

/** Options of a call; the listener hears the backward pass. */
export type RecurrentAttributes<Options extends object> = Options & {
  readonly onGradientNorms: RecurrentListener | undefined;
};

export interface KeepsActivations {
  /** A backward pass follows, or the caller wants the gates. */
  readonly keepsActivations: boolean;
}

type Wanted = Pick<RecurrentOptions, 'returnGates'>;

export const keepsActivations = ({ returnGates = false }: Wanted): KeepsActivations => ({
  keepsActivations: returnGates || isRecording(),
});

/** Kept activations [time, batch, ...] by example, where they are wanted; those that a backward pass needs are kept by its tape. */
export function givesByExample(kept: readonly Tensor[], { returnGates }: Wanted): tf.Tensor3D[] {
  const given = returnGates ? kept.map((one) => tf.transpose(one as tf.Tensor3D, [1, 0, 2])) : [];
  for (const one of kept) one.dispose();
  return given;
}

interface RecurrentDefinition<Inputs extends RecurrentInputs, Options extends object> {
  readonly kernelName: string;
  forward(backend: SimdBackend, inputs: Inputs & Options): TensorInfo[];
  readonly outputsToSave: readonly boolean[];
  /** `outputs` are the saved ones, `incoming` the gradients of all. The result names the weights, and x's part `arguments`. */
  backward(
    backend: SimdBackend,
    inputs: Inputs & Options,
    outputs: readonly Tensor[],
    incoming: readonly (Tensor | null)[],
    listener: RecurrentListener | undefined,
  ): { readonly arguments: TensorInfo } & Readonly<Record<string, TensorInfo | undefined>>;
}

export function defineRecurrent<Inputs extends RecurrentInputs, Options extends object>({
  kernelName,
  forward,
  outputsToSave,
  backward,
}: RecurrentDefinition<Inputs, Options>): DefinedOp<Inputs, RecurrentAttributes<Options>> {
  return defineOp<Inputs, RecurrentAttributes<Options>>({
    kernelName,
    outputsToSave,
    forward: ({ backend, inputs, attributes }) => forward(backend, { ...inputs, ...attributes }),
    backward({ backend, inputs, attributes, outputs, incoming }) {
      const given = { ...inputs, ...attributes };
      const gradients = backward(backend, given, outputs, incoming, attributes.onGradientNorms);
      const { arguments: stepArguments, ...ofWeights } = gradients;
      const kept = track(stepArguments);
      return { ...ofWeights, x: () => inputGradient(backend, kept, inputs.kernel) };
    },
  });
}

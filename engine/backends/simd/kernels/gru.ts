// The GRU kernels of the simd backend: one call over the whole sequence, forward and backward.
import type { TensorInfo, TypedArray } from '@tensorflow/tfjs-core';
import type { SimdBackend } from '../backend.ts';
import { countFastPath } from '../register.ts';
import {
  callOf,
  gradientWorkspace,
  type RecurrentInputs,
  type RecurrentListener,
  reportSquares,
  roundUp,
  sizesOf,
  withRecurrentCall,
} from './recurrent.ts';

export interface GruInputs extends RecurrentInputs {
  readonly recurrentBias?: TensorInfo | undefined;
  readonly reverse: boolean;
  readonly resetAfter: boolean;
}

export interface GruStates {
  /** [batch, time, units] */
  readonly outputs: TensorInfo;
  readonly finalHidden: TensorInfo;
}

/** With what the backward pass needs. */
export interface GruOutputs extends GruStates {
  /** z, r, n and the candidate's recurrent part, [time, batch, 4 * units]. */
  readonly gates: TensorInfo;
}

/** A type, not an interface: it may be read by name. */
export type GruGradients = {
  /** Gradients of the arguments of z, r, n (first 3 * units) and of the candidate's recurrent part, [time, batch, 4 * units]. */
  readonly arguments: TensorInfo;
  readonly kernel: TensorInfo;
  readonly recurrentKernel: TensorInfo;
  readonly bias: TensorInfo;
  readonly recurrentBias: TensorInfo | undefined;
  readonly initialHidden: TensorInfo | undefined;
};

function valuesOf(backend: SimdBackend, tensor: TensorInfo): Float32Array {
  return backend.readSync(tensor.dataId) as Float32Array;
}

/** [4 * units]: biases of z and r with their recurrent biases added, bias of n, recurrent bias of n. */
function kernelBiases(backend: SimdBackend, inputs: GruInputs, units: number): Float32Array {
  const biases = new Float32Array(4 * units);
  biases.set(valuesOf(backend, inputs.bias));
  if (!inputs.recurrentBias) return biases;
  const recurrent = valuesOf(backend, inputs.recurrentBias);
  for (let unit = 0; unit < 2 * units; unit++) biases[unit] = biases[unit]! + recurrent[unit]!;
  biases.set(recurrent.subarray(2 * units), 3 * units);
  return biases;
}

export function gruForward(backend: SimdBackend, inputs: GruInputs): GruOutputs {
  const { batch, time, units } = sizesOf(inputs.x, inputs.recurrentKernel);
  const gates = backend.allocate([time, batch, 4 * units]);
  return { ...runForward(backend, inputs, gates), gates };
}

/** The same, to the bit, where no backward pass follows: the gates of a step stay in the first cache, and none is kept. */
export function gruStates(backend: SimdBackend, inputs: GruInputs): GruStates {
  return runForward(backend, inputs, undefined);
}

function runForward(backend: SimdBackend, inputs: GruInputs, gates: TensorInfo | undefined): GruStates {
  const { batch, time, features, units } = sizesOf(inputs.x, inputs.recurrentKernel);
  const result: GruStates = {
    outputs: backend.allocate([batch, time, units]),
    finalHidden: backend.allocate([batch, units]),
  };
  const depth = 1 + features + units;
  const one = roundUp(units, 8);
  const packed = depth * roundUp(2 * units, 8) + (features + 1) * one + (units + 1) * one;
  const workspace = { perRow: gates ? depth : depth + 4 * units, packed, extra: 4 * units };
  withRecurrentCall(backend, callOf(inputs, result.outputs), workspace, (biases) => {
    const view = new Float32Array(backend.kernels.memory.buffer, biases, 4 * units);
    view.set(kernelBiases(backend, inputs, units));
    backend.kernels.exports.gruForward(
      backend.pointerOf(inputs.kernel),
      backend.pointerOf(inputs.recurrentKernel),
      biases,
      biases + 12 * units,
      inputs.resetAfter ? 1 : 0,
      backend.pointerOrZero(gates),
      backend.pointerOf(result.finalHidden),
    );
  });
  countFastPath('gruForward');
  return result;
}

/** The recurrent bias enters z and r as the bias does, and n by itself. */
function recurrentBiasGradient(
  backend: SimdBackend,
  bias: TensorInfo,
  candidate: TensorInfo,
  units: number,
): TensorInfo {
  const result = backend.allocate([3 * units]);
  const view = backend.valuesOf(result) as TypedArray;
  view.set((backend.valuesOf(bias) as Float32Array).subarray(0, 2 * units));
  view.set(backend.valuesOf(candidate) as Float32Array, 2 * units);
  return result;
}

/** Overwrites the saved gates as lstmBackward does, with the reset after the product. */
export function gruBackward(
  backend: SimdBackend,
  inputs: GruInputs,
  saved: Pick<GruOutputs, 'outputs' | 'gates'>,
  incoming: { readonly [Name in 'outputs' | 'finalHidden']: TensorInfo | null | undefined },
  listener?: RecurrentListener,
): GruGradients {
  const sizes = sizesOf(inputs.x, inputs.recurrentKernel);
  const { batch, time, features, units } = sizes;
  const candidate = backend.allocate([units]);
  const gradients = {
    arguments: inputs.resetAfter ? backend.takeOver(saved.gates) : backend.allocate([time, batch, 4 * units]), // r h is needed to the end
    kernel: backend.allocate([features, 3 * units]),
    recurrentKernel: backend.allocate([units, 3 * units]),
    bias: backend.allocate([3 * units]),
    initialHidden: inputs.initialHidden && backend.allocate([batch, units]),
  };
  const squares = listener && backend.allocate([1, time, batch]);
  const { steps, spare } = gradientWorkspace(sizes, 2 * units);
  const workspace = { perRow: 2 * units, packed: 3 * units * roundUp(units, 8), extra: steps + spare };
  withRecurrentCall(backend, callOf(inputs, saved.outputs), workspace, (extra) =>
    backend.kernels.exports.gruBackward(
      backend.pointerOf(inputs.recurrentKernel),
      inputs.resetAfter ? 1 : 0,
      backend.pointerOf(saved.gates),
      backend.pointerOrZero(incoming.outputs),
      backend.pointerOrZero(incoming.finalHidden),
      backend.pointerOf(gradients.arguments),
      backend.pointerOf(gradients.kernel),
      backend.pointerOf(gradients.recurrentKernel),
      backend.pointerOf(gradients.bias),
      backend.pointerOf(candidate),
      backend.pointerOrZero(gradients.initialHidden),
      backend.pointerOrZero(squares),
      extra,
      extra + 4 * steps,
    ),
  );
  if (squares) reportSquares(backend, squares, listener);
  const recurrentBias =
    inputs.recurrentBias && recurrentBiasGradient(backend, gradients.bias, candidate, units);
  backend.disposeData(candidate.dataId);
  countFastPath('gruBackward');
  return { ...gradients, recurrentBias };
}

// Runs a fused kernel as a tfjs op: it is recorded on the tape like a stock op, and its gradient is registered once for all
// backends that have the kernel.
import * as tf from '@tensorflow/tfjs-core';
import { isRecording, type TapeNode, tapeState } from './tape.ts';

/** Optional inputs by name; those that are absent are left out of the call. */
export type NamedInputs = Readonly<Record<string, tf.Tensor | undefined>>;

type Attributes = Parameters<ReturnType<typeof tf.engine>['runKernel']>[2];

export interface FusedAttributes {
  /** Names of the inputs, in their order: the kernel gets a list. */
  readonly names: readonly string[];
}

/** True where the current backend has its own kernel of this name. */
export function hasKernel(name: string): boolean {
  return Boolean(tf.getKernel(name, tf.getBackend()));
}

/** The tape's last entry, if it is of this kernel. */
function lastNode(kernelName: string): TapeNode | undefined {
  const node = tapeState().activeTape?.at(-1);
  return node?.kernelName === kernelName ? node : undefined;
}

export interface FusedGradient {
  readonly kernelName: string;
  /** Names of the inputs that the gradient needs; all if absent. */
  readonly inputsToSave?: readonly string[];
  /** Which outputs the gradient needs; none if absent. */
  readonly outputsToSave?: readonly boolean[];
  /** Gets the gradients of the outputs (null where absent), then the saved inputs and outputs, and the attributes. */
  readonly gradFunc: (
    dys: readonly (tf.Tensor | null)[],
    saved: tf.Tensor[],
    attributes: NonNullable<Attributes>,
  ) => Record<string, () => tf.Tensor>;
}

/** By kernel. */
const gradients = new Map<string, FusedGradient>();

/** Registers the gradient of a kernel that is always run by `runFused`. */
export function registerFusedGradient(gradient: FusedGradient): void {
  const { kernelName, gradFunc } = gradient;
  gradients.set(kernelName, gradient);
  tf.registerGradient({
    kernelName,
    gradFunc: gradFunc as Parameters<typeof tf.registerGradient>[0]['gradFunc'],
  });
}

/** A second tensor of the same data that lives until the tape releases it; like a clone, without running a kernel. */
function keepForTape(tensor: tf.Tensor): tf.Tensor {
  const engine = tf.engine();
  engine.backend.incRef(tensor.dataId);
  return engine.keep(engine.makeTensorFromTensorInfo(tensor));
}

/**
 * Completes the tape's entry of a fused op. It saves for the backward pass what `registerFusedGradient` said, where tfjs's own saving
 * would run a kernel for every tensor; and it takes `null` for absent gradients of outputs, which the tape would fill with zeros: for
 * whole sequences and kept activations megabytes a step.
 */
function completeNode(
  kernelName: string,
  names: readonly string[],
  inputs: readonly tf.Tensor[],
  outputs: readonly tf.Tensor[],
  attributes: NonNullable<Attributes>,
): void {
  const fused = gradients.get(kernelName);
  const node = lastNode(kernelName);
  if (!fused || !node) return;
  const { gradFunc, inputsToSave, outputsToSave = [] } = fused;
  const saved: tf.Tensor[] = [];
  inputs.forEach((tensor, index) => {
    if (inputsToSave?.includes(names[index]!) ?? true) saved.push(keepForTape(tensor));
  });
  outputs.forEach((tensor, index) => {
    if (outputsToSave[index]) saved.push(keepForTape(tensor));
  });
  node.saved = saved;
  node.gradient = (dys) => gradFunc(dys, saved, attributes);
}

/** Runs a kernel; its gradient (if registered) sees all inputs by name. */
export function runFused(
  kernelName: string,
  inputs: NamedInputs,
  attributes: Readonly<Record<string, unknown>>,
): tf.Tensor[] {
  const names: string[] = [];
  const tensors: tf.Tensor[] = [];
  for (const name in inputs) {
    const tensor = inputs[name];
    if (tensor === undefined) continue;
    names.push(name);
    tensors.push(tensor);
  }
  const attrs = { ...attributes, names } as unknown as NonNullable<Attributes>; // attributes may hold listeners
  // tfjs types inputs as a map but accepts a list (Concat does the same).
  const result = tf.engine().runKernel(kernelName, tensors as unknown as tf.NamedTensorMap, attrs);
  const outputs = Array.isArray(result) ? result : [result];
  if (isRecording()) completeNode(kernelName, names, tensors, outputs, attrs);
  return outputs;
}

/** Inputs of a fused kernel by name again. A loop: this runs several times a step, and entries would cost microseconds. */
export function namedInputs<T>(
  tensors: Readonly<Record<string, T | undefined>> | readonly T[],
  names: readonly string[],
): Record<string, T | undefined> {
  const named: Record<string, T | undefined> = {};
  for (let index = 0; index < names.length; index++) named[names[index]!] = (tensors as readonly T[])[index];
  return named;
}

/** A tensor of the engine for what a kernel made, disposed of with the enclosing scope. */
export function track(info: tf.TensorInfo): tf.Tensor {
  return tf.engine().makeTensorFromTensorInfo(info);
}

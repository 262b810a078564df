// The backward pass: a loss and its gradients from tfjs's tape, like tf.variableGrads, but with less work between the kernels and
// less memory. The tensors that a tape node saved, and the gradients of its outputs, are freed as soon as the gradients of its
// inputs exist; tf.variableGrads keeps everything to the end.
import * as tf from '@tensorflow/tfjs-core';
import { type TapeNode, tapeState } from './tape.ts';

export interface LossAndGradients {
  readonly loss: tf.Scalar;
  /** In the order of the variables, of their shapes. */
  readonly gradients: tf.Tensor[];
}

/**
 * @param loss float32 scalar, a function of every one of the variables; not one of the caller's own tensors
 * @throws Error where it is not, or where an op between them has no gradient; no tensor is left then.
 */
export function lossAndGradients(loss: () => tf.Scalar, variables: readonly tf.Variable[]): LossAndGradients {
  const tape: TapeNode[] = [];
  let value: tf.Scalar | undefined;
  try {
    value = tf.tidy(() => record(loss, tape));
    if (value.rank > 0 || value.dtype !== 'float32') {
      throw new Error(`A loss must be a float32 scalar, and this is ${value.dtype} [${value.shape}].`);
    }
    return { loss: value, gradients: backward(value, variables, tape) };
  } catch (error) {
    value?.dispose();
    throw error;
  } finally {
    for (const node of tape) disposeSaved(node);
  }
}

function record(loss: () => tf.Scalar, tape: TapeNode[]): tf.Scalar {
  const state = tapeState();
  if (state.gradientDepth > 0) throw new Error('Gradients of gradients are not supported.');
  state.activeTape = tape;
  state.gradientDepth++;
  try {
    return loss();
  } finally {
    state.gradientDepth--;
    state.activeTape = null;
  }
}

/** Gradients by the id of their tensor. */
type Gradients = Map<number, tf.Tensor>;

function backward(loss: tf.Scalar, variables: readonly tf.Variable[], tape: TapeNode[]): tf.Tensor[] {
  const dependent = new Set(variables.map(({ id }) => id));
  const nodes = tape.filter(({ inputs, outputs }) => {
    const depends = Object.values(inputs).some(({ id }) => dependent.has(id));
    if (depends) for (const { id } of outputs) dependent.add(id);
    return depends;
  });
  const gradients: Gradients = new Map([[loss.id, tf.scalar(1)]]);
  try {
    for (const node of nodes.reverse()) passThrough(node, dependent, gradients);
    const found = variables.map(({ id, name }) => {
      const gradient = gradients.get(id);
      if (!gradient) throw new Error(`The loss does not depend on the variable ${name}.`);
      return gradient;
    });
    gradients.clear();
    return found;
  } finally {
    tf.dispose([...gradients.values()]);
  }
}

/** Takes the gradients of a node's outputs, adds those of its inputs. */
function passThrough(node: TapeNode, dependent: ReadonlySet<number>, gradients: Gradients): void {
  const { inputs, outputs } = node;
  const incoming = outputs.map(({ id }) => gradients.get(id) ?? null);
  if (incoming.every((gradient) => gradient === null)) return;
  const wanted = Object.keys(inputs).filter((name) => dependent.has(inputs[name]!.id));
  const found = tf.tidy(() => gradientsOf(node, wanted, incoming));
  for (const { id } of outputs) {
    gradients.get(id)?.dispose();
    gradients.delete(id);
  }
  disposeSaved(node);
  for (const [index, gradient] of found.entries()) add(gradients, inputs[wanted[index]!]!.id, gradient);
}

function disposeSaved({ saved }: TapeNode): void {
  for (const tensor of saved) tensor.dispose();
}

/** A tensor of its own for every one of the inputs, also where the op hands on what it was given. */
function gradientsOf(node: TapeNode, wanted: readonly string[], incoming: (tf.Tensor | null)[]): tf.Tensor[] {
  if (!node.gradient) throw new Error(`The op ${node.kernelName} has no gradient.`);
  const functions = node.gradient(incoming);
  const found = new Set<tf.Tensor>();
  for (const name of wanted) {
    const gradient = functions[name]!();
    if (!tf.util.arraysEqual(gradient.shape, node.inputs[name]!.shape)) {
      throw new Error(
        `The gradient [${gradient.shape}] of ${node.kernelName} does not fit its input [${node.inputs[name]!.shape}].`,
      );
    }
    found.add(found.has(gradient) || incoming.includes(gradient) ? tf.clone(gradient) : gradient);
  }
  return [...found];
}

function add(gradients: Gradients, id: number, gradient: tf.Tensor): void {
  const before = gradients.get(id);
  gradients.set(id, before ? tf.add(before, gradient) : gradient);
  if (before) tf.dispose([before, gradient]);
}

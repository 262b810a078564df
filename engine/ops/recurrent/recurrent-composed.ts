// The loop over time that the composed recurrent ops share: padding, gates on request, norms of the state's gradient on request.
import * as tf from '@tensorflow/tfjs-core';
import type { RecurrentOptions } from './recurrent-types.ts';
import { NO_WATCH, watchStates } from './recurrent-watch.ts';

export interface ComposedStepResult {
  /** The first one is the output; the second, where there is one, a cell. */
  readonly state: readonly tf.Tensor2D[];
  /** Values of the gates after their functions, [batch, units] each. */
  readonly gates?: readonly tf.Tensor[];
}

/** Input [batch, features] and state -> new state. `watchCell` goes around a new cell, before anything reads it. */
export type ComposedStep = (
  input: tf.Tensor2D,
  state: readonly tf.Tensor2D[],
  watchCell: (cell: tf.Tensor2D) => tf.Tensor2D,
) => ComposedStepResult;

export interface Unrolled {
  /** [batch, time, units] */
  readonly outputs: tf.Tensor3D;
  readonly state: readonly tf.Tensor2D[];
  /** With `returnGates`: [batch, time, gates * units], 0 at padding. */
  readonly gates: tf.Tensor3D | undefined;
  /** With `returnGates`, where there is a cell: [batch, time, units]. */
  readonly cells: tf.Tensor3D | undefined;
}

type Options = Pick<RecurrentOptions, 'mask' | 'reverse' | 'returnGates' | 'onGradientNorms'>;

/** `yes` where the mask [batch, 1] is 1, else `no`. */
function choose(mask: tf.Tensor2D, yes: tf.Tensor, no: tf.Tensor): tf.Tensor2D {
  return tf.where(tf.cast(tf.broadcastTo(mask, yes.shape), 'bool'), yes, no) as tf.Tensor2D;
}

/** Takes every step in order; at padding the state passes unchanged. */
export function unroll(
  x: tf.Tensor3D,
  start: readonly tf.Tensor2D[],
  options: Options,
  step: ComposedStep,
): Unrolled {
  const [batch, time, features] = x.shape;
  const { mask, reverse, returnGates, onGradientNorms } = options;
  const first = reverse ? time - 1 : 0;
  const watch = onGradientNorms
    ? watchStates({ batch, time, first, hasCell: start.length > 1 }, onGradientNorms)
    : NO_WATCH;
  const outputs = new Array<tf.Tensor2D>(time);
  const cells = new Array<tf.Tensor2D>(time);
  const gates = new Array<tf.Tensor>(time);
  let state = start;
  for (let count = 0; count < time; count++) {
    const t = reverse ? time - 1 - count : count;
    const input = tf.reshape(tf.slice(x, [0, t, 0], [batch, 1, features]), [batch, features]) as tf.Tensor2D;
    const fresh = step(input, state, (cell) => watch.freshCell(cell, t));
    const known = mask && tf.slice(mask, [0, t], [batch, 1]);
    const [hidden, cell] = known
      ? fresh.state.map((tensor, index) => choose(known, tensor, state[index]!))
      : fresh.state;
    const passed = known && cell ? watch.passedCell(cell, t, known) : cell;
    state = passed ? [watch.hidden(hidden!, t), passed] : [watch.hidden(hidden!, t)];
    outputs[t] = state[0]!;
    if (!returnGates || !fresh.gates) continue;
    const values = tf.concat([...fresh.gates], 1);
    gates[t] = known ? choose(known, values, tf.zerosLike(values)) : values;
    if (passed) cells[t] = passed;
  }
  const sequence = (tensors: readonly tf.Tensor[]) => tf.stack([...tensors], 1) as tf.Tensor3D;
  return {
    outputs: sequence(outputs),
    state,
    gates: first in gates ? sequence(gates) : undefined,
    cells: first in cells ? sequence(cells) : undefined,
  };
}

// Layers and directions of a recurrent core: each layer reads the outputs of the one below (with dropout between layers but, as
// in PyTorch, not after the last one), and a bidirectional layer joins the outputs of both directions side by side. Variable
// lengths are given by a mask, which reaches every layer.
import * as tf from '@tensorflow/tfjs-core';
import type { RecurrentOptions, RecurrentResult } from './recurrent-types.ts';

/** What one direction of one layer does with its input, e.g. `(x, o) => lstm(x, weights, o)`. */
export type RecurrentCore<R extends RecurrentResult = RecurrentResult> = (
  x: tf.Tensor3D,
  options: Pick<RecurrentOptions, 'mask' | 'reverse'>,
) => R;

export interface RecurrentLayer<R extends RecurrentResult = RecurrentResult> {
  readonly forward: RecurrentCore<R>;
  /** Goes from the last step to the first; absent in a layer of one direction. */
  readonly backward?: RecurrentCore<R> | undefined;
}

export interface RecurrentStackOptions {
  /** [batch, time], 1 where a step exists; see RecurrentOptions. */
  readonly mask?: tf.Tensor2D | undefined;
  /** Applied to the outputs of every layer but the last; gets the layer's number from 0. */
  readonly dropout?: ((outputs: tf.Tensor3D, layer: number) => tf.Tensor3D) | undefined;
}

export interface RecurrentStackResult<R extends RecurrentResult = RecurrentResult> {
  /** Of the last layer, [batch, time, units of all its directions]. */
  readonly outputs: tf.Tensor3D;
  /** Final hidden state of the last layer, directions side by side, [batch, units of all its directions]. */
  readonly finalHidden: tf.Tensor2D;
  /** Every layer's own results. */
  readonly layers: readonly { readonly forward: R; readonly backward: R | undefined }[];
}

/**
 * @param x [batch, time, features]
 * @param layers from the lowest; at least one
 */
export function recurrentStack<R extends RecurrentResult>(
  x: tf.Tensor3D,
  layers: readonly RecurrentLayer<R>[],
  { mask, dropout }: RecurrentStackOptions = {},
): RecurrentStackResult<R> {
  const results: { forward: R; backward: R | undefined }[] = [];
  let input = x;
  layers.forEach((layer, index) => {
    const forward = layer.forward(input, { mask, reverse: false });
    const backward = layer.backward?.(input, { mask, reverse: true });
    results.push({ forward, backward });
    input = backward ? tf.concat([forward.outputs, backward.outputs], 2) : forward.outputs;
    if (dropout && index < layers.length - 1) input = dropout(input, index);
  });
  const { forward, backward } = results.at(-1)!;
  const finalHidden = backward
    ? tf.concat([forward.finalHidden, backward.finalHidden], 1)
    : forward.finalHidden;
  return { outputs: input, finalHidden, layers: results };
}

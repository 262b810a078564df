// Options of a pass through a model, and the probe that reports its inside.
import type { Tensor2D, Tensor3D, Tensor4D } from '@tensorflow/tfjs-core';
import type { StateSquares } from '../ops/recurrent/recurrent-types.ts';
import type { UniformSource } from './parameters.ts';

/** One direction of one recurrent layer; where the gradient is truncated, the steps before and those after are two pieces. */
export interface Site {
  readonly part: 'encoder' | 'decoder';
  /** From 0, the lowest. */
  readonly layer: number;
  readonly direction: 'forward' | 'backward';
  /** `before`: the steps that the gradient does not reach, because of truncation. All steps are `after` where nothing is truncated. */
  readonly piece: 'before' | 'after';
}

/** Of all steps of a site; steps are segments where the reader joins steps, rows are window by window and column by column. */
export interface SiteStates {
  /** What the layer reads at every step, [batch, time, features]. */
  readonly inputs: Tensor3D;
  /** States before the first step, [batch, units]; absent where they are zeros. */
  readonly initial: { readonly hidden: Tensor2D; readonly cell?: Tensor2D | undefined } | undefined;
  /** Hidden state after every step, [batch, time, units]. */
  readonly outputs: Tensor3D;
  /** Side by side on the last axis, in units each: LSTM i, f, g, o; GRU z, r, n; undefined for a plain network. */
  readonly gates: Tensor3D | undefined;
  /** Cell state after every step, [batch, time, units], of an LSTM. */
  readonly cells: Tensor3D | undefined;
  /** [batch, time], 0 at padding; absent where every step exists. */
  readonly mask: Tensor2D | undefined;
}

/** [batch, queries or keys, width], head after head in the width. */
export interface Projections {
  readonly query: Tensor3D;
  readonly key: Tensor3D;
  readonly value: Tensor3D;
}

/**
 * Listeners to the inside of a model. Tensors are disposed of with the enclosing scope; a listener that is absent costs nothing, and none
 * changes a bit of a forecast or a gradient.
 */
export interface Probe {
  readonly onStates?: ((site: Site, states: SiteStates) => void) | undefined;
  /** Hidden states alone, [batch, time, units]: gates and cells take half as long again. */
  readonly onOutputs?: ((site: Site, outputs: Tensor3D) => void) | undefined;
  /** In the backward pass: squared norms of the loss's gradient with respect to every example's state, [time, batch]; no site `before`. */
  readonly onStateGradients?: ((site: Site, squares: StateSquares) => void) | undefined;
  /** Gets [batch, heads, queries, keys] of every layer with attention, from 0. */
  readonly onAttention?: ((layer: number, weights: Tensor4D) => void) | undefined;
  /** What a layer with attention reads (normalised, where the norm comes first), and the projections that it makes of it. */
  readonly onProjections?: ((layer: number, x: Tensor3D, projections: Projections) => void) | undefined;
}

export interface Pass extends Probe {
  /** Training: where dropout takes its random numbers. Absent: nothing is dropped. */
  readonly dropout?: UniformSource | undefined;
}

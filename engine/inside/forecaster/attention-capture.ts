// What the layers with attention show of one window: weights, what they read and what they project it to.
import * as tf from '@tensorflow/tfjs-core';
import { HindcastError } from '../../contract/errors.ts';
import type { AttentionLayer } from '../../contract/inside/description.ts';
import type { Edit } from '../../contract/inside/edits.ts';
import type { Part } from '../../data/prepared.ts';
import type { Projections } from '../../models/pass.ts';
import { inputTensor } from '../../tasks/forecast/pass.ts';
import { windowInputs } from './capture.ts';
import type { Inspected } from './inspected.ts';
import type { ChosenWindow } from './window.ts';

/** Of the row of the batch that was asked for. */
export interface LayerAttention {
  readonly plan: AttentionLayer;
  /** [heads, queries, keys] */
  readonly weights: Float32Array;
  /** [queries, width] */
  readonly x: Float32Array;
  readonly query: Float32Array;
  /** [keys, width] */
  readonly key: Float32Array;
  readonly value: Float32Array;
  readonly width: number;
}

export interface AttentionRequest {
  readonly part: Part;
  readonly window: Pick<ChosenWindow, 'index' | 'series'>;
  readonly edits?: readonly Edit[] | undefined;
  /** Row of the batch: 0, or the column where each is forecast by itself. */
  readonly row: number;
}

/** Weights of one layer that are looked at at once. */
const MOST_BYTES = 64 * 2 ** 20;

const latest = new WeakMap<Inspected, { readonly key: string; readonly layers: readonly LayerAttention[] }>();

/** The latest window is kept. @throws HindcastError `invalid-input` where the model has no attention, or too much of it. */
export function captureAttention(inspected: Inspected, request: AttentionRequest): readonly LayerAttention[] {
  const { part, window, edits = [], row } = request;
  const key = JSON.stringify([part, window.index, edits, row]);
  const known = latest.get(inspected);
  if (known?.key === key) return known.layers;
  const layers = look(inspected, request);
  latest.set(inspected, { key, layers });
  return layers;
}

function look(inspected: Inspected, { part, window, edits, row }: AttentionRequest): LayerAttention[] {
  const { anatomy, model, parameters, prepared } = inspected;
  requireRoom(inspected);
  const weights: Float32Array[] = [];
  const read: Omit<LayerAttention, 'plan' | 'weights'>[] = [];
  const inputs = windowInputs(inspected, { part, edits }, window);
  tf.tidy(() => {
    const x = inputTensor(prepared, { inputs }, 1);
    model.predict({ x }, parameters.weight, {
      onAttention(layer, seen) {
        weights[layer] = rowOf(seen, row);
      },
      onProjections(layer, input, { query, key, value }: Projections) {
        const [, , width] = query.shape;
        const of = (tensor: tf.Tensor) => rowOf(tensor, row);
        read[layer] = { x: of(input), query: of(query), key: of(key), value: of(value), width };
      },
    });
  });
  return anatomy.attention.map((plan) => ({ plan, weights: weights[plan.layer]!, ...read[plan.layer]! }));
}

/** A copy of one row of the batch. */
function rowOf(tensor: tf.Tensor, row: number): Float32Array {
  const values = tensor.dataSync() as Float32Array;
  const size = values.length / tensor.shape[0]!;
  return values.slice(row * size, (row + 1) * size);
}

function requireRoom({ anatomy, prepared }: Inspected): void {
  const [layer] = anatomy.attention;
  if (!layer) {
    const message = 'This model has no attention; look at its states instead.';
    throw new HindcastError('invalid-input', message);
  }
  const rows = anatomy.isByColumn ? prepared.targetNames.length : 1;
  const bytes = 4 * rows * layer.heads * layer.queries * layer.keys;
  if (bytes <= MOST_BYTES) return;
  const megabytes = Math.round(bytes / 2 ** 20);
  const message = `The weights of one layer are ${megabytes} MB for a window of ${layer.keys} steps and ${layer.heads} heads, and 64 MB can be looked at; choose a model with segments, or a shorter look-back.`;
  throw new HindcastError('invalid-input', message, { details: { bytes } });
}

// What the layers with attention show of one window: weights, what they read and what they project it to.
import * as tf from '@tensorflow/tfjs-core';
import type { AttentionLayer } from '../../contract/inside/description.ts';
import type { Edit } from '../../contract/inside/edits.ts';
import { HindcastError } from '../../contract/values/errors.ts';
import type { Part } from '../../data/prepared.ts';
import type { Projections } from '../../models/pass.ts';
import { inputTensor } from '../../tasks/forecast/training/pass.ts';
import { headWeights } from '../head-weights.ts';
import { WITHOUT_STEPS } from '../site-values.ts';
import { windowInputs } from './capture.ts';
import type { Inspected } from './inspected.ts';
import type { ChosenWindow } from './window.ts';

/** Of the row of the batch that was asked for. */
export interface LayerAttention {
  readonly plan: AttentionLayer;
  /** Weights of a head, [queries, keys]. */
  head(index: number): Float32Array;
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

/** Of the weights that are looked at at once: a layer's, or, where they are more, one head's. */
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
  const isWhole = bytesOf(inspected) <= MOST_BYTES;
  const weights: Float32Array[] = [];
  const read: Omit<LayerAttention, 'plan' | 'head'>[] = [];
  const inputs = windowInputs(inspected, { part, edits }, window);
  tf.tidy(() => {
    const x = inputTensor(prepared, { inputs }, 1);
    model.predict({ x }, parameters.weight, {
      ...(isWhole && {
        onAttention(layer: number, seen: tf.Tensor4D) {
          weights[layer] = rowOf(seen, row);
        },
      }),
      onProjections(layer, input, { query, key, value }: Projections) {
        const [, , width] = query.shape;
        const of = (tensor: tf.Tensor) => rowOf(tensor, row);
        read[layer] = { x: of(input), query: of(query), key: of(key), value: of(value), width };
      },
    });
  });
  return anatomy.attention.map((plan) => {
    const own = read[plan.layer]!;
    const all = weights[plan.layer];
    const size = plan.queries * plan.keys;
    const head = all
      ? (index: number) => all.subarray(index * size, (index + 1) * size)
      : keepingLatest((index) => headWeights({ plan, ...own }, index));
    return { plan, head, ...own };
  });
}

function keepingLatest(make: (index: number) => Float32Array): (index: number) => Float32Array {
  let kept: { readonly index: number; readonly weights: Float32Array } | undefined;
  return (index) => {
    if (kept?.index !== index) kept = { index, weights: make(index) };
    return kept.weights;
  };
}

/** A copy of one row of the batch. */
function rowOf(tensor: tf.Tensor, row: number): Float32Array {
  const values = tensor.dataSync() as Float32Array;
  const size = values.length / tensor.shape[0]!;
  return values.slice(row * size, (row + 1) * size);
}

/** Of the weights of a layer, as a pass makes them. */
function bytesOf({ anatomy, prepared }: Inspected): number {
  const rows = anatomy.isByColumn ? prepared.targetNames.length : 1;
  return Math.max(...anatomy.attention.map(({ heads, queries, keys }) => 4 * rows * heads * queries * keys));
}

function requireRoom({ anatomy }: Inspected): void {
  const [layer] = anatomy.attention;
  if (!layer) {
    const message =
      anatomy.sites.length > 0 ? 'This model has no attention; look at its states instead.' : WITHOUT_STEPS;
    throw new HindcastError('invalid-input', message);
  }
  const bytes = 4 * layer.queries * layer.keys;
  if (bytes <= MOST_BYTES) return;
  const megabytes = Math.round(bytes / 2 ** 20);
  const message = `The weights of one head are ${megabytes} MB for a window of ${layer.keys} steps, and 64 MB can be looked at; choose a model with segments, or a shorter look-back.`;
  throw new HindcastError('invalid-input', message, { details: { bytes } });
}

// The anatomy of a model: its recurrent layers and directions, its layers with attention, and which rows of a window each step reads.

import type { Model, Segment } from '../contract/experiment/model.ts';
import type { AttentionLayer } from '../contract/inside/description.ts';
import type { Place } from '../contract/inside/target.ts';
import type { Cell } from '../models/bodies/gate-biases.ts';
import { layerPath } from '../models/bodies/recurrent-layers.ts';
import { type SegmentLayout, segmentLayout } from '../models/readers/segments.ts';

export interface WindowSize {
  readonly inputs: number;
  readonly lookback: number;
  readonly horizon: number;
}

/** One direction of one recurrent layer. */
export interface SitePlan {
  readonly place: Place;
  readonly cell: Cell;
  /** The activation has an upper end. */
  readonly isBounded: boolean;
  /** Where its weights are: `lstm/0/kernel`. */
  readonly path: string;
  readonly hasBias: boolean;
  readonly units: number;
  readonly steps: number;
  readonly truncated: number;
}

export interface Anatomy {
  readonly sites: readonly SitePlan[];
  readonly attention: readonly AttentionLayer[];
  readonly segment: SegmentLayout | null;
  readonly isByColumn: boolean;
}

export function anatomyOf(model: Model, size: WindowSize): Anatomy {
  const look = ANATOMIES[model.kind] as (model: Model, size: WindowSize) => Anatomy;
  return look(model, size);
}

type Anatomies = {
  readonly [Kind in Model['kind']]: (
    model: Extract<Model, { readonly kind: Kind }>,
    size: WindowSize,
  ) => Anatomy;
};

const ANATOMIES: Anatomies = {
  rnn: (model, size) => recurrent(model, size, model.activation === 'tanh', model.bias),
  gru: (model, size) => recurrent(model, size, true, true),
  lstm: (model, size) => recurrent(model, size, true, true),
  attention({ layers, heads, causal, segment, channelIndependent }, { lookback }) {
    const layout = layoutOf(segment, lookback);
    const steps = layout?.segments ?? lookback;
    return {
      sites: [],
      attention: levels(layers).map((layer) => {
        return { layer, heads, queries: steps, keys: steps, causal, isAlignment: false };
      }),
      segment: layout,
      isByColumn: channelIndependent,
    };
  },
  'encoder-decoder'({ cell, units, layers, attention }, { lookback, horizon }) {
    const ofPart = (part: Place['part'], steps: number) =>
      levels(layers).map((layer): SitePlan => {
        const place: Place = { part, layer, direction: 'forward' };
        const path = layerPath({ prefix: part, bidirectional: false }, layer, 'forward');
        return { place, cell, isBounded: true, path, hasBias: true, units, steps, truncated: 0 };
      });
    const alignment = {
      layer: 0,
      heads: 1,
      queries: horizon,
      keys: lookback,
      causal: false,
      isAlignment: true,
    };
    return {
      sites: [...ofPart('encoder', lookback), ...ofPart('decoder', horizon)],
      attention: attention ? [alignment] : [],
      segment: null,
      isByColumn: false,
    };
  },
  linear: ({ channelIndependent }) => ({
    sites: [],
    attention: [],
    segment: null,
    isByColumn: channelIndependent,
  }),
  dense: ({ channelIndependent }) => ({
    sites: [],
    attention: [],
    segment: null,
    isByColumn: channelIndependent,
  }),
};

type RecurrentModel = Extract<Model, { readonly kind: Cell }>;

function recurrent(
  model: RecurrentModel,
  { lookback }: WindowSize,
  isBounded: boolean,
  hasBias: boolean,
): Anatomy {
  const { kind: cell, layers, bidirectional, units, truncateSteps, segment, channelIndependent } = model;
  const layout = layoutOf(segment, lookback);
  const steps = layout?.segments ?? lookback;
  const truncated = Math.max(0, steps - (truncateSteps ?? steps));
  const directions: readonly Place['direction'][] = bidirectional ? ['forward', 'backward'] : ['forward'];
  const sites = levels(layers).flatMap((layer) =>
    directions.map((direction): SitePlan => {
      const place: Place = { part: 'encoder', layer, direction };
      const path = layerPath({ prefix: cell, bidirectional }, layer, direction);
      return { place, cell, isBounded, path, hasBias, units, steps, truncated };
    }),
  );
  return { sites, attention: [], segment: layout, isByColumn: channelIndependent };
}

const levels = (layers: number): number[] => Array.from({ length: layers }, (_, layer) => layer);

const layoutOf = (segment: Segment | null, lookback: number): SegmentLayout | null =>
  segment && segmentLayout(segment, lookback);

/** Rows of the window that a step reads; a decoder's steps are rows of the horizon. */
export function rowsOfStep(
  { segment }: Pick<Anatomy, 'segment'>,
  part: Place['part'],
  step: number,
  lookback: number,
): { readonly from: number; readonly end: number } {
  if (part === 'decoder') return { from: lookback + step, end: lookback + step + 1 };
  if (!segment) return { from: step, end: step + 1 };
  const from = segment.skipped + step * segment.stride;
  return { from, end: from + segment.length };
}

/** The step whose state reaches the readout: a backward direction ends at the oldest step. */
export const readoutStep = ({ place, steps }: SitePlan): number =>
  place.direction === 'forward' ? steps - 1 : 0;

// The anatomy of a model that reads one text and writes another: layers over what is read, layers over what is written, and the looks of the
// second at the first.
import type { Model } from '../contract/experiment/model.ts';
import type { AttentionLayer } from '../contract/inside/description.ts';
import type { Place } from '../contract/inside/target.ts';
import { layerPath } from '../models/bodies/recurrent-layers.ts';
import type { Anatomy, SitePlan } from './anatomy.ts';

export interface TranslatorSteps {
  /** The encoder reads from both ends. */
  readonly bidirectional: boolean;
  readonly read: number;
  readonly written: number;
}

export function translatorAnatomy(model: Model, steps: TranslatorSteps): Anatomy {
  return { ...partsOf(model, steps), segment: null, isByColumn: false };
}

/** Where a layer's first step stands among those of both texts. */
export const firstStep = ({ place }: Pick<SitePlan, 'place'>, read: number): number =>
  place.part === 'decoder' ? read : 0;

function partsOf(
  model: Model,
  { bidirectional, read, written }: TranslatorSteps,
): Pick<Anatomy, 'sites' | 'attention'> {
  if ('heads' in model) {
    const { layers, heads } = model;
    const layersFrom = (first: number, looks: Pick<AttentionLayer, 'queries' | 'isAlignment'>) =>
      Array.from({ length: layers }, (_, index) => {
        return { ...looks, layer: first + index, heads, keys: read, causal: false };
      });
    return {
      sites: [],
      attention: [
        ...layersFrom(0, { queries: written, isAlignment: true }),
        ...layersFrom(layers, { queries: read, isAlignment: false }),
      ],
    };
  }
  if (!('cell' in model)) return { sites: [], attention: [] };
  const { cell, units, layers, attention } = model;
  const siteAt = (place: Place, isBoth: boolean): SitePlan => {
    const { part, layer, direction } = place;
    const path = layerPath({ prefix: part, bidirectional: isBoth }, layer, direction);
    const steps = part === 'encoder' ? read : written;
    return { place, cell, isBounded: true, path, hasBias: true, units, steps, truncated: 0 };
  };
  const levels = Array.from({ length: layers }, (_, layer) => layer);
  const directions: readonly Place['direction'][] = bidirectional ? ['forward', 'backward'] : ['forward'];
  const encoder = levels.flatMap((layer) =>
    directions.map((direction) => siteAt({ part: 'encoder', layer, direction }, bidirectional)),
  );
  const decoder = levels.map((layer) => siteAt({ part: 'decoder', layer, direction: 'forward' }, false));
  const look = { layer: 0, heads: 1, queries: written, keys: read, causal: false, isAlignment: true };
  return { sites: [...encoder, ...decoder], attention: attention ? [look] : [] };
}

// The anatomy of a model that reads one text and writes another: layers over what is read, layers over what is written, and the looks of the
// second at the first.
import { isRecurrent, type Model } from '../contract/experiment/model.ts';
import type { AttentionLayer } from '../contract/inside/description.ts';
import type { Place } from '../contract/inside/target.ts';
import type { Cell } from '../models/bodies/gate-biases.ts';
import { layerPath } from '../models/bodies/recurrent-layers.ts';
import { type Anatomy, anatomyOf, type SitePlan } from './anatomy.ts';

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
  if (isRecurrent(model)) {
    const { kind: cell, units, layers } = model;
    const { sites } = anatomyOf(model, { inputs: 0, lookback: read, horizon: written });
    return { sites: [...sites, ...decoderSites({ cell, units, layers, written })], attention: [] };
  }
  if (!('cell' in model)) return { sites: [], attention: [] };
  const { cell, units, layers, attention } = model;
  const levels = Array.from({ length: layers }, (_, layer) => layer);
  const directions: readonly Place['direction'][] = bidirectional ? ['forward', 'backward'] : ['forward'];
  const encoder = levels.flatMap((layer) =>
    directions.map((direction) =>
      siteAt({ part: 'encoder', layer, direction }, { cell, units, steps: read, bidirectional }),
    ),
  );
  const look = { layer: 0, heads: 1, queries: written, keys: read, causal: false, isAlignment: true };
  const decoder = decoderSites({ cell, units, layers, written });
  return { sites: [...encoder, ...decoder], attention: attention ? [look] : [] };
}

const decoderSites = ({
  cell,
  units,
  layers,
  written,
}: {
  readonly cell: Cell;
  readonly units: number;
  readonly layers: number;
  readonly written: number;
}): SitePlan[] =>
  Array.from({ length: layers }, (_, layer) =>
    siteAt(
      { part: 'decoder', layer, direction: 'forward' },
      { cell, units, steps: written, bidirectional: false },
    ),
  );

interface SiteForm {
  readonly cell: Cell;
  readonly units: number;
  readonly steps: number;
  readonly bidirectional: boolean;
}

function siteAt(place: Place, { cell, units, steps, bidirectional }: SiteForm): SitePlan {
  const { part, layer, direction } = place;
  const path = layerPath({ prefix: part, bidirectional }, layer, direction);
  return { place, cell, isBounded: true, path, hasBias: true, units, steps, truncated: 0 };
}

// What a recurrent layer reads at a step, with names: columns of the window, a segment's vector, or the states of the layer below.
import { readoutStep, rowsOfStep, type SitePlan } from './anatomy.ts';
import type { Capture } from './forecaster/capture.ts';
import { arrayOf, type Inspected } from './forecaster/inspected.ts';
import type { SiteValues } from './states-pieces.ts';

export interface LayerInput {
  /** [features] */
  readonly values: Float64Array;
  nameOf(feature: number): string;
}

/** @param row of the batch: 0, or the column where each is forecast by itself */
export function layerInput(
  inspected: Inspected,
  seen: Capture,
  plan: SitePlan,
  { step, row }: { readonly step: number; readonly row: number },
): LayerInput {
  const { part, layer } = plan.place;
  if (layer > 0) return statesOf(sitesAt(seen, part, layer - 1), step, row);
  if (part === 'decoder') return finalState(seen, row);
  const { segment } = inspected.anatomy;
  const { from, end } = rowsOfStep(inspected.anatomy, part, step, inspected.prepared.lookback);
  const read = windowRows(inspected, seen, { from, end, row });
  return segment ? embedded(inspected, read) : read;
}

/** Directions of one layer. */
const sitesAt = ({ sites }: Capture, part: string, layer: number): SiteValues[] =>
  sites.filter(({ plan: { place } }) => place.part === part && place.layer === layer);

/** Both directions side by side. */
function statesOf(sites: readonly SiteValues[], step: number, row: number): LayerInput {
  const values = sites.flatMap(({ plan: { units, steps }, hidden }) => {
    const first = (row * steps + step) * units;
    return [...hidden.subarray(first, first + units)];
  });
  return {
    values: Float64Array.from(values),
    nameOf(feature) {
      const { units, place } = sites[0]!.plan;
      const direction = sites.length > 1 ? (feature < units ? ' forward' : ' backward') : '';
      return `unit ${feature % units} of layer ${place.layer}${direction}`;
    },
  };
}

/** A decoder is given the encoder's last state at every step. */
function finalState(seen: Capture, row: number): LayerInput {
  const top = Math.max(
    ...seen.sites.map(({ plan: { place } }) => (place.part === 'encoder' ? place.layer : -1)),
  );
  const sites = sitesAt(seen, 'encoder', top);
  return statesOf(sites, readoutStep(sites[0]!.plan), row);
}

interface Rows {
  readonly from: number;
  readonly end: number;
  readonly row: number;
}

/** Rows one after the other, columns within a row. */
function windowRows(
  { prepared: { inputNames }, anatomy: { isByColumn } }: Inspected,
  { inputs }: Capture,
  { from, end, row }: Rows,
): LayerInput {
  const columns = isByColumn ? [row] : [...inputNames.keys()];
  const values = new Float64Array((end - from) * columns.length);
  let at = 0;
  for (let time = from; time < end; time++) {
    for (const column of columns) values[at++] = inputs[time * inputNames.length + column]!;
  }
  return { values, nameOf: (feature) => inputNames[columns[feature % columns.length]!]! };
}

/** The linear map of a segment. */
function embedded(inspected: Inspected, { values }: LayerInput): LayerInput {
  const kernel = arrayOf(inspected, 'segments/kernel');
  const bias = arrayOf(inspected, 'segments/bias');
  const [, units] = kernel.shape as [number, number];
  const vector = Float64Array.from(bias.values);
  values.forEach((value, index) => {
    for (let unit = 0; unit < units; unit++) vector[unit]! += value * kernel.values[index * units + unit]!;
  });
  return { values: vector, nameOf: (feature) => `segment value ${feature}` };
}

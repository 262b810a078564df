// The weights of one head from its queries and keys, query by query: softmax(scale q k) over the keys that each query sees.
import type { AttentionLayer } from '../contract/inside/description.ts';
import { visibleKeys } from './heads.ts';

export interface ProjectedLayer {
  readonly plan: AttentionLayer;
  /** [queries, width] and [keys, width], head after head in the width. */
  readonly query: Float32Array;
  readonly key: Float32Array;
  readonly width: number;
}

/** An encoder-decoder scores without a scale (Luong et al. 2015, "general"). */
export const scaleOf = ({ plan, width }: Pick<ProjectedLayer, 'plan' | 'width'>): number =>
  plan.isAlignment ? 1 : 1 / Math.sqrt(width / plan.heads);

/** [queries, keys] */
export function headWeights(layer: ProjectedLayer, head: number): Float32Array {
  const { plan, query, key, width } = layer;
  const { queries, keys } = plan;
  const dim = width / plan.heads;
  const scale = scaleOf(layer);
  const out = new Float32Array(queries * keys);
  const row = new Float64Array(keys);
  for (let at = 0; at < queries; at++) {
    const visible = visibleKeys(plan, at);
    const q = at * width + head * dim;
    let largest = Number.NEGATIVE_INFINITY;
    for (let one = 0; one < visible; one++) {
      const k = one * width + head * dim;
      let score = 0;
      for (let index = 0; index < dim; index++) score += query[q + index]! * key[k + index]!;
      row[one] = scale * score;
      if (row[one]! > largest) largest = row[one]!;
    }
    let sum = 0;
    for (let one = 0; one < visible; one++) {
      row[one] = Math.exp(row[one]! - largest);
      sum += row[one]!;
    }
    for (let one = 0; one < visible; one++) out[at * keys + one] = row[one]! / sum;
  }
  return out;
}

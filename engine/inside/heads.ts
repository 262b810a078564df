// What the weights of a head come to: where it looks, by lag, and how evenly.

import type { HeadSummary } from '../contract/inside/attention.ts';
import type { AttentionLayer } from '../contract/inside/description.ts';

/** Share of the weight that gives a head its name. */
const NAMING = 0.3;
/** Of the entropy of an even look. */
const EVEN = 0.95;

/** @param weights [queries, keys] */
export function summarizeHead(head: number, weights: Float32Array, plan: AttentionLayer): HeadSummary {
  const profile = lagProfile(weights, plan);
  const entropy = relativeEntropy(weights, plan);
  return {
    head,
    name: nameOf(weights, plan, { profile, entropy }),
    entropy,
    profile,
    ahead: aheadOf(weights, plan),
  };
}

/** Keys that a query sees. */
export const visibleKeys = ({ causal, keys }: AttentionLayer, query: number): number =>
  causal ? Math.min(keys, query + 1) : keys;

/** Lags of a layer's own steps count from the query, those of an alignment from the origin. */
export function lagProfile(weights: Float32Array, { queries, keys, isAlignment }: AttentionLayer): number[] {
  return Array.from({ length: keys }, (_, lag) => {
    let [sum, count] = [0, 0];
    for (let query = 0; query < queries; query++) {
      const key = (isAlignment ? keys - 1 : query) - lag;
      if (key < 0) continue;
      sum += weights[query * keys + key]!;
      count++;
    }
    return count === 0 ? 0 : sum / count;
  });
}

/** Queries that see one key alone have no choice. */
export function relativeEntropy(weights: Float32Array, plan: AttentionLayer): number {
  const { queries, keys } = plan;
  let [sum, count] = [0, 0];
  for (let query = 0; query < queries; query++) {
    const visible = visibleKeys(plan, query);
    if (visible < 2) continue;
    let entropy = 0;
    for (let key = 0; key < visible; key++) {
      const weight = weights[query * keys + key]!;
      if (weight > 0) entropy -= weight * Math.log(weight);
    }
    sum += entropy / Math.log(visible);
    count++;
  }
  return count === 0 ? 0 : sum / count;
}

function aheadOf(weights: Float32Array, { queries, keys, isAlignment }: AttentionLayer): number {
  if (isAlignment) return 0;
  let sum = 0;
  for (let query = 0; query < queries; query++) {
    for (let key = query + 1; key < keys; key++) sum += weights[query * keys + key]!;
  }
  return sum / queries;
}

function nameOf(
  weights: Float32Array,
  { queries, keys, isAlignment }: AttentionLayer,
  { profile, entropy }: Pick<HeadSummary, 'profile' | 'entropy'>,
): string {
  if (entropy > EVEN) return 'uniform';
  let onLast = 0;
  for (let query = 0; query < queries; query++) onLast += weights[query * keys + keys - 1]! / queries;
  if (onLast >= NAMING) return 'last step';
  // Few queries have a key that far back: a mean over one or two of them is no habit.
  const common = isAlignment ? profile : profile.slice(0, Math.max(1, Math.ceil(keys / 2)));
  const lag = common.indexOf(Math.max(...common));
  if (common[lag]! < NAMING) return 'mixed';
  return lag === 0 ? 'own step' : `lag ${lag}`;
}

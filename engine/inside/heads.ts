// What the weights of a head come to: where it looks, by lag, and how evenly.

import type { HeadSummary } from '../contract/inside/attention.ts';
import type { AttentionLayer } from '../contract/inside/description.ts';
import { entropyOf } from './entropy.ts';

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
  const sums = new Float64Array(keys);
  const counts = new Uint32Array(keys);
  // Row by row, as the weights lie in memory: lag by lag takes several times as long.
  for (let query = 0; query < queries; query++) {
    const newest = isAlignment ? keys - 1 : Math.min(query, keys - 1);
    const firstLag = isAlignment ? 0 : query - newest;
    const row = query * keys + newest;
    for (let back = 0; back <= newest && firstLag + back < keys; back++) {
      sums[firstLag + back]! += weights[row - back]!;
      counts[firstLag + back]!++;
    }
  }
  return Array.from(sums, (sum, lag) => (counts[lag] === 0 ? 0 : sum / counts[lag]!));
}

/** Queries that see one key alone have no choice. */
export function relativeEntropy(weights: Float32Array, plan: AttentionLayer): number {
  const { queries, keys } = plan;
  let [sum, count] = [0, 0];
  for (let query = 0; query < queries; query++) {
    const visible = visibleKeys(plan, query);
    if (visible < 2) continue;
    const entropy = entropyOf(weights.subarray(query * keys, query * keys + visible));
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

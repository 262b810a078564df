// The views `attention` and `query`: where a layer with attention looks (Vaswani et al. 2017), and one query in numbers.

import {
  type AttentionChoice,
  type HeadSummary,
  InsideAttentionFrame,
  type InsideQuery,
  type QueryChoice,
} from '../../contract/inside/attention.ts';
import type { AttentionLayer } from '../../contract/inside/description.ts';
import type { WindowChoice } from '../../contract/inside/target.ts';
import { HindcastError } from '../../contract/values/errors.ts';
import { rowsOfStep } from '../anatomy.ts';
import { captureAttention, type LayerAttention } from '../forecaster/attention-capture.ts';
import type { Inspected } from '../forecaster/inspected.ts';
import { chooseWindow } from '../forecaster/window.ts';
import { scaleOf } from '../head-weights.ts';
import { summarizeHead, visibleKeys } from '../heads.ts';
import { reduceGrid } from '../reduce.ts';
import { meanOfHeads } from '../rollout.ts';

export function attention(inspected: Inspected, choice: WindowChoice & AttentionChoice): Uint8Array {
  const { about, seen } = layerAt(inspected, choice);
  const { plan } = seen;
  const { queries, keys, layer } = plan;
  if (choice.head !== null) requireIndex('head', choice.head, plan.heads);
  const values = choice.head === null ? meanOfHeads(seen) : seen.head(choice.head);
  const most = choice.whole ? { rows: queries, columns: keys } : choice;
  const reduced = reduceGrid({ values, rows: queries, columns: keys, middle: 0 }, most);
  const read = reduced.columns.map(({ from, count }) => ({
    from: rowsOfKey(inspected, from).from,
    end: rowsOfKey(inspected, from + count - 1).end,
  }));
  return InsideAttentionFrame.encode({
    header: {
      about,
      layer,
      head: choice.head,
      heads: summariesOf(seen),
      queries,
      keys,
      rows: reduced.rows.map(({ from, count }) => Array.from({ length: count }, (_, at) => from + at)),
      whole: reduced.rows.length === queries && reduced.columns.length === keys,
      reach: reduced.reach,
      causal: plan.causal,
      isAlignment: plan.isAlignment,
      onlyQuery: onlyQuery(inspected, plan),
    },
    columns: {
      key: Int32Array.from(reduced.columns, ({ from }) => from),
      keys: Int32Array.from(reduced.columns, ({ count }) => count),
      row: Int32Array.from(read, ({ from }) => from),
      end: Int32Array.from(read, ({ end }) => end),
      mean: reduced.mean,
      extreme: reduced.extreme,
    },
  });
}

/** Keys that are shown with their vectors. */
const TOP = 5;

export function query(inspected: Inspected, choice: WindowChoice & QueryChoice): InsideQuery {
  const { about, seen } = layerAt(inspected, choice);
  const { plan, width } = seen;
  requireIndex('head', choice.head, plan.heads);
  requireIndex('query', choice.query, plan.queries);
  const { head } = choice;
  const dim = width / plan.heads;
  const vector = (values: Float32Array, row: number) => [
    ...values.subarray(row * width + head * dim, row * width + (head + 1) * dim),
  ];
  const scale = scaleOf(seen);
  const q = vector(seen.query, choice.query);
  const visible = visibleKeys(plan, choice.query);
  const scores = Array.from({ length: plan.keys }, (_, key) =>
    key < visible ? scale * dot(q, vector(seen.key, key)) : null,
  );
  const first = choice.query * plan.keys;
  const weights = [...seen.head(head).subarray(first, first + plan.keys)];
  const output = new Array<number>(dim).fill(0);
  for (const [key, weight] of weights.entries()) {
    for (const [index, value] of vector(seen.value, key).entries()) output[index]! += weight * value;
  }
  const byWeight = [...weights.keys()].sort((a, b) => weights[b]! - weights[a]! || a - b);
  return {
    about,
    layer: plan.layer,
    head,
    query: choice.query,
    x: [...seen.x.subarray(choice.query * width, (choice.query + 1) * width)],
    q,
    scale,
    scores,
    weights,
    top: byWeight.slice(0, Math.min(TOP, visible)).map((key) => {
      const { from: row, end } = rowsOfKey(inspected, key);
      return { key, row, end, score: scores[key]!, weight: weights[key]!, vector: vector(seen.key, key) };
    }),
    output,
  };
}

const summaries = new WeakMap<LayerAttention, HeadSummary[]>();

/** Made once a window: a grid of heads asks for each of them. */
function summariesOf(seen: LayerAttention): HeadSummary[] {
  const known = summaries.get(seen);
  if (known) return known;
  const { plan } = seen;
  const made = Array.from({ length: plan.heads }, (_, head) => summarizeHead(head, seen.head(head), plan));
  summaries.set(seen, made);
  return made;
}

function layerAt(inspected: Inspected, choice: WindowChoice & { readonly layer: number }) {
  const { anatomy, prepared } = inspected;
  const chosen = chooseWindow(prepared, choice);
  const row = anatomy.isByColumn ? chosen.target : 0;
  const { part, edits } = choice;
  const layers = captureAttention(inspected, { part, edits, window: chosen, row });
  requireIndex('layer', choice.layer, layers.length);
  return { about: chosen.about, seen: layers[choice.layer]! };
}

function requireIndex(what: 'layer' | 'head' | 'query', index: number, count: number): void {
  if (index < count) return;
  throw new HindcastError(
    'invalid-input',
    `There is no ${what} ${index} of attention: there are ${count}, counted from 0, so choose 0 to ${count - 1}.`,
    { details: { field: what } },
  );
}

export const rowsOfKey = ({ anatomy, prepared }: Inspected, key: number) =>
  rowsOfStep(anatomy, 'encoder', key, prepared.lookback);

/** Behind the readout `last`, the other queries of the last layer reach nothing. */
function onlyQuery({ experiment: { model }, anatomy }: Inspected, plan: AttentionLayer): number | null {
  const isLast = plan.layer === anatomy.attention.length - 1;
  return isLast && 'readout' in model && model.readout === 'last' ? plan.queries - 1 : null;
}

const dot = (a: readonly number[], b: readonly number[]): number =>
  a.reduce((sum, value, index) => sum + value * b[index]!, 0);

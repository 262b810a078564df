// The inside of a model for one window in plain loops, float64: states, gates and cells of every layer and direction, attention
// of every layer, and the answer.
import type {
  AttentionModel,
  DenseModel,
  EncoderDecoderModel,
  LinearModel,
  Segment,
} from '../../engine/contract/experiment/model.ts';
import type { Site } from '../../engine/models/pass.ts';
import type { EncoderModel } from '../../engine/models/registry.ts';
import { sinePositions } from '../../engine/ops/attention/positions.ts';
import {
  affine,
  type CellKind,
  type Matrix,
  type NaiveRun,
  type NaiveWeights,
  type Nudge,
  naiveAttention,
  naiveBlock,
  naiveLayerNorm,
  naiveRecurrent,
  type Vector,
} from './naive.ts';

export interface NaiveAttentionLayer {
  /** By head, [queries, keys]. */
  readonly weights: readonly Matrix[];
  readonly read: Matrix;
  readonly query: Matrix;
  readonly key: Matrix;
  readonly value: Matrix;
}

export interface Inside {
  readonly sites: ReadonlyMap<string, NaiveRun>;
  readonly attention: readonly NaiveAttentionLayer[];
  readonly answer: Vector;
}

export const siteName = ({ part, layer, direction, piece }: Site): string =>
  `${part} ${layer} ${direction} ${piece}`;

/** What is changed at a site, by its name. */
export type NudgeOf = (site: string) => Nudge | undefined;

interface Walk {
  readonly w: NaiveWeights;
  readonly nudgeOf: NudgeOf;
  readonly sites: Map<string, NaiveRun>;
}

interface Stack {
  readonly cell: CellKind;
  readonly prefix: string;
  readonly part: Site['part'];
  readonly layers: number;
  readonly bidirectional: boolean;
}

interface StackRun {
  readonly outputs: Matrix;
  readonly last: Vector;
  /** Of the forward direction, layer by layer. */
  readonly states: readonly NaiveRun['state'][];
}

function runStack(
  { cell, prefix, part, layers, bidirectional }: Stack,
  sequence: Matrix,
  { w, nudgeOf, sites }: Walk,
  piece: Site['piece'] = 'after',
  start?: StackRun['states'],
): StackRun {
  const states: NaiveRun['state'][] = [];
  let x = sequence;
  let last: Vector = [];
  for (let layer = 0; layer < layers; layer++) {
    const directions = bidirectional ? (['forward', 'backward'] as const) : (['forward'] as const);
    const runs = directions.map((direction) => {
      const path = `${prefix}/${layer}${bidirectional ? `/${direction}` : ''}`;
      const name = siteName({ part, layer, direction, piece });
      const reverse = direction === 'backward';
      const run = naiveRecurrent(cell, path, x, w, { start: start?.[layer], reverse, nudge: nudgeOf(name) });
      sites.set(name, run);
      return run;
    });
    states.push(runs[0]!.state);
    x = x.map((_, t) => runs.flatMap(({ outputs }) => outputs[t]!));
    last = runs.flatMap(({ state }) => state.h);
  }
  return { outputs: x, last, states };
}

/** The last segment ends with the window. */
function joinSegments(window: Matrix, { length, stride }: Segment, w: NaiveWeights): Matrix {
  const firsts = [...window.keys()].filter(
    (t) => t + length <= window.length && (window.length - length - t) % stride === 0,
  );
  return firsts.map((first) =>
    affine(
      window.slice(first, first + length).flat(),
      w.matrix('segments/kernel'),
      w.vector('segments/bias'),
    ),
  );
}

type RecurrentModel = Exclude<EncoderModel, AttentionModel | LinearModel | DenseModel>;

function recurrentLast(model: RecurrentModel, window: Matrix, walk: Walk): Vector {
  const { kind, layers, bidirectional, segment, truncateSteps } = model;
  const stack = { cell: kind, prefix: kind, part: 'encoder', layers, bidirectional } as const;
  const x = segment ? joinSegments(window, segment, walk.w) : window;
  const cut = Math.max(0, x.length - (truncateSteps ?? x.length));
  const before = cut > 0 ? runStack(stack, x.slice(0, cut), walk, 'before') : undefined;
  return runStack(stack, x.slice(cut), walk, 'after', before?.states).last;
}

function attentionLast(model: AttentionModel, window: Matrix, w: NaiveWeights) {
  const { units, heads, layers, causal, normalization, segment } = model;
  const vectors = segment
    ? joinSegments(window, segment, w)
    : window.map((row) => affine(row, w.matrix('embedding/kernel'), w.vector('embedding/bias')));
  const codes = sinePositions(vectors.length, units);
  let x = vectors.map((row, t) => row.map((value, j) => value + codes[t * units + j]!));
  const attention = Array.from({ length: layers }, (_, layer): NaiveAttentionLayer => {
    const { outputs, weights, read, projected } = naiveBlock(
      x,
      { heads, causal, normalization },
      `attention/${layer}`,
      w,
    );
    x = outputs;
    const third = (index: number) => projected.map((row) => row.slice(index * units, (index + 1) * units));
    return { weights, read, query: third(0), key: third(1), value: third(2) };
  });
  const last = x.at(-1)!;
  const isPre = normalization === 'pre';
  return {
    attention,
    last: isPre ? naiveLayerNorm(last, w.vector('norm/gamma'), w.vector('norm/beta')) : last,
  };
}

const head = (x: Vector, w: NaiveWeights): Vector =>
  affine(x, w.matrix('head/kernel'), w.vector('head/bias'));

/** A model with the readout `last`; of a channel-independent one the window has one column. */
export function encoderInside(
  model: Exclude<EncoderModel, LinearModel | DenseModel>,
  window: Matrix,
  w: NaiveWeights,
  nudgeOf: NudgeOf = () => undefined,
): Inside {
  const sites = new Map<string, NaiveRun>();
  if (model.kind === 'attention') {
    const { attention, last } = attentionLast(model, window, w);
    return { sites, attention, answer: head(last, w) };
  }
  const last = recurrentLast(model, window, { w, nudgeOf, sites });
  return { sites, attention: [], answer: head(last, w) };
}

export function encoderDecoderInside(
  { cell, layers, attention }: EncoderDecoderModel,
  window: Matrix,
  horizon: number,
  w: NaiveWeights,
  nudgeOf: NudgeOf = () => undefined,
): Inside {
  const sites = new Map<string, NaiveRun>();
  const walk = { w, nudgeOf, sites };
  const stack = { cell, layers, bidirectional: false };
  const past = runStack({ ...stack, prefix: 'encoder', part: 'encoder' }, window, walk);
  const context = Array.from({ length: horizon }, () => past.last);
  const ofDecoder = { ...stack, prefix: 'decoder', part: 'decoder' } as const;
  const { outputs: read } = runStack(ofDecoder, context, walk, 'after', past.states);
  if (!attention) return { sites, attention: [], answer: read.flatMap((state) => head(state, w)) };
  const query = read.map((state) => affine(state, w.matrix('attention/score/kernel')));
  const { outputs, weights } = naiveAttention(query, past.outputs, past.outputs, false, 1);
  const seen = read.map((state, t) =>
    affine(
      [...outputs[t]!, ...state],
      w.matrix('attention/combine/kernel'),
      w.vector('attention/combine/bias'),
    ).map(Math.tanh),
  );
  const layer = { weights: [weights], read, query, key: past.outputs, value: past.outputs };
  return { sites, attention: [layer], answer: seen.flatMap((state) => head(state, w)) };
}

// Lab 5: query, key, value, heads and positions. Attention must give back the value of seven steps ago, which only its position tells
// from the others; with position encodings and without.
import type { LabLines, LabMap, LabOutcome, LabTable } from '../contract/labs.ts';
import { createNumbers, type Numbers } from '../data/generated/random.ts';
import type { Series } from '../data/series.ts';
import { captureAttention, type LayerAttention } from '../inside/forecaster/attention-capture.ts';
import { captureRows } from '../inside/forecaster/capture.ts';
import type { Inspected } from '../inside/forecaster/inspected.ts';
import { windowsWithTargets } from '../inside/forecaster/state-gradients.ts';
import { summarizeHead } from '../inside/heads.ts';
import { learn, lookInto, type Problem } from './forecaster/learn.ts';
import { forecasting } from './forecaster/problems.ts';
import type { Lab, LabGiven } from './lab.ts';

const STEPS = 16;
const LAG = 7;
const WINDOWS = 32;
const HEADS = 2;

const VARIANTS = {
  sine: 'sine positions',
  learned: 'learned positions',
  none: 'no positions',
} as const;
type VariantId = keyof typeof VARIANTS;
const IDS = Object.keys(VARIANTS) as readonly VariantId[];

export interface Attended {
  readonly losses: readonly number[];
  /** How much the forecast changes when the window's steps stand in another order; root mean square, and that of the forecasts themselves. */
  readonly shuffled: number;
  readonly spread: number;
  /** Weights of the last query, by lag, of each head. */
  readonly profiles: readonly (readonly number[])[];
  readonly heads: readonly string[];
  /** The last query of the sharpest head: score, weight and input of each key, from the oldest. */
  readonly query: {
    readonly head: number;
    readonly scores: readonly number[];
    readonly weights: readonly number[];
    readonly inputs: readonly number[];
  };
}

export const attentionLab: Lab<Attended> = {
  name: 'attention',
  parts: () => IDS.map((id) => `training attention with ${VARIANTS[id]}`),
  async run(part, { own, quick }: LabGiven) {
    const problem = own
      ? forecasting(own, { lookback: STEPS, epochs: quick ? 2 : 12 })
      : recall(quick ? { rows: 1_000, epochs: 10 } : { rows: 4_000, epochs: 12 });
    const { opened, last, losses } = await learn(problem, {
      kind: 'attention',
      units: 16,
      heads: HEADS,
      layers: 1,
      positions: IDS[part]!,
      readout: 'last',
    });
    return lookInto(opened, last, (inspected) => ({
      losses,
      ...shuffling(inspected),
      ...looking(inspected),
    }));
  },
  conclude,
};

/** Even numbers; the answer after each row is the number of seven rows before. */
function recall({ rows, epochs }: { readonly rows: number; readonly epochs: number }): Problem {
  const numbers = createNumbers(31);
  const values = Float64Array.from({ length: rows }, () => 2 * numbers.uniform() - 1);
  const answers = values.map((_, row) => (row > LAG ? values[row - 1 - LAG]! : 0));
  const series: Series = {
    name: 'generated',
    times: BigInt64Array.from(values, (_, row) => BigInt(row) * 1_000_000n),
    columns: [
      { name: 'number', kind: 'numeric', values, categories: [] },
      { name: 'answer', kind: 'numeric', values: answers, categories: [] },
    ],
  };
  return {
    series,
    task: { targets: ['answer'], features: ['number'], lookback: STEPS, horizon: 1, metrics: ['mse'] },
    pipeline: [],
    epochs,
    learningRate: 0.01,
  };
}

function shuffling(inspected: Inspected): Pick<Attended, 'shuffled' | 'spread'> {
  const { prepared } = inspected;
  const windows = windowsWithTargets(prepared, 'validation', WINDOWS);
  const batch = prepared.createBatch(windows.length);
  prepared.gather(prepared.windows.validation, windows, batch);
  const numbers = createNumbers(5);
  const width = prepared.inputNames.length;
  const other = batch.inputs.slice();
  for (let window = 0; window < windows.length; window++) {
    // The last step asks, so it stays where it is.
    const order = [...permutation(STEPS - 1, numbers), STEPS - 1];
    for (const [to, from] of order.entries()) {
      const rowAt = (row: number) => (window * STEPS + row) * width;
      other.set(batch.inputs.subarray(rowAt(from), rowAt(from) + width), rowAt(to));
    }
  }
  const own = captureRows(inspected, batch.inputs, windows.length).answers;
  const changed = captureRows(inspected, other, windows.length).answers;
  return { shuffled: rms(own.map((value, at) => value - changed[at]!)), spread: rms(own) };
}

/** Fisher and Yates. */
function permutation(count: number, numbers: Numbers): number[] {
  const order = Array.from({ length: count }, (_, index) => index);
  for (let end = count - 1; end > 0; end--) {
    const chosen = numbers.integer(end + 1);
    [order[end], order[chosen]] = [order[chosen]!, order[end]!];
  }
  return order;
}

const rms = (values: Float32Array): number =>
  Math.sqrt(values.reduce((sum, value) => sum + value * value, 0) / values.length);

function looking(inspected: Inspected): Pick<Attended, 'profiles' | 'heads' | 'query'> {
  const { prepared } = inspected;
  const [window = 0] = windowsWithTargets(prepared, 'validation', 1);
  const asked = { part: 'validation', window: { index: window, series: 0 }, row: 0 } as const;
  const layer = captureAttention(inspected, asked)[0]!;
  const lasts = Array.from({ length: HEADS }, (_, head) => lastQuery(layer, head));
  const sharpest = lasts.map((weights) => Math.max(...weights));
  const head = sharpest.indexOf(Math.max(...sharpest));
  const batch = prepared.createBatch(1);
  prepared.gather(prepared.windows.validation, [window], batch);
  const width = prepared.inputNames.length;
  return {
    profiles: lasts.map((weights) => [...weights].reverse()),
    heads: lasts.map((_, index) => summarizeHead(index, layer.head(index), layer.plan).name),
    query: {
      head,
      scores: scoresOf(layer, head),
      weights: [...lasts[head]!],
      inputs: Array.from({ length: STEPS }, (_, row) => batch.inputs[row * width]!),
    },
  };
}

const lastQuery = (layer: LayerAttention, head: number): Float32Array =>
  layer.head(head).subarray((STEPS - 1) * STEPS);

/** q k / sqrt(d) of the last query with every key. */
function scoresOf({ query, key, width }: LayerAttention, head: number): number[] {
  const size = width / HEADS;
  return Array.from({ length: STEPS }, (_, row) => {
    let product = 0;
    for (let at = head * size; at < (head + 1) * size; at++) {
      product += query[(STEPS - 1) * width + at]! * key[row * width + at]!;
    }
    return product / Math.sqrt(size);
  });
}

/** A change of the forecasts below this share of their size is none. */
const NO_CHANGE = 1e-4;

function conclude(results: readonly Attended[], { own }: LabGiven): LabOutcome {
  const byId = Object.fromEntries(IDS.map((id, index) => [id, results[index]!])) as Record<
    VariantId,
    Attended
  >;
  const { none, sine } = byId;
  const isBlind = none.shuffled < NO_CHANGE * Math.max(none.spread, 1e-6);
  const end = ({ losses }: Attended) => losses.at(-1)!;
  return {
    answer: isBlind ? 'nothing' : 'something',
    sentence: `Without positions another order of the earlier steps changes the forecasts by ${share(none)} of their size, with sine positions by ${share(sine)}; the validation losses are ${end(none).toPrecision(3)} and ${end(sine).toPrecision(3)}.`,
    remarks: [
      'Attention adds up values by how well their keys suit the query, whatever their order: what stands where, only a position encoding says.',
      own
        ? 'Where both losses are alike, the order within the window does not matter for this column.'
        : `The answer is the number of ${LAG} steps before; the variance of the numbers is 0.333, which is the loss of a model that cannot find it.`,
      `Heads with sine positions: ${sine.heads.join(', ')}.`,
    ],
    figures: [
      curves(results),
      profile(byId.learned),
      queryTable(byId.learned),
      positions(),
      {
        kind: 'table',
        title: 'Order and loss',
        columns: [
          'positions',
          'change of the forecasts in another order',
          'size of the forecasts',
          'validation loss',
        ],
        rows: IDS.map((id) => [VARIANTS[id], byId[id].shuffled, byId[id].spread, end(byId[id])]),
      },
    ],
  };
}

const share = ({ shuffled, spread }: Attended): string =>
  spread > 0 ? percent((100 * shuffled) / spread) : '0 %';

function curves(results: readonly Attended[]): LabLines {
  return {
    kind: 'lines',
    title: 'Validation loss',
    xLabel: 'epoch',
    yLabel: 'loss',
    yScale: 'log',
    lines: results.map(({ losses }, index) => ({
      name: VARIANTS[IDS[index]!],
      x: losses.map((_, epoch) => epoch + 1),
      y: [...losses],
    })),
  };
}

function profile({ profiles }: Attended): LabLines {
  return {
    kind: 'lines',
    title: 'Where the last query looks, with learned positions',
    xLabel: 'lag',
    yLabel: 'weight',
    yScale: 'linear',
    lines: profiles.map((weights, head) => ({
      name: `head ${head}`,
      x: weights.map((_, lag) => lag),
      y: [...weights],
    })),
  };
}

function queryTable({ query }: Attended): LabTable {
  const { scores, weights, inputs, head } = query;
  return {
    kind: 'table',
    title: `The last query of head ${head} in numbers: scores q k / sqrt(d), weights softmax of them`,
    columns: ['lag', 'input', 'score', 'weight'],
    rows: scores.map((_, index) => {
      const row = scores.length - 1 - index;
      return [index, inputs[row]!, scores[row]!, weights[row]!];
    }),
  };
}

const SHOWN_WIDTH = 16;

/** sin and cos of the step at wavelengths that double and double (Vaswani et al. 2017). */
function positions(): LabMap {
  const values = Array.from({ length: SHOWN_WIDTH }, (_, unit) =>
    Array.from({ length: STEPS }, (__, step) => {
      const angle = step / 10_000 ** ((2 * Math.floor(unit / 2)) / SHOWN_WIDTH);
      return unit % 2 === 0 ? Math.sin(angle) : Math.cos(angle);
    }),
  );
  return {
    kind: 'map',
    title: 'Sine positions: one column a step, added to what the layer reads',
    xLabel: 'step',
    lines: values.map((_, unit) => `value ${unit}`),
    x: Array.from({ length: STEPS }, (_, step) => step),
    values,
    range: [-1, 1],
    isSigned: true,
  };
}

const percent = (value: number): string =>
  value >= 10 ? `${Math.round(value)} %` : value < 0.001 ? 'less than 0.001 %' : `${value.toPrecision(2)} %`;

// The view `rollout`: where the answer looks through all layers with attention, and how far that goes with what the answer depends on.
import {
  InsideRolloutFrame,
  type RolloutChoice,
  type RolloutReadout,
} from '../../contract/inside/rollout.ts';
import type { WindowChoice } from '../../contract/inside/target.ts';
import { captureAttention } from '../forecaster/attention-capture.ts';
import { type Explained, occlusion, wholeModel } from '../forecaster/attribution.ts';
import { windowInputs } from '../forecaster/capture.ts';
import type { Inspected } from '../forecaster/inspected.ts';
import { type ChosenWindow, chooseWindow } from '../forecaster/window.ts';
import { reduceGrid } from '../reduce.ts';
import { rolloutOf } from '../rollout.ts';
import { rowsOfKey } from './forecast-attention.ts';
import { BASELINES } from './forecast-attribute.ts';

export function rollout(inspected: Inspected, choice: WindowChoice & RolloutChoice): Uint8Array {
  const { anatomy, prepared } = inspected;
  const chosen = chooseWindow(prepared, choice);
  const row = anatomy.isByColumn ? chosen.target : 0;
  const { part, edits } = choice;
  const layers = captureAttention(inspected, { part, edits, window: chosen, row });
  const { queries, keys, isAlignment } = layers[0]!.plan;
  const values = rolloutOf(layers);
  const most = choice.whole ? { rows: queries, columns: keys } : choice;
  const reduced = reduceGrid({ values, rows: queries, columns: keys, middle: 0 }, most);
  const readout = readoutOf(inspected, isAlignment);
  const read = readBy(readout, values, keys);
  const correlation = correlationOf(read, dependence(inspected, choice, chosen, keys));
  return InsideRolloutFrame.encode({
    header: {
      about: chosen.about,
      layers: layers.length,
      queries,
      keys,
      rows: reduced.rows.map(({ from, count }) => Array.from({ length: count }, (_, at) => from + at)),
      whole: reduced.rows.length === queries && reduced.columns.length === keys,
      reach: reduced.reach,
      isAlignment,
      readout,
      correlation,
      sentence: sentenceOf(correlation),
    },
    columns: {
      key: Int32Array.from(reduced.columns, ({ from }) => from),
      keys: Int32Array.from(reduced.columns, ({ count }) => count),
      row: Int32Array.from(reduced.columns, ({ from }) => rowsOfKey(inspected, from).from),
      end: Int32Array.from(reduced.columns, ({ from, count }) => rowsOfKey(inspected, from + count - 1).end),
      read: Float32Array.from(reduced.columns, ({ from, count }) =>
        read.subarray(from, from + count).reduce((sum, one) => sum + one, 0),
      ),
      mean: reduced.mean,
      extreme: reduced.extreme,
    },
  });
}

function readoutOf({ experiment: { model } }: Inspected, isAlignment: boolean): RolloutReadout {
  if (isAlignment) return 'each';
  if ('readout' in model && (model.readout === 'last' || model.readout === 'mean')) return model.readout;
  return 'each';
}

/** Where the answer looks: of a readout that reads every query by itself, all of them alike. */
function readBy(readout: RolloutReadout, values: Float32Array, keys: number): Float64Array {
  const queries = values.length / keys;
  if (readout === 'last') return Float64Array.from(values.subarray((queries - 1) * keys));
  const mean = new Float64Array(keys);
  for (const [at, weight] of values.entries()) mean[at % keys]! += weight / queries;
  return mean;
}

/** How much the answers change, mean over the horizon, where what a key reads is hidden. */
function dependence(
  inspected: Inspected,
  choice: WindowChoice,
  chosen: ChosenWindow,
  keys: number,
): Float64Array {
  const { horizon, inputNames } = inspected.prepared;
  const window = windowInputs(inspected, choice, chosen);
  const baseline = BASELINES.last(inspected, chosen, window);
  const explained: Explained = {
    inspected,
    model: wholeModel(inspected),
    window,
    baseline,
    target: chosen.target,
  };
  const steps = Array.from({ length: horizon }, (_, index) => index + 1);
  const width = inputNames.length;
  const byRow = new Float64Array(window.length / width);
  for (const values of occlusion(explained, steps).values) {
    for (const [at, value] of values.entries()) byRow[Math.floor(at / width)]! += Math.abs(value) / horizon;
  }
  return Float64Array.from({ length: keys }, (_, key) => {
    const { from, end } = rowsOfKey(inspected, key);
    return byRow.subarray(from, end).reduce((sum, one) => sum + one, 0);
  });
}

/** Pearson's; null where one of them is the same everywhere. */
function correlationOf(a: Float64Array, b: Float64Array): number | null {
  const mean = (values: Float64Array) => values.reduce((sum, one) => sum + one, 0) / values.length;
  const [meanA, meanB] = [mean(a), mean(b)];
  let [both, ofA, ofB] = [0, 0, 0];
  for (const [at, value] of a.entries()) {
    both += (value - meanA) * (b[at]! - meanB);
    ofA += (value - meanA) ** 2;
    ofB += (b[at]! - meanB) ** 2;
  }
  const size = Math.sqrt(ofA * ofB);
  return size > 1e-30 ? both / size : null;
}

function sentenceOf(correlation: number | null): string {
  if (correlation === null)
    return 'The look is even, or the answer depends on no step: the two cannot be compared. Attention is not explanation.';
  const going =
    correlation >= 0.7
      ? 'Here the two go together'
      : correlation >= 0.3
        ? 'Here the two go together in part'
        : 'Here they do not go together';
  return `Where the answer looks and what it depends on (occlusion of the same window) correlate at ${correlation.toFixed(2).replace('-', '\u2212')}. ${going}; attention is not explanation.`;
}

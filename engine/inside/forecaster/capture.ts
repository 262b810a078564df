// What a forward pass over some windows shows: states, gates and cells of every site, its pieces joined, and the answer.
import type * as tf from '@tensorflow/tfjs-core';
import { HindcastError } from '../../contract/errors.ts';
import type { WindowChoice } from '../../contract/inside/target.ts';
import type { Part } from '../../data/prepared.ts';
import type { Probe, Site, SiteStates } from '../../models/pass.ts';
import { readValues } from '../../ops/values.ts';
import { inputTensor } from '../../tasks/forecast/pass.ts';
import type { SitePlan } from '../anatomy.ts';
import { edited } from '../edits.ts';
import { samePlace } from '../places.ts';
import type { Inspected } from './inspected.ts';
import { seasonOfRun } from './season.ts';
import type { ChosenWindow } from './window.ts';

/** Values of one site, [rows, steps, width]; rows are window by window and, where columns are forecast by themselves, column by column. */
export interface SiteValues {
  readonly plan: SitePlan;
  readonly rows: number;
  readonly hidden: Float32Array;
  readonly cell: Float32Array | undefined;
  /** Side by side in the cell's order, in units each. */
  readonly gates: Float32Array | undefined;
}

export interface Capture {
  readonly sites: readonly SiteValues[];
  /** [windows, lookback, inputs], model units. */
  readonly inputs: Float32Array;
  /** [windows, horizon, targets], model units. */
  readonly answers: Float32Array;
}

export interface SomeWindows {
  readonly part: Part;
  readonly windows: ArrayLike<number>;
}

/** [windows, lookback, inputs] of those windows, a copy. */
export function gatherInputs({ prepared }: Pick<Inspected, 'prepared'>, { part, windows }: SomeWindows) {
  const batch = prepared.createBatch(windows.length);
  prepared.gather(prepared.windows[part], windows, batch);
  return batch;
}

export function capture(inspected: Inspected, some: SomeWindows): Capture {
  return captureRows(inspected, gatherInputs(inspected, some).inputs, some.windows.length);
}

/** @param inputs [count, lookback, inputs], windows of the data or others, in model units */
export function captureRows(inspected: Inspected, inputs: Float32Array, count: number): Capture {
  const { model, parameters, prepared, anatomy } = inspected;
  const pieces: Piece[] = [];
  const probe: Probe =
    anatomy.sites.length > 0 ? { onStates: (site, states) => pieces.push(read(site, states)) } : {};
  const answers = readValues(() =>
    model.predict({ x: inputTensor(prepared, { inputs }, count) }, parameters.weight, probe),
  );
  return { sites: anatomy.sites.map((plan) => join(plan, pieces)), inputs, answers };
}

interface Kept {
  readonly key: string;
  readonly capture: Capture;
}

const latest = new WeakMap<Inspected, { plain?: Kept; edited?: Kept }>();

/** The latest window is kept, as it is and with its edits, since the next question is most often about it too. */
export function captureWindow(
  inspected: Inspected,
  { part, edits = [] }: Pick<WindowChoice, 'part' | 'edits'>,
  { index, series }: Pick<ChosenWindow, 'index' | 'series'>,
): Capture {
  const kept = latest.get(inspected) ?? {};
  latest.set(inspected, kept);
  const kind = edits.length > 0 ? 'edited' : 'plain';
  const key = JSON.stringify([part, index, edits]);
  const known = kept[kind];
  if (known?.key === key) return known.capture;
  const made = captureRows(inspected, windowInputs(inspected, { part, edits }, { index, series }), 1);
  kept[kind] = { key, capture: made };
  return made;
}

/** [lookback, inputs] of a window, with its edits. */
export function windowInputs(
  inspected: Inspected,
  { part, edits = [] }: Pick<WindowChoice, 'part' | 'edits'>,
  { index, series }: Pick<ChosenWindow, 'index' | 'series'>,
): Float32Array {
  const { inputs } = gatherInputs(inspected, { part, windows: [index] });
  if (edits.length === 0) return inputs;
  const { lookback, inputNames } = inspected.prepared;
  return edited({ values: inputs, lookback, inputNames, season: seasonOfRun(inspected, series) }, edits);
}

interface Piece {
  readonly site: Site;
  readonly rows: number;
  readonly steps: number;
  readonly hidden: Float32Array;
  readonly cell: Float32Array | undefined;
  readonly gates: Float32Array | undefined;
}

function read(site: Site, { outputs, gates, cells }: SiteStates): Piece {
  // `dataSync` may be a view of memory that the next op takes.
  const valuesOf = (tensor: tf.Tensor | undefined) => tensor && (tensor.dataSync() as Float32Array).slice();
  const [rows, steps] = outputs.shape;
  return { site, rows, steps, hidden: valuesOf(outputs)!, cell: valuesOf(cells), gates: valuesOf(gates) };
}

/** The steps before truncation, then those after it. */
function join(plan: SitePlan, all: readonly Piece[]): SiteValues {
  const pieces = all
    .filter(({ site }) => samePlace(site, plan.place))
    .sort((a, b) => Number(b.site.piece === 'before') - Number(a.site.piece === 'before'));
  const [first] = pieces;
  const steps = pieces.reduce((sum, piece) => sum + piece.steps, 0);
  if (!first || steps !== plan.steps) {
    throw new HindcastError('internal', `The pass showed ${steps} of ${plan.steps} steps of ${plan.path}.`);
  }
  const joined = (kind: 'hidden' | 'cell' | 'gates'): Float32Array | undefined => {
    const parts = pieces.flatMap((piece) =>
      piece[kind] ? [{ steps: piece.steps, values: piece[kind] }] : [],
    );
    return parts.length > 0 ? joinSteps(parts, first.rows) : undefined;
  };
  return { plan, rows: first.rows, hidden: joined('hidden')!, cell: joined('cell'), gates: joined('gates') };
}

/** [rows, steps, width] one behind the other along the steps. */
function joinSteps(
  parts: readonly { readonly steps: number; readonly values: Float32Array }[],
  rows: number,
): Float32Array {
  const [only] = parts;
  if (parts.length === 1) return only!.values;
  const out = new Float32Array(parts.reduce((sum, { values }) => sum + values.length, 0));
  const stride = out.length / rows;
  let at = 0;
  for (const { values } of parts) {
    const size = values.length / rows;
    for (let row = 0; row < rows; row++)
      out.set(values.subarray(row * size, (row + 1) * size), row * stride + at);
    at += size;
  }
  return out;
}

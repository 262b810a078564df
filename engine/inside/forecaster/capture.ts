// What a forward pass over some windows shows: states, gates and cells of every site, its pieces joined, and the answer.
import type { WindowChoice } from '../../contract/inside/target.ts';
import type { Part } from '../../data/prepared.ts';
import type { Probe } from '../../models/pass.ts';
import { readValues } from '../../ops/values.ts';
import { inputTensor } from '../../tasks/forecast/training/pass.ts';
import { edited } from '../edits.ts';
import { joinPieces, readPiece, type SiteValues, type StatesPiece } from '../states-pieces.ts';
import type { Inspected } from './inspected.ts';
import { seasonOfRun } from './season.ts';
import type { ChosenWindow } from './window.ts';

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
  const pieces: StatesPiece[] = [];
  const probe: Probe =
    anatomy.sites.length > 0 ? { onStates: (site, states) => pieces.push(readPiece(site, states)) } : {};
  const answers = readValues(() =>
    model.predict({ x: inputTensor(prepared, { inputs }, count) }, parameters.weight, probe),
  );
  return { sites: anatomy.sites.map((plan) => joinPieces(plan, pieces)), inputs, answers };
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

// A vector for every window of the data: what the model makes of it, or its shape.
import * as tf from '@tensorflow/tfjs-core';
import type { MatchChoice } from '../../contract/inside/match.ts';
import { HindcastError } from '../../contract/values/errors.ts';
import { spacedIndices } from '../../data/complete-windows.ts';
import type { Part } from '../../data/prepared.ts';
import type { Probe } from '../../models/pass.ts';
import { readValues } from '../../ops/values.ts';
import { inputTensor } from '../../tasks/forecast/training/pass.ts';
import { readoutStep } from '../anatomy.ts';
import { samePlace } from '../places.ts';
import { gatherInputs, type SomeWindows } from './capture.ts';
import type { Inspected } from './inspected.ts';

export interface EncodedWindow {
  readonly part: Part;
  readonly index: number;
}

export interface Encodings {
  readonly windows: readonly EncodedWindow[];
  /** [windows, width], standardized by the training part's. */
  readonly values: Float32Array;
  readonly width: number;
  /** [windows] of each vector. */
  readonly lengths: Float64Array;
  readonly all: number;
}

type Encode = (inspected: Inspected, some: SomeWindows, target: number) => Float32Array;

const PARTS = ['train', 'validation', 'test'] as const;
const MOST_WINDOWS = 50_000;
/** Windows of one pass: more take less time each, as far as their memory is there. */
const BATCHES = [256, 128, 64, 32] as const;
const MOST_FLOATS = 2 ** 26;

const kept = new WeakMap<Inspected, Map<string, Encodings>>();

/** Made once for each target. */
export function encodings(inspected: Inspected, by: MatchChoice['by'], target: number): Encodings {
  const known = kept.get(inspected) ?? new Map<string, Encodings>();
  kept.set(inspected, known);
  const key = `${by} ${target}`;
  const found = known.get(key) ?? MAKERS[by](inspected, target);
  known.set(key, found);
  return found;
}

function encode(inspected: Inspected, encoder: Encode, target: number): Encodings {
  const { windows } = inspected.prepared;
  const everything = PARTS.flatMap((part) =>
    Array.from({ length: windows[part].count }, (_, index): EncodedWindow => ({ part, index })),
  );
  const chosen = spacedIndices(everything.length, MOST_WINDOWS).map((index) => everything[index]!);
  const batches: Float32Array[] = [];
  const size = batchOf(inspected);
  for (const part of PARTS) {
    const own = chosen.filter((window) => window.part === part).map(({ index }) => index);
    for (let first = 0; first < own.length; first += size) {
      batches.push(encoder(inspected, { part, windows: own.slice(first, first + size) }, target));
    }
  }
  const values = joined(batches);
  const width = chosen.length === 0 ? 0 : values.length / chosen.length;
  const trained = chosen.filter(({ part }) => part === 'train').length;
  standardize(values, width, trained);
  const lengths = lengthsOf(values, width, chosen.length);
  return { windows: chosen, values, width, lengths, all: everything.length };
}

const batchOf = ({ model }: Inspected): number =>
  BATCHES.find((size) => model.activationFloats(size) <= MOST_FLOATS) ?? BATCHES.at(-1)!;

function joined(batches: readonly Float32Array[]): Float32Array {
  const out = new Float32Array(batches.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const batch of batches) {
    out.set(batch, at);
    at += batch.length;
  }
  return out;
}

function lengthsOf(values: Float32Array, width: number, rows: number): Float64Array {
  const lengths = new Float64Array(rows);
  for (let row = 0, at = 0; row < rows; row++) {
    let sum = 0;
    for (let unit = 0; unit < width; unit++, at++) sum += values[at]! * values[at]!;
    lengths[row] = Math.sqrt(sum);
  }
  return lengths;
}

/** By mean and deviation of the first rows, those of the training part; a unit that stands still says nothing. Row by row, as they lie. */
function standardize(values: Float32Array, width: number, rows: number): void {
  const means = new Float64Array(width);
  const squares = new Float64Array(width);
  const end = rows * width;
  for (let at = 0; at < end; ) for (let unit = 0; unit < width; unit++, at++) means[unit]! += values[at]!;
  for (let unit = 0; unit < width; unit++) means[unit]! /= rows;
  for (let at = 0; at < end; )
    for (let unit = 0; unit < width; unit++, at++) squares[unit]! += (values[at]! - means[unit]!) ** 2;
  const deviations = squares.map((square) => Math.sqrt(square / rows));
  for (let at = 0; at < values.length; ) {
    for (let unit = 0; unit < width; unit++, at++) {
      const deviation = deviations[unit]!;
      values[at] = deviation > 1e-12 ? (values[at]! - means[unit]!) / deviation : 0;
    }
  }
}

const MAKERS: Readonly<Record<MatchChoice['by'], (inspected: Inspected, target: number) => Encodings>> = {
  state: (inspected, target) => encode(inspected, statesOf, target),
  shape: (inspected, target) => encode(inspected, shapesOf, target),
  units: (inspected, target) => activeUnits(encodings(inspected, 'state', target)),
};

/** Deviations from its mean at which a unit is active. */
const ACTIVE = 1;

/** 1 or -1 of an active unit, 0 of another: which units stand out, not how far (after LSTMVis, Strobelt et al. 2018). */
function activeUnits(states: Encodings): Encodings {
  const values = states.values.map((value) => (Math.abs(value) >= ACTIVE ? Math.sign(value) : 0));
  return { ...states, values, lengths: lengthsOf(values, states.width, states.windows.length) };
}

function requireState({ sites, attention }: Inspected['anatomy']): void {
  if (sites.length > 0 || attention.length > 0) return;
  throw new HindcastError(
    'invalid-input',
    'This model has no state to compare windows by; compare them by shape.',
    { details: { field: 'by' } },
  );
}

/** [windows, units of the top layer] */
function statesOf(inspected: Inspected, some: SomeWindows, target: number): Float32Array {
  const { anatomy, model, parameters, prepared } = inspected;
  requireState(anatomy);
  const parts: tf.Tensor2D[] = [];
  const count = some.windows.length;
  const batch = gatherInputs(inspected, some);
  return readValues(() => {
    model.predict(
      { x: inputTensor(prepared, batch, count) },
      parameters.weight,
      anatomy.sites.length > 0 ? finalStates(inspected, parts) : lastRead(inspected, parts),
    );
    const joined = tf.concat(parts, 1);
    const width = joined.shape[1]!;
    const rows = anatomy.isByColumn ? prepared.targetNames.length : 1;
    // Rows are window by window and column by column.
    return tf.slice(
      tf.reshape(joined, [count, rows, width]),
      [0, anatomy.isByColumn ? target : 0, 0],
      [-1, 1, -1],
    );
  });
}

/** Of the encoder's top layer, both directions. */
function finalStates({ anatomy }: Inspected, parts: tf.Tensor2D[]): Probe {
  const encoder = anatomy.sites.filter(({ place }) => place.part === 'encoder');
  const top = encoder.at(-1)!.place.layer;
  return {
    onOutputs(site, outputs) {
      const plan = encoder.find(({ place }) => samePlace(place, site));
      if (!plan || site.layer !== top || site.piece === 'before') return;
      const [rows, steps, units] = outputs.shape;
      const step = readoutStep(plan) === 0 ? 0 : steps - 1;
      parts.push(tf.reshape(tf.slice(outputs, [0, step, 0], [-1, 1, -1]), [rows, units]));
    },
  };
}

function lastRead({ anatomy }: Inspected, parts: tf.Tensor2D[]): Probe {
  const last = anatomy.attention.length - 1;
  return {
    onProjections(layer, x) {
      if (layer === last) parts.push(tf.mean(x, 1));
    },
  };
}

/** [windows, lookback] of the target's true values, less their mean and over their deviation; 0 where missing. */
function shapesOf({ prepared }: Inspected, { part, windows }: SomeWindows, target: number): Float32Array {
  const { lookback, series } = prepared;
  const set = prepared.windows[part];
  const out = new Float32Array(windows.length * lookback);
  for (let index = 0; index < windows.length; index++) {
    const window = windows[index]!;
    const origin = set.origin[window]!;
    const past = series[set.series[window]!]!.actuals[target]!.subarray(origin - lookback + 1, origin + 1);
    const known = past.filter((value) => !Number.isNaN(value));
    const mean = known.reduce((sum, value) => sum + value, 0) / known.length;
    const deviation = Math.sqrt(known.reduce((sum, value) => sum + (value - mean) ** 2, 0) / known.length);
    if (!(deviation > 0)) continue;
    for (const [step, value] of past.entries()) {
      out[index * lookback + step] = Number.isNaN(value) ? 0 : (value - mean) / deviation;
    }
  }
  return out;
}

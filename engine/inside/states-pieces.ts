// What a pass shows of the sites of a model: states, gates and cells, the pieces before and after truncation joined.
import type * as tf from '@tensorflow/tfjs-core';
import { HindcastError } from '../contract/values/errors.ts';
import type { Site, SiteStates } from '../models/pass.ts';
import type { SitePlan } from './anatomy.ts';
import { samePlace } from './places.ts';

/** Values of one site, [rows, steps, width]; rows are window by window and, where columns are forecast by themselves, column by column. */
export interface SiteValues {
  readonly plan: SitePlan;
  readonly rows: number;
  readonly hidden: Float32Array;
  readonly cell: Float32Array | undefined;
  /** Side by side in the cell's order, in units each. */
  readonly gates: Float32Array | undefined;
}

export interface StatesPiece {
  readonly site: Site;
  readonly rows: number;
  readonly steps: number;
  readonly hidden: Float32Array;
  readonly cell: Float32Array | undefined;
  readonly gates: Float32Array | undefined;
}

/** `dataSync` may be a view of memory that the next op takes. */
export const copied = (tensor: tf.Tensor): Float32Array => (tensor.dataSync() as Float32Array).slice();

export function readPiece(site: Site, { outputs, gates, cells }: SiteStates): StatesPiece {
  const valuesOf = (tensor: tf.Tensor | undefined) => tensor && copied(tensor);
  const [rows, steps] = outputs.shape;
  return { site, rows, steps, hidden: valuesOf(outputs)!, cell: valuesOf(cells), gates: valuesOf(gates) };
}

/** The steps before truncation, then those after it. */
export function joinPieces(plan: SitePlan, all: readonly StatesPiece[]): SiteValues {
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
